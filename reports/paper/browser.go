package paper

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// ErrNoBrowser says that a PDF needs a program this computer does not have.
// The other forms of a paper do not need it.
var ErrNoBrowser = errors.New("生成PDF需要Chromium浏览器，本机没有找到：请安装chromium（或Chrome、Edge），或者用环境变量GOVSWEEP_CHROMIUM指明程序位置；DOCX和HTML不受影响")

// browsers are the usual names of the program.
var browsers = [...]string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge", "chrome-headless-shell", "headless-shell",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", `C:\Program Files\Google\Chrome\Application\chrome.exe`,
	`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
}

// findBrowser gives the program; a wrong GOVSWEEP_CHROMIUM is an error, not
// a reason to take another one.
func findBrowser() (string, error) {
	if name := os.Getenv("GOVSWEEP_CHROMIUM"); name != "" {
		return lookUp(name)
	}
	for _, name := range browsers {
		if path, err := lookUp(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

func lookUp(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", errors.Join(ErrNoBrowser, err)
	}
	return path, nil
}

// printTime bounds the start of the browser and each paper.
const printTime = 10 * time.Minute

// withBrowser starts a browser of its own and stops it again:
// an empty profile that is removed, none of our environment but what a
// browser needs, no network, no script. Only for root the sandbox is off,
// because the browser refuses to start otherwise.
func withBrowser(ctx context.Context, use func(ctx context.Context) error) error {
	program, err := findBrowser()
	if err != nil {
		return err
	}
	ctx, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.DisableGPU, chromedp.NoInheritEnv, chromedp.Env(environment()...),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), chromedp.Flag("proxy-server", "http://127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))...)
	defer stop()                     // waits until the processes are gone and the profile is removed
	quiet := func(string, ...any) {} // what goes wrong comes back as an error
	ctx, shut := chromedp.NewContext(ctx, chromedp.WithLogf(quiet), chromedp.WithErrorf(quiet))
	defer shut()
	late := time.AfterFunc(printTime, stop) // a deadline on the first action would end the browser with it
	err = chromedp.Do(ctx, chromedp.Func(alone))
	if late.Stop(); err != nil {
		return err
	}
	if err := use(ctx); err != nil {
		return err
	}
	bye, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	return chromedp.Cancel(bye)
}

// alone cuts a tab off: it is offline, every request it makes is held for an
// answer that nobody gives, and no script runs.
func alone(ctx context.Context, _ *chromedp.Target) error {
	on := true
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: on}); err != nil {
		return err
	}
	if _, err := chromedp.Call(ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*", Block: true}}}); err != nil {
		return err
	}
	_, err := chromedp.Call(ctx, fetch.Enable, fetch.EnableParams{})
	return err
}

// environment is what a browser needs to find its fonts and files.
func environment() []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "LOCALAPPDATA", "USERPROFILE"} {
		if v, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+v)
		}
	}
	return out
}

// printPage prints one page of HTML; sizes and margins are those of its style.
// Each begins on an empty page: the policy of the one before would still hold.
func printPage(ctx context.Context, html string) ([]byte, error) {
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		return nil, err
	}
	tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		return nil, err
	}
	if _, err := chromedp.Call(ctx, page.SetDocumentContent, page.SetDocumentContentParams{FrameID: tree.FrameTree.Frame.ID, HTML: html}); err != nil {
		return nil, err
	}
	return chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFStream()))
}
