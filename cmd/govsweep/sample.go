package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/sampling"
)

// drawFrom draws from the frame, prints the draw and gives the sites drawn.
func (c *sweepRunCmd) drawFrom(a *app, frame []govsweep.Site) (*sampling.Draw, []govsweep.Site, error) {
	seed := c.Seed
	if seed == "" {
		seed = randomSeed()
	}
	drawn, d, err := register.Draw(frame, c.Sample, seed)
	if err != nil {
		return nil, nil, err
	}
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
			return reports.JSON(out, d, false)
		}
	}
	fmt.Fprintf(out, "抽样总体%d个网站，抽样%s%%，各层有小数的进一位，%s。种子：%s\n", d.Frame, d.Percent, d.Taken(), reports.Clean(d.Seed))
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
	if _, err := fmt.Fprintln(out, strings.TrimSpace(d.Rule)); err != nil {
		return err
	}
	if share := roundedUp(d); share != "" {
		fmt.Fprintf(a.stderr, "注意：各层抽取数量有小数的进一位，分层多而每层网站少，实际抽取%s，远多于要求的%s%%；可先用 govsweep import sites 补全名录中的层级和平台，或减小 --sample。\n", share, d.Percent)
	}
	return nil
}

// roundedUp is the share really drawn where rounding up each stratum made it
// more than half as much again as was asked for; "" where it did not.
func roundedUp(d *sampling.Draw) string {
	asked, err := strconv.ParseFloat(d.Percent, 64)
	drawn := 100 * float64(len(d.IDs)) / float64(max(d.Frame, 1))
	if err != nil || len(d.Strata) < 2 || drawn <= 1.5*asked || drawn < asked+5 {
		return ""
	}
	return strconv.FormatFloat(drawn, 'f', 0, 64) + "%"
}
