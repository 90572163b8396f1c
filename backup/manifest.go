package backup

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/govsweep/govsweep"
)

// Format names the form of a backup. It stands: what must change is form 2.
const Format = "govsweep-backup/1"

// Manifest says what a backup holds.
type Manifest struct {
	Format  string    `json:"format"`
	Program string    `json:"program"` // version of the program that wrote it
	Engine  string    `json:"engine"`  // sqlite or postgres
	Schema  int64     `json:"schema"`  // version of the schema
	Taken   time.Time `json:"taken"`
	Base    *Base     `json:"base,omitempty"` // the earlier backup it continues
	Tables  []Table   `json:"tables"`
	// Evidence that stands in this file; what stands in the base is not counted.
	Bodies      int64    `json:"evidence"`
	BodyBytes   int64    `json:"evidence_bytes"` // unpacked
	Damaged     []string `json:"damaged"`        // digests of bodies the store held damaged: not in the file
	Spools      int64    `json:"spools"`
	Members     int64    `json:"members"`
	MembersHash string   `json:"members_digest"` // SHA-256 over name, length and SHA-256 of each member before the manifest

	digest govsweep.Digest
}

// Base names the backup that holds evidence left out here.
type Base struct {
	File     string `json:"file"` // beside this one
	Manifest string `json:"manifest"`
}

// Table is one table of the database.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	Digest  string   `json:"digest"` // SHA-256 of its lines; the same on both engines
}

// Digest is that of the manifest: it fixes everything the backup holds.
func (m *Manifest) Digest() govsweep.Digest { return m.digest }

// Rows counts the rows of all tables.
func (m *Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

func (m *Manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(m)
	m.digest = govsweep.DigestOf(b.Bytes())
	return b.Bytes(), err
}

func parseManifest(raw []byte) (*Manifest, error) {
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, broken("清单无法解析", err)
	}
	if m.Format != Format {
		return nil, broken("格式为“"+m.Format+"”，本程序只认识“"+Format+"”，请使用更新版本的程序", nil)
	}
	m.digest = govsweep.DigestOf(raw)
	return m, nil
}
