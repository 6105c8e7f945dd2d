import ArgumentParser
import Audit
import Findings
import Glibc
import Reports

/// `dnsaudit audit CAPTURE...`: the main job.
struct AuditCommand: ParsableCommand, StatusCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Read captures and judge every DNS response (the default).",
    usage: """
      dnsaudit [audit] [<options>] <capture> ...
      """,
    discussion: """
      Prints what was read, how many answers are secure, insecure, indeterminate and bogus (RFC 4035 section 4.3), \
      the zones with their chains of trust, the findings, and what limits the conclusions.
      """)

  @OptionGroup(title: "Input") var input: CaptureArguments
  @OptionGroup var shared: SharedOptions

  func execute() throws -> ExitStatus {
    let configuration = try shared.configuration(inputs: input.paths, hash: !input.noHash, count: input.count)
    var (sink, outputs) = try shared.sinks(inputs: input.files)
    defer { outputs.forEach { $0.close() } }
    let progress = ProgressLine(isShown: shared.output.progress ?? wantsProgress)
    let stopwatch = Stopwatch()
    var pipeline = AuditPipeline(configuration)
    do throws(OutputError) {
      let result = try pipeline.run(&sink) { progress.show($0) }
      progress.clear()
      try sink.flush()
      try configuration.stateFile?.save(result)
      if shared.output.verbose { Terminal.warn("dnsaudit: \(stopwatch.sentence(packets: result.packets))") }
      return status(result)
    } catch {
      return try ExitStatus(error)
    }
  }

  /// Whether somebody is there to see the progress, and does not see the result run by in the same place.
  private var wantsProgress: Bool {
    let streams = shared.output.verbose || shared.output.format.isJSON
    return Terminal.isTerminal(STDERR_FILENO) && !(streams && Terminal.isTerminal(STDOUT_FILENO))
  }

  /// Tells what could not be read, and what the outcome is.
  private func status(_ result: AuditResult) -> ExitStatus {
    input.status(
      unreadable: result.unreadable, damaged: result.damaged, warnings: result.warnings,
      wrongFilter: result.wrongFilter)
      ?? (shared.judgement.failOn.isReached(by: result) ? .found : .clean)
  }
}
