package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/govsweep/govsweep/farm"
)

type scoreCmd struct {
	Findings     string  `required:"" help:"findings, one JSON object a line"`
	Truth        string  `required:"" help:"truth file of the farm"`
	MinRecall    float64 `default:"0" help:"fail below this recall"`
	MinPrecision float64 `default:"0" help:"fail below this precision"`
	List         bool    `help:"list every missed fault and every false address, as JSON lines"`
}

// Run prints the score.
func (c *scoreCmd) Run() error {
	truths, err := load(c.Truth, farm.ReadTruth)
	if err != nil {
		return err
	}
	findings, err := load(c.Findings, farm.ReadFindings)
	if err != nil {
		return err
	}
	r := farm.Score(truths, findings)
	if err := r.Print(os.Stdout); err != nil {
		return err
	}
	if c.List {
		enc := json.NewEncoder(os.Stdout)
		enc.SetEscapeHTML(false)
		var lost error
		for _, m := range r.Missed {
			lost = errors.Join(lost, enc.Encode(map[string]any{"missed": m}))
		}
		for _, m := range r.Wrong {
			lost = errors.Join(lost, enc.Encode(map[string]any{"false": m}))
		}
		if lost != nil {
			return fmt.Errorf("list: %w", lost)
		}
	}
	if !r.OK(c.MinRecall, c.MinPrecision) {
		return fmt.Errorf("recall %.3f (at least %.3f), precision %.3f (at least %.3f)", r.Total.Recall(), c.MinRecall, r.Total.Precision(), c.MinPrecision)
	}
	return nil
}

func load[T any](name string, read func(io.Reader) ([]T, error)) ([]T, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}
