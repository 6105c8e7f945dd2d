import ArgumentParser
import Audit
import Findings
import Glibc
import Reports

/// `dnsaudit live -i IFACE`: the same on an interface.
struct LiveCommand: ParsableCommand, StatusCommand {
  static let configuration = CommandConfiguration(
    commandName: "live", abstract: "Judge every DNS response on an interface until Ctrl-C.",
    discussion: """
      Findings are told as they come, those that a later key may change as provisional; the report at the end is that \
      of an audit of the same packets. The first Ctrl-C ends the capture and prints the report, a second one quits.
      """)

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The interface to listen on; -D lists them, any means all.", valueName: "iface"))
  var interface: String?

  @Flag(name: [.customShort("D"), .customLong("list-interfaces")], help: "List the interfaces and exit.")
  var listInterfaces = false

  @Option(help: ArgumentHelp("End after this time.", valueName: "seconds"))
  var duration: Double?

  @Option(name: [.short, .long], help: ArgumentHelp("End after this many packets.", valueName: "n"))
  var count: Int?

  @Option(help: ArgumentHelp("Look for findings this often.", valueName: "seconds"))
  var window = LiveOptions.defaultWindow

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if interface == nil, !listInterfaces {
      throw ValidationError("name an interface with -i; -D lists them")
    }
    if let duration, !(duration > 0 && duration.isFinite) {
      throw ValidationError("--duration takes a number of seconds above 0")
    }
    if let count, count < 1 { throw ValidationError("--count takes a number of packets from 1 on") }
    if !(window >= 0.1 && window <= 86_400) {
      throw ValidationError("--window takes a number of seconds from 0.1 to 86400")
    }
  }

  func execute() throws -> ExitStatus {
    do throws(LiveError) {
      if listInterfaces {
        for line in try LiveInterfaces.lines() { print(line) }
        return .clean
      }
    } catch {
      throw Failure(error)
    }
    return try listen(interface ?? "")
  }

  /// Runs the audit. The interface is opened first, so that a wrong name costs no output file; then the outputs, then
  /// the privileges go.
  private func listen(_ interface: String) throws -> ExitStatus {
    let configuration = try shared.configuration(inputs: ["live:\(interface)"], hash: false, count: count)
    var options = LiveOptions(interface: interface)
    (options.duration, options.count, options.window) = (duration, count, window)
    StopSignals.take()
    var pipeline: LivePipeline
    do throws(LiveError) { pipeline = try LivePipeline(configuration, options) } catch {
      throw Failure(error)
    }
    let (sink, outputs) = try shared.sinks()
    defer { outputs.forEach { $0.close() } }
    var state = configuration.stateFile
    do throws(OutputError) { try state?.openAhead() } catch { return try ExitStatus(error) }
    do throws(LiveError) { try pipeline.dropPrivileges() } catch { throw Failure(error) }
    if !shared.output.format.quiet { Terminal.warn("dnsaudit: \(pipeline.sentence); Ctrl-C ends it") }
    do throws(OutputError) {
      let result = try run(&pipeline, sink, outputs[0])
      try state?.save(result)
      for sentence in result.warnings + result.damaged { Terminal.warn("dnsaudit: \(sentence)") }
      return shared.judgement.failOn.isReached(by: result) ? .found : .clean
    } catch {
      return try ExitStatus(error)
    }
  }

  /// Runs the audit with lines for early findings, when the output is text, and a line that shows how it goes on.
  private func run(
    _ pipeline: inout LivePipeline, _ sink: FanOut, _ output: OutputFile
  ) throws(OutputError) -> AuditResult {
    var sink = sink, lines = shared.liveLines(on: output)
    let progress = ProgressLine(isShown: shared.output.progress ?? Terminal.isTerminal(STDERR_FILENO))
    let result = try pipeline.run(&sink) { (window) throws(OutputError) in
      progress.clear()
      try lines?.write(window.findings)
      progress.show("\(window.packets) packets, \(window.responses) responses, \(window.dropped) dropped")
    } onEnd: { () throws(OutputError) in
      progress.clear()
      try lines?.end()
    }
    try sink.flush()
    return result
  }
}

extension Failure {
  /// From what keeps a live run from beginning.
  init(_ error: LiveError) {
    let status: ExitStatus =
      switch error.kind {
      case .noAccess: .noAccess
      case .usage: .usage
      case .failure: .internalError
      }
    self.init(status: status, message: error.sentence)
  }
}
