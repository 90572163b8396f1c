// Package pgtest gives tests a real PostgreSQL, a schema of its own for each.
//
// The server named by GOVSWEEP_TEST_POSTGRES is used where it is set;
// otherwise one is started from the programs of the machine, on a socket in a
// temporary folder, and stopped when the test binary ends, also by a kill.
package pgtest

import (
	"bufio"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/lib/pq" // the driver "postgres"
)

//go:embed server.sh
var script string

// Server is a PostgreSQL for one test binary. The zero value starts it when
// it is first asked for.
type Server struct {
	once    sync.Once
	dsn     string
	err     error
	stop    io.WriteCloser // closing it ends the server, a line crashes it
	said    *bufio.Reader
	process *exec.Cmd
	schemas atomic.Int64
}

// DSN gives the address of an empty schema that is dropped when the test
// ends. Without a server the test fails in CI and is skipped elsewhere.
func (s *Server) DSN(t testing.TB) string {
	t.Helper()
	s.once.Do(s.start)
	if s.err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no PostgreSQL to test against: %v", s.err)
		}
		t.Skipf("SKIPPED, NOT TESTED ON POSTGRESQL: %v; set GOVSWEEP_TEST_POSTGRES to the address of a server", s.err)
	}
	schema := fmt.Sprintf("govsweep_%d_%d", os.Getpid(), s.schemas.Add(1))
	admin, err := sql.Open("postgres", s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	if _, err := admin.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.drop(t, schema) })
	return s.within(schema)
}

func (s *Server) within(schema string) string {
	u, err := url.Parse(s.dsn)
	if err != nil {
		return s.dsn
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func (s *Server) drop(t testing.TB, schema string) {
	admin, err := sql.Open("postgres", s.dsn)
	if err != nil {
		t.Error(err)
		return
	}
	defer admin.Close()
	if _, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
		t.Error(err)
	}
}

// Close stops the server and removes its files.
func (s *Server) Close() {
	if s.stop == nil {
		return
	}
	s.stop.Close()
	s.process.Wait() // its exit code says nothing we need
	s.stop = nil
}

// Crash stops the server with pg_ctl stop -m immediate and starts it again. A
// server that was only named is left as it is: the test is skipped.
func (s *Server) Crash(t testing.TB) {
	t.Helper()
	if s.stop == nil {
		t.Skip("SKIPPED: the server named by GOVSWEEP_TEST_POSTGRES is not ours to crash")
	}
	if _, err := io.WriteString(s.stop, "crash\n"); err != nil {
		t.Fatal(err)
	}
	if line, err := s.said.ReadString('\n'); err != nil || line != "again\n" {
		t.Fatalf("the server did not come up again: %q, %v", line, err)
	}
}

func (s *Server) start() {
	if s.dsn = os.Getenv("GOVSWEEP_TEST_POSTGRES"); s.dsn != "" {
		return
	}
	programs, err := findPrograms()
	if err != nil {
		s.err = err
		return
	}
	if s.err = s.launch(programs); s.err != nil {
		s.Close()
	}
}

// findPrograms gives the folder with the newest initdb of the machine.
func findPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		path, lookErr := exec.LookPath("initdb")
		if lookErr != nil {
			return "", errors.Join(err, errors.New("initdb is not installed"))
		}
		found = []string{path}
	}
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	return filepath.Dir(found[len(found)-1]), nil
}

// launch starts the script that owns the server. It lives as long as its
// standard input is open: when this process dies, however, the pipe closes.
func (s *Server) launch(programs string) error {
	s.process = exec.Command("sh", "-c", script, "pgtest", programs)
	stdin, err := s.process.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := s.process.StdoutPipe()
	if err != nil {
		return err
	}
	s.process.Stderr = os.Stderr
	if err := s.process.Start(); err != nil {
		return err
	}
	s.stop = stdin
	s.said = bufio.NewReader(stdout)
	line, err := s.said.ReadString('\n')
	socket, ok := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if err != nil || !ok {
		return fmt.Errorf("start PostgreSQL from %s: %q", programs, line)
	}
	s.dsn = "postgres://govsweep@/postgres?sslmode=disable&host=" + url.QueryEscape(socket)
	return nil
}
