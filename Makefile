# Every habit of the project is one command. `make` is lint and test.
SHELL := /bin/bash
GO    ?= go
TOOL  := $(GO) tool -modfile=tools/go.mod
BIN   := bin/osseo
OUT   := out
BUILD := $(shell git describe --always --dirty 2>/dev/null || echo unknown)
# Packages whose tests run processes against the clock; they get the machine to themselves.
TIMED := ^osseo$$|/app/servo|/haptics/leg|/haptics/firmware
LD    := -ldflags "-X osseo/app/trial.Build=$(BUILD)"
# Fyne logs a complaint for C.UTF-8; plain C is quiet, and every machine has it.
ifneq (,$(filter C.UTF-8 C.utf8,$(LANG) $(LC_ALL)))
export LANG := C
export LC_ALL := C
endif

.PHONY: all setup build headless run test race bench bench-loop bench-study fuzz lint firmware firmware-test golden validate figures shots cross clean

all: lint test

setup:                       ## install what Debian must provide; quick when nothing is missing
	@tools/setup.sh

build: setup
	@mkdir -p bin
	$(GO) build $(LD) -o $(BIN) .

headless:                    ## every command, no window, no cgo, no Debian packages
	@mkdir -p bin
	CGO_ENABLED=0 $(GO) build -tags headless $(LD) -o $(BIN)-headless .

run: build                   ## the window; without a display, one case with a simulated hand; DEVICE=emulated or a port for a leg
	@$(BIN) $(if $(DEVICE),--device $(DEVICE)) $(ARGS)

test: setup
	$(GO) vet ./...
	CGO_ENABLED=0 $(GO) vet -tags headless . ./app/cli
	$(GO) test -timeout 20m $$($(GO) list ./... | grep -vE '$(TIMED)')
	$(GO) test -timeout 20m -p 1 $$($(GO) list ./... | grep -E '$(TIMED)')

race: setup
	$(GO) test -race -timeout 40m ./physics/... ./haptics/... ./scenarios/... ./app/trial/... ./app/servo/... ./app/recording/... ./app/gradebook/...

bench:                       ## benchmarks of the tick and the pictures
	$(GO) test -run '^$$' -bench . -benchtime 1s ./physics ./haptics/... ./app/draw ./app/recording

bench-loop: build            ## the servo beside cyclictest, interleaved
	tools/bench-loop.sh $(BIN)

bench-study: headless        ## rows of a study a second, one and two at a time in turn; wants the machine to itself
	$(BIN)-headless bench study
	$(BIN)-headless bench study --case adult-arrest --n 20

fuzz:                        ## every fuzz target for a short time; FUZZTIME=10m for a long one
	@tools/fuzz.sh $(or $(FUZZTIME),10s)

lint:
	@out=$$($(TOOL) gofumpt -l . ); if [ -n "$$out" ]; then echo "gofumpt would change:"; echo "$$out"; exit 1; fi
	$(TOOL) staticcheck ./...

firmware:                    ## the leg's firmware for both boards, with sizes
	@$(MAKE) -s -C haptics/firmware

firmware-test:               ## the firmware's core on this machine, with sanitizers; FUZZTIME=600 for a long fuzz
	@$(MAKE) -s -C haptics/firmware test
	@$(MAKE) -s -C haptics/firmware fuzz FUZZ_SECONDS=$(or $(FUZZTIME:s=),5)

golden:                      ## rewrite golden traces; look at the change before committing it
	$(GO) test ./physics ./app/draw ./scenarios/... -update

validate: headless           ## every row of published figures; rewrites docs/validation.md and its plots, fails when a row fails
	$(BIN)-headless validate --docs docs

figures: headless            ## the figures of docs/model.md, computed by the model; equal programs give equal files
	$(BIN)-headless figures --out docs/img/model

cross:                       ## the headless build for every platform
	for t in linux/amd64 linux/arm64 windows/amd64 darwin/arm64; do \
	  echo "headless $$t"; GOOS=$${t%/*} GOARCH=$${t#*/} CGO_ENABLED=0 $(GO) build -tags headless -o /dev/null . || exit 1; done

shots: build                 ## screenshots of every room in docs/img, from the real window
	tools/shots.sh

clean:
	rm -rf bin $(OUT)
