import ArgumentParser
import Audit
import Findings
import Glibc
import Reports

/// `dnsaudit decode CAPTURE...`: every DNS message, without judgement.
struct DecodeCommand: ParsableCommand, StatusCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Read captures and print every DNS message, without judgement.")

  @Argument(help: ArgumentHelp("Captures to read; - is standard input.", valueName: "capture"))
  var captures: [String] = []

  @Option(name: .customShort("r"), help: ArgumentHelp("The same as naming a capture.", valueName: "file"))
  var read: [String] = []

  @Option(help: ArgumentHelp("How to print: text or jsonl.", valueName: "text|jsonl"))
  var format = OutputFormat.text

  @Flag(name: .long, help: "The same as --format jsonl.")
  var json = false

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Decode only packets that a libpcap filter matches.", valueName: "bpf"))
  var filter: String?

  @Option(
    name: .customLong("port"),
    help: ArgumentHelp("A port to look for DNS on; repeatable; default 53.", valueName: "port"))
  var ports: [UInt16] = []

  @Flag(name: [.short, .long], help: "Decode everything, print the counts alone.")
  var quiet = false

  @Flag(help: "An input that is cut short or damaged makes the exit status 3.")
  var strict = false

  @Flag(
    name: .customLong("no-hash"), help: "Accepted for symmetry with audit: decode never hashes its input.")
  var noHash = false

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Accepted for symmetry with audit: decoding uses one core.", valueName: "n"))
  var jobs: Int?

  func validate() throws {
    if captures.isEmpty, read.isEmpty { throw ValidationError("name a capture to read; - is standard input") }
    if ports.contains(0) { throw ValidationError("--port takes a number from 1 to 65535") }
  }

  func execute() throws -> ExitStatus {
    let file = try OutputFile(output)
    defer { file.close() }
    let inputs = captures + read
    let pipeline = DecodePipeline(inputs: inputs, filter: filter, ports: ports.isEmpty ? [53] : ports)
    do throws(OutputError) {
      let result = quiet ? pipeline.count() : try print(pipeline, to: file, severalFiles: inputs.count > 1)
      if quiet { try file.sink.write(Array(counts(result).utf8)) }
      for sentence in result.unreadable + result.damaged { Terminal.warn("dnsaudit: \(sentence)") }
      return !result.unreadable.isEmpty || strict && !result.damaged.isEmpty ? .unreadable : .clean
    } catch {
      return try ExitStatus(error)
    }
  }

  /// Prints every message.
  private func print(_ pipeline: DecodePipeline, to file: OutputFile, severalFiles: Bool) throws(OutputError)
    -> DecodeResult
  {
    if json || format == .jsonl {
      var output = MessageLines(file.sink)
      let result = try pipeline.run { (message, index) throws(OutputError) in
        try output.receive(message, file: severalFiles ? index : nil)
      }
      try output.flush()
      return result
    }
    var output = MessageBlocks(file.sink)
    let result = try pipeline.run { (message, index) throws(OutputError) in
      try output.receive(message, file: severalFiles ? index : nil)
    }
    try output.flush()
    return result
  }

  /// What was decoded, for people.
  private func counts(_ result: DecodeResult) -> String {
    "\(result.packets) packets, \(result.messages) messages, \(result.records) records, \(result.malformed) malformed\n"
  }
}
