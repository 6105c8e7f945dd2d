import ArgumentParser
import Audit
import Findings
import Glibc
import Reports

/// `dnsaudit decode CAPTURE...`: every DNS message, without judgement.
struct DecodeCommand: ParsableCommand, StatusCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Read captures and print every DNS message, without judgement.",
    usage: "dnsaudit decode [<options>] <capture> ...",
    discussion: """
      Takes DNS, multicast DNS and LLMNR over UDP and TCP. Text is in the manner of dig; JSON has a message event a \
      line.
      """)

  @OptionGroup(title: "Input") var input: CaptureArguments
  @OptionGroup(title: "Packets") var packets: PacketOptions
  @OptionGroup(title: "Output") var format: FormatOptions

  @OptionGroup(title: "Speed") var cores: CoreOptions

  func execute() throws -> ExitStatus {
    var files = FilesInUse(reading: input.files)
    let file = try OutputFile(format.output, &files)
    defer { file.close() }
    file.truncate()
    let pipeline = DecodePipeline(
      inputs: input.paths, filter: packets.filter, packetLimit: input.count, ports: packets.ports,
      isAnyPort: packets.anyPort, workers: cores.count)
    do throws(OutputError) {
      var result = try format.quiet ? count(pipeline, to: file) : print(pipeline, to: file)
      // What a quiet run prints belongs to its result; beside messages it is a note.
      if !format.quiet { result.warnings += result.oddityLines }
      return input.status(
        unreadable: result.unreadable, damaged: result.damaged, warnings: result.warnings,
        wrongFilter: result.wrongFilter) ?? .clean
    } catch {
      return try ExitStatus(error)
    }
  }

  /// Prints every message; the index of its capture where there are several.
  private func print(_ pipeline: DecodePipeline, to file: OutputFile) throws(OutputError) -> DecodeResult {
    let sink = file.sink
    let write = { (text: [UInt8]) throws(OutputError) in try sink.write(text) }
    return try format.isJSON
      ? pipeline.run(MessageLines.self, write) : pipeline.run(MessageBlocks.self, write)
  }

  /// Decodes everything and prints how much that was; nothing when nothing could be read.
  private func count(_ pipeline: DecodePipeline, to file: OutputFile) throws(OutputError) -> DecodeResult {
    let result = pipeline.count()
    guard result.unreadable.count < result.inputs else { return result }
    var counts = "\(result.packets) packets, \(result.messages) messages, \(result.records) records"
    counts += ", \(result.malformed) malformed"
    if result.netBIOS > 0 { counts += "; \(result.netBIOS) NetBIOS messages left out" }
    if result.quoted > 0 { counts += "; \(result.quoted) quoted in ICMP errors" }
    let lines = [counts] + result.oddityLines.map { "  " + $0 }
    try file.sink.write(Array((lines.joined(separator: "\n") + "\n").utf8))
    return result
  }
}
