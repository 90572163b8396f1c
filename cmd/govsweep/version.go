package main

import (
	"fmt"
	"runtime"
)

// version is the version of the product.
const version = "0.1.0"

type versionCmd struct{}

// Run prints the version.
func (c *versionCmd) Run(a *app) error {
	_, err := fmt.Fprintf(a.stdout, "govsweep %s（%s，%s/%s）\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
