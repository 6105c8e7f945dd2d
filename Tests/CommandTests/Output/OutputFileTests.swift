import Foundation
import TestSupport
import Testing

@Suite("Output files") struct OutputFileTests {
  @Test("-o takes what standard output would get, in place of what the file held")
  func outputFile() throws {
    let folder = try TemporaryFolder(), epoch = ["SOURCE_DATE_EPOCH": "1"]
    let file = try folder.write(String(repeating: "old\n", count: 100_000), to: "out.jsonl")
    let written = try Sample.clean.audit("--json", "-o", file.path(), environment: epoch)
    #expect(written.status == 0)
    #expect(written.text == "")
    #expect(try Data(contentsOf: file) == Sample.clean.audit("--json", environment: epoch).output)
    let dash = try Sample.clean.audit("--json", "-o", "-", environment: epoch)
    #expect(dash.output == (try Data(contentsOf: file)))
    #expect(try dnsaudit("decode", "-o", file.path(), Sample.clean.path).text == "")
    #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("Frame 1, "))
  }

  @Test(
    "an output that is also an input is refused and left as it is, under any name",
    arguments: ["audit -o", "decode -o", "audit --report"])
  func outputIsInput(options: String) throws {
    let folder = try TemporaryFolder(), bytes = try Sample.clean.bytes
    let file = try folder.write(bytes, to: "capture.pcap")
    let link = folder.url.appending(path: "link"), hardLink = folder.url.appending(path: "other.pcap")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    try FileManager.default.linkItem(at: file, to: hardLink)
    for name in [file, link, hardLink].map({ $0.path() }) {
      let outcome = try run(
        Environment.command, options.split(separator: " ").map(String.init) + [name, file.path()])
      #expect(outcome.status == 2)
      #expect(
        outcome.errorText
          == "dnsaudit: \(name) cannot be written: it is read by this run as \(file.path()); write to another file\n"
      )
      #expect(try Data(contentsOf: file) == bytes)
    }
  }

  @Test("standard output that appends to the input, or an anchor as output, is refused too")
  func otherInputs() throws {
    let folder = try TemporaryFolder(), bytes = try Sample.clean.bytes
    let file = try folder.write(bytes, to: "capture.pcap")
    #expect(try shell(#""$0" decode "$1" >>"$1""#, file.path()).status == 2)
    #expect(try shell(#""$0" decode - <"$1" >>"$1""#, file.path()).status == 2)
    #expect(try Data(contentsOf: file) == bytes)
    let anchors = try folder.write(Data(contentsOf: URL(filePath: Sample.clean.anchors)), to: "root.ds")
    #expect(try dnsaudit("--trust-anchor", anchors.path(), "-o", anchors.path(), file.path()).status == 2)
    #expect(try Data(contentsOf: anchors) == Data(contentsOf: URL(filePath: Sample.clean.anchors)))
  }

  @Test("a file that may grow no larger is an output that fails, and no signal ends the run")
  func sizeLimit() throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "out").path()
    // Who runs the tests may ignore the signal, which children inherit.
    let script = #"ulimit -f 0; exec "$0" decode -o "$1" "$2""#
    let outcome = try shell(
      #"exec env --default-signal=XFSZ sh -c "$3" "$0" "$1" "$2""#, file, Sample.clean.path, script)
    #expect(outcome.status == 5)
  }

  @Test("a report must not go where the result goes")
  func twoOutputs() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("kept\n", to: "out").path()
    let outcome = try Sample.clean.audit("-o", file, "--report", file)
    #expect(outcome.status == 2)
    #expect(outcome.errorText.contains("it is written by this run as \(file)"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "kept\n")
    #expect(try Sample.clean.audit("-o", "/dev/null", "--report", "/dev/null").status == 0)
  }

  @Test("a path that cannot be written is wrong usage, with the reason", arguments: ["-o", "--report"])
  func unwritable(option: String) throws {
    let folder = try TemporaryFolder()
    let missing = folder.url.appending(path: "gone/out").path(), directory = folder.url.path()
    let first = try Sample.clean.audit(option, missing), second = try Sample.clean.audit(option, directory)
    #expect(first.errorText == "dnsaudit: \(missing) cannot be written: No such file or directory\n")
    #expect(second.errorText == "dnsaudit: \(directory) cannot be written: Is a directory\n")
    #expect(first.status == 2 && second.status == 2)
  }

  @Test(
    "a full device is an error of the run, with status 5",
    arguments: ["audit", "audit --json", "decode", "decode --json", "decode -q", "--help", "--version"])
  func fullDevice(options: String) throws {
    let outcome = try shell(#""$0" \#(options) "$1" >/dev/full"#, Sample.clean.path)
    #expect(outcome.status == 5)
    #expect(outcome.errorText == "dnsaudit: standard output cannot be written: No space left on device\n")
  }

  @Test("a report on a full device is an error, and the result is there all the same")
  func fullReport() throws {
    let outcome = try Sample.clean.audit("--report", "/dev/full")
    #expect(outcome.status == 5)
    #expect(outcome.errorText == "dnsaudit: /dev/full cannot be written: No space left on device\n")
    #expect(outcome.text.hasPrefix("Read\n"))
  }

  @Test("a closed standard output is an error, and no other file gets what was meant for it")
  func closedOutput() throws {
    let folder = try TemporaryFolder(), page = folder.url.appending(path: "page.html")
    let outcome = try shell(#""$0" --report "$2" "$1" >&-"#, Sample.clean.path, page.path())
    #expect(outcome.status == 5)
    #expect(outcome.errorText == "dnsaudit: standard output cannot be written: Bad file descriptor\n")
    #expect(try !String(contentsOf: page, encoding: .utf8).contains("Read\n"))
  }

  @Test(
    "a reader that goes away ends the command quietly",
    arguments: ["decode", "decode --json", "--json", "-v"])
  func closedPipe(options: String) throws {
    let outcome = try shell(
      #"{ "$0" \#(options) --no-hash "$1"; echo "status $?" >&2; } | head -n 1"#, Sample.broken.path)
    #expect(outcome.text.count(where: { $0 == "\n" }) == 1)
    #expect(outcome.errorText == "status 0\n")
  }
}
