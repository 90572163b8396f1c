# One word a task; CI runs the same words. `make help` lists them.
GO      ?= go
RACE    ?=
STATIC  := CGO_ENABLED=0
LDFLAGS := -s -w
SYSTEMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64

.PHONY: help demo build test deps lint cross score bench fuzz deb dist container clean

help: ## list the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: build ## inspect a made-up platform of sites and write the reports into ./demo
	./bin/govsweep demo --out demo

build: ## one static binary, ./bin/govsweep
	$(STATIC) $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/ ./cmd/govsweep ./cmd/govfarm

test: deps ## every test, against SQLite and a real PostgreSQL
	$(GO) test $(RACE) -timeout 20m ./...

deps: ## install what the tests need: PostgreSQL, Chromium, CJK fonts
	@scripts/deps

# Compiled as `build` is, so that what one compiles the other need not.
lint: ## gofmt, vet, staticcheck
	@test -z "$$(gofmt -l .)" || { echo 'not gofmt-clean:'; gofmt -l .; exit 1; }
	$(STATIC) GOFLAGS=-trimpath $(GO) vet ./...
	$(STATIC) GOFLAGS=-trimpath $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...

cross: ## the binary compiles for every system we promise; SYSTEMS="os/arch …" for some
	@for t in $(SYSTEMS); do \
		echo "build $$t"; \
		$(STATIC) GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) build -trimpath -o /dev/null ./cmd/govsweep || exit 1; \
	done

score: build ## sweep the farm and print recall and precision of every indicator
	scripts/score

bench: build ## cost of an inspection beside a bare colly crawler
	scripts/bench

fuzz: ## a minute of fuzzing for each reader of foreign text
	scripts/fuzz

deb: build ## a Debian package with systemd units, dist/*.deb
	scripts/package deb

dist: build ## a plain archive and SHA256SUMS, dist/*.tar.gz
	scripts/package dist

container: build ## a container image of the static binary; podman or docker
	cp /etc/ssl/certs/ca-certificates.crt bin/
	$$(command -v podman || echo docker) build -f packaging/container/Containerfile -t govsweep .

clean: ## remove what was built
	rm -rf bin dist demo govsweep-data
