# dnsaudit: how to run, test and measure it. Each command installs the Debian packages that it misses.
#
#   make run                       audit a sample capture
#   make run CAPTURE=x.pcap        audit that one, with the built-in anchors or ANCHOR=file
#   make test                      the whole suite
#   make build                     the release binary, .build/release/dnsaudit
#   make mutants                   take out each check of the validator, and see that a test notices (MUTANT=name)
#   make lint                      format, borders between modules, paths, scripts
#   make bench                     make captures in DIR and measure the whole and its stages (PACKETS=n, ROUNDS=n)
#   make bench CAPTURE=x.pcap      the same on that one (ANCHOR=file)
#   make counts                    instructions and allocations of a packet, which have limits
#   make captures                  make the project's own captures anew (root; real name servers)
#   make incidents                 play the incidents anew, all series that are kept (root; some minutes)
#   make clean

ifndef CAPTURE
measured = "$$DIR/mixed-$$PACKETS.pcap" "$$DIR/plain-$$PACKETS.pcap" "$$DIR/unique-$$PACKETS.pcap"
sample = captures/clean
CAPTURE = $(sample).pcap
ANCHOR := $(or $(ANCHOR),$(sample).anchors)
endif
ANCHOR ?=
ROUNDS ?= 5
PACKETS ?= 400000
DIR ?= .build/captures
export CAPTURE ANCHOR ROUNDS PACKETS DIR

# With the libraries of Swift inside, the binary runs where no Swift is, starts in 7 instead of 12 ms, calls them without a
# detour (some tenth of an audit's time) and takes 5 MiB less.
release = swift build -c release --static-swift-stdlib --explicit-target-dependency-import-check error
dnsaudit = .build/release/dnsaudit

.PHONY: run test mutants build lint bench counts captures incidents clean

# Status 1 says that something was found; anything above is a failure of the run.
run:
	@sh .ci/install build
	$(release) --product dnsaudit
	@echo "$(dnsaudit)$${ANCHOR:+ --trust-anchor $$ANCHOR} $$CAPTURE"
	@$(dnsaudit) $${ANCHOR:+--trust-anchor "$$ANCHOR"} "$$CAPTURE" || test $$? -eq 1

# The tests of the command run the release binary, which is what people use.
test:
	@sh .ci/install test
	$(release) --product dnsaudit
	DNSAUDIT="$(CURDIR)/$(dnsaudit)" swift test --disable-xctest

mutants:
	@sh .ci/install test
	@.ci/mutants $(MUTANT)

build:
	@sh .ci/install build
	$(release)

lint:
	@sh .ci/install lint
	@sh .ci/lint

# Captures that are there already are measured again.
bench: build
ifdef measured
	@.build/release/BenchmarkCaptures --packets "$$PACKETS" "$$DIR"
	@for stage in whole stages; do .build/release/Benchmarks $$stage --rounds "$$ROUNDS" $(measured) || exit; done
else
	@for stage in whole stages; do .build/release/Benchmarks $$stage --rounds "$$ROUNDS" \
	  $${ANCHOR:+--trust-anchor "$$ANCHOR"} "$$CAPTURE" || exit; done
endif

counts: build
	@sh .ci/install test
	@rm -rf .build/counts
	@.build/release/Benchmarks counts .build/counts

captures:
	@sh .ci/install lab
	captures/lab/run
	captures/lab/variants

incidents:
	@sh .ci/install lab
	captures/lab/incidents --seed 1
	captures/lab/incidents --seed 2
	captures/lab/incidents --seed 3
	captures/lab/incidents --seed 1 --disguised

clean:
	rm -rf .build
