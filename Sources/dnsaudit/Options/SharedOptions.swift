import ArgumentParser
import Audit
import Bytes
import Findings
import Glibc
import Reports

/// Options that `audit` and `live` share.
struct SharedOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How to print: text or jsonl.", valueName: "text|jsonl"))
  var format = OutputFormat.text

  @Flag(name: .long, help: "The same as --format jsonl.")
  var json = false

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("trust-anchor"),
    help: ArgumentHelp(
      "DS or DNSKEY records to trust instead of the built-in root anchors; repeatable.", valueName: "file"))
  var trustAnchors: [String] = []

  @Option(
    help: ArgumentHelp(
      "Validate as of a time (RFC 3339, YYYYMMDDHHmmSS or seconds) instead of the packets' own.",
      valueName: "time"))
  var at: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Audit only packets that a libpcap filter matches.", valueName: "bpf"))
  var filter: String?

  @Option(
    name: .customLong("port"),
    help: ArgumentHelp("A port to look for DNS on; repeatable; default 53.", valueName: "port"))
  var ports: [UInt16] = []

  @Option(help: ArgumentHelp("Also write a report as one HTML page.", valueName: "file.html"))
  var report: String?

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "Exit with status 1 from this severity on.", valueName: "none|info|low|medium|high|critical"))
  var failOn = FailThreshold.medium

  @Option(
    name: [.short, .long], help: ArgumentHelp("Cores to verify signatures on; default all.", valueName: "n"))
  var jobs: Int?

  @Flag(name: .customLong("no-color"), help: "No colours, also on a terminal.")
  var noColor = false

  @Flag(
    inversion: .prefixedNo, help: "Tell on standard error how far reading has come (default: on a terminal).")
  var progress: Bool?

  @Flag(name: [.short, .long], help: "The counts alone.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Every response and everything about each finding.")
  var verbose = false

  @Option(
    name: .customLong("case"), help: ArgumentHelp("A case number, copied into the output.", valueName: "text")
  )
  var caseNumber: String?

  @Option(help: ArgumentHelp("The examiner's name, copied into the output.", valueName: "text"))
  var examiner: String?

  @Option(help: ArgumentHelp("A note, copied into the output.", valueName: "text"))
  var note: String?

  func validate() throws {
    if let at, TimeText.parse(at) == nil {
      throw ValidationError(
        "--at \(at) is no time; write 2016-10-20T15:00:00Z, 20161020150000 or seconds since 1970")
    }
    if let jobs, !(1...1_024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024") }
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    if ports.contains(0) { throw ValidationError("--port takes a number from 1 to 65535") }
  }

  /// Whether the output is JSON lines.
  var isJSON: Bool { json || format == .jsonl }

  /// What the run does, settled once.
  func configuration(inputs: [String], hash: Bool) throws -> AuditConfiguration {
    var configuration = AuditConfiguration(inputs: inputs)
    do throws(AnchorSourceError) {
      configuration.anchors = try AnchorSource.load(trustAnchors)
    } catch {
      throw Failure(status: .usage, message: error.sentence)
    }
    configuration.at = at.flatMap(TimeText.parse)
    configuration.filter = filter
    configuration.ports = ports.isEmpty ? [53] : ports
    configuration.jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    configuration.hash = hash
    configuration.version = Version.number
    configuration.build = Terminal.variable("DNSAUDIT_BUILD") ?? ""
    configuration.generated = SharedOptions.generated
    configuration.options = effective(inputs: inputs, hash: hash)
    configuration.caseFields = [("case", caseNumber), ("examiner", examiner), ("note", note)].compactMap {
      name, value in
      value.map { (name, $0) }
    }
    return configuration
  }

  /// SOURCE_DATE_EPOCH, or the wall clock (reproducible-builds.org).
  private static var generated: Timestamp {
    if let epoch = Terminal.variable("SOURCE_DATE_EPOCH").flatMap({ Int64($0) }) {
      return Timestamp(seconds: epoch)
    }
    return Timestamp(seconds: Int64(time(nil)))
  }

  /// The options in force, by name, without jobs and progress.
  private func effective(inputs: [String], hash: Bool) -> [(name: String, value: OptionValue)] {
    let optional = { (text: String?) -> OptionValue in text.map { .text($0) } ?? .none }
    let usedPorts = (ports.isEmpty ? [53] : ports).map { String($0) }
    var options: [(name: String, value: OptionValue)] = [
      ("at", optional(at)), ("fail_on", .text(failOn.rawValue)),
    ]
    options += [
      ("filter", optional(filter)), ("format", .text(isJSON ? "jsonl" : "text")), ("hash", .flag(hash)),
    ]
    options += [
      ("inputs", .list(inputs)), ("ports", .list(usedPorts)), ("trust_anchors", .list(trustAnchors)),
    ]
    return options
  }

  /// The sinks that the options ask for, and the descriptors behind them.
  func sinks(live: Bool = false) throws -> (sink: FanOut, outputs: [OutputFile]) {
    let file = try OutputFile(output)
    var sinks: [any EventSink] = [], outputs = [file]
    if isJSON {
      sinks.append(JSONLines(file.sink))
    } else {
      let color: ColorMode = Terminal.wantsColor(file.descriptor, noColor: noColor) ? .ansi : .plain
      let detail: TextOptions.Detail = quiet ? .counts : verbose ? .everything : .screen
      let width = Terminal.isTerminal(file.descriptor) ? Terminal.width : TextOptions.defaultWidth
      sinks.append(
        TextSummary(file.sink, options: TextOptions(detail: detail, color: color, width: width, live: live)))
    }
    if let report {
      let page = try OutputFile(report)
      // HTMLHERE
      outputs.append(page)
    }
    return (FanOut(sinks), outputs)
  }
}

/// The formats of the output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, jsonl
}

extension FailThreshold: ExpressibleByArgument {}
