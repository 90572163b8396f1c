package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

const packaging = "../../packaging/"

// understood fails unless the program takes a command line.
func understood(t *testing.T, where string, args ...string) {
	t.Helper()
	var cli commands
	parser, err := kong.New(&cli, kong.Writers(io.Discard, io.Discard), kong.Vars{})
	must(t, err)
	if _, err := parser.Parse(args); err != nil {
		t.Errorf("%s: govsweep %s: %v", where, strings.Join(args, " "), err)
	}
}

var variables = regexp.MustCompile(`GOVSWEEP_[A-Z_]+`)

// knownVariables fails when a text sets a variable that the program does not read.
func knownVariables(t *testing.T, where, text string) {
	t.Helper()
	for _, name := range variables.FindAllString(text, -1) {
		if !strings.Contains("GOVSWEEP_CONFIG GOVSWEEP_DATA GOVSWEEP_DB GOVSWEEP_RESOLVER GOVSWEEP_ALLOW_NET GOVSWEEP_CHROMIUM GOVSWEEP_LEASE", name) {
			t.Errorf("%s: nobody reads %s", where, name)
		}
	}
}

func packaged(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(packaging + name)
	must(t, err)
	return string(raw)
}

// compose is what of Compose files is used here; other keys are errors.
type compose struct {
	Services map[string]struct {
		Image, Restart string
		Build          struct{ Context, Dockerfile string }
		Command, Ports []string
		Volumes        []string
		Environment    map[string]string
		DependsOn      map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck    struct {
			Test     []string
			Interval string
			Retries  int
		}
		Deploy      struct{ Replicas int }
		StopGrace   string   `yaml:"stop_grace_period"`
		MemLimit    string   `yaml:"mem_limit"`
		CapDrop     []string `yaml:"cap_drop"`
		ReadOnly    bool     `yaml:"read_only"`
		Tmpfs       []string
		SecurityOpt []string `yaml:"security_opt"`
	}
	Volumes map[string]any
}

// There is no engine to run containers where this is tested: that every word
// of the files is understood is all that can be shown.
func TestTheComposeFileIsUnderstood(t *testing.T) {
	t.Parallel()
	var c compose
	must(t, yaml.UnmarshalWithOptions([]byte(packaged(t, "container/compose.yaml")), &c, yaml.Strict()))
	if c.Services["work"].Deploy.Replicas != 3 || c.Services["db"].Image == "" || len(c.Services) != 3 {
		t.Errorf("%+v", c.Services)
	}
	for name, s := range c.Services {
		if name != "db" {
			understood(t, name, s.Command...)
			if s.Environment["GOVSWEEP_DB"] == "" || s.Image != "govsweep" {
				t.Errorf("%s: %+v", name, s)
			}
		}
		for v := range s.Environment {
			if strings.HasPrefix(v, "GOVSWEEP") {
				knownVariables(t, name, v)
			}
		}
		for _, v := range s.Volumes {
			volume, _, _ := strings.Cut(v, ":")
			if _, declared := c.Volumes[volume]; !declared {
				t.Errorf("%s: volume %s is not declared", name, volume)
			}
		}
		for other := range s.DependsOn {
			if _, there := c.Services[other]; !there {
				t.Errorf("%s depends on %s, which is not there", name, other)
			}
		}
		if f := s.Build.Dockerfile; f != "" {
			if _, err := os.Stat(filepath.Join(packaging, "container", s.Build.Context, f)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTheContainerfileIsUnderstood(t *testing.T) {
	t.Parallel()
	make, err := os.ReadFile("../../Makefile")
	must(t, err)
	var entry, command []string
	for line := range strings.Lines(packaged(t, "container/Containerfile")) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "", "FROM", "VOLUME", "EXPOSE", "STOPSIGNAL":
		case "COPY":
			from, _, _ := strings.Cut(rest, " ")
			_, err := os.Stat("../../" + from)
			if made := from == "bin/govsweep" || from == "bin/ca-certificates.crt"; err != nil && !made || made && !strings.Contains(string(make), "bin/") {
				t.Errorf("%s: %v", line, err)
			}
		case "USER":
			if !strings.Contains(packaged(t, "container/passwd"), ":"+rest+":") {
				t.Errorf("no user %s", rest)
			}
		case "ENV":
			knownVariables(t, line, rest)
		case "ENTRYPOINT":
			must(t, json.Unmarshal([]byte(rest), &entry))
		case "CMD":
			must(t, json.Unmarshal([]byte(rest), &command))
		default:
			t.Errorf("what is %q?", line)
		}
	}
	if len(entry) != 1 || len(command) == 0 {
		t.Fatalf("%v %v", entry, command)
	}
	understood(t, "CMD", command...)
}

// The units name commands and variables that exist, are the same but for what
// they start, and systemd knows every word.
func TestTheUnitsAreUnderstood(t *testing.T) {
	t.Parallel()
	units, err := filepath.Glob(packaging + "systemd/*")
	must(t, err)
	dir := t.TempDir()
	var names []string
	for _, path := range units {
		name := filepath.Base(path)
		text := packaged(t, "systemd/"+name)
		knownVariables(t, name, text)
		for line := range strings.Lines(text) {
			if command, ok := strings.CutPrefix(strings.TrimSpace(line), "ExecStart=/usr/bin/govsweep "); ok {
				understood(t, name, strings.Fields(command)...)
			}
		}
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(text, "/usr/bin/govsweep", "/bin/true")), 0o644))
		names = append(names, filepath.Join(dir, name))
	}
	serve, work := packaged(t, "systemd/govsweep.service"), packaged(t, "systemd/govsweep-work@.service")
	if strings.ReplaceAll(strings.ReplaceAll(serve, "schedules and workers", "worker %i"), "govsweep serve", "govsweep work") != work {
		t.Error("serve and work are not confined alike")
	}
	for _, no := range []string{"MemoryDenyWriteExecute=yes", "RestrictNamespaces=yes", "~@privileged"} {
		if strings.Contains(serve, no) {
			t.Errorf("%s: with it the browser that prints papers does not start", no)
		}
	}
	for _, yes := range []string{"SystemCallErrorNumber=EPERM", "@pkey chroot seccomp", "RestrictNamespaces=user pid net"} {
		if !strings.Contains(serve, yes) {
			t.Errorf("%s is missing: without it the browser that prints papers, or the whole process, ends", yes)
		}
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed: the words of the units were not looked at")
	}
	if out, err := exec.Command(analyze, append([]string{"verify", "--man=no"}, names...)...).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v %s", err, out)
	}
}
