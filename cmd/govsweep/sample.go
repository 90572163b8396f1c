package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/sampling"
)

// drawFrom draws from the frame, prints the draw and gives the sites drawn.
func (c *sweepRunCmd) drawFrom(a *app, frame []govsweep.Site) (*sampling.Draw, []govsweep.Site, error) {
	seed := c.Seed
	if seed == "" {
		seed = randomSeed()
	}
	members := make([]sampling.Member, len(frame))
	for i, s := range frame {
		members[i] = sampling.Member{ID: string(s.ID), Level: s.Level, Platform: s.Platform}
	}
	d, err := sampling.Sample(members, c.Sample, seed)
	if err != nil {
		return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: err.Error()}
	}
	drawn := slices.DeleteFunc(slices.Clone(frame), func(s govsweep.Site) bool { return !slices.Contains(d.IDs, string(s.ID)) })
	return d, drawn, a.tellDraw(d, frame, c.DryRun)
}

// randomSeed draws a seed where the user gave none.
func randomSeed() string {
	b := make([]byte, 8)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// tellDraw prints how the sample was drawn and the list, so that anyone can
// draw it again: as the result of a dry run, else beside the sweep.
func (a *app) tellDraw(d *sampling.Draw, frame []govsweep.Site, result bool) error {
	out := a.stderr
	if result {
		out = a.stdout
		if a.format() == "jsonl" {
			return json.NewEncoder(out).Encode(d)
		}
	}
	fmt.Fprintf(out, "抽样总体%d个网站，抽取%s%%，共%d个。种子：%s\n", d.Frame, d.Percent, len(d.IDs), reports.Clean(d.Seed))
	fmt.Fprintf(out, "总体摘要：%s\n", d.Digest)
	names := map[string]string{}
	for _, s := range frame {
		names[string(s.ID)] = s.Name
	}
	for _, st := range d.Strata {
		fmt.Fprintf(out, "层“%s·%s”：%d个中抽取%d个\n", reports.Clean(firstOf(st.Level, "层级未填")), reports.Clean(firstOf(st.Platform, "平台未填")), st.Size, len(st.Drawn))
		for _, id := range st.Drawn {
			fmt.Fprintf(out, "  %s %s\n", reports.Clean(id), reports.Clean(names[id]))
		}
	}
	_, err := fmt.Fprintln(out, strings.TrimSpace(d.Rule))
	return err
}
