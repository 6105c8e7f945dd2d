import ArgumentParser
import Audit
import Findings
import Glibc
import Reports

/// `dnsaudit audit CAPTURE...`: the main job.
struct AuditCommand: ParsableCommand, StatusCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Read captures and judge every DNS response (the default).")

  @Argument(help: ArgumentHelp("Captures to read; - is standard input.", valueName: "capture"))
  var captures: [String] = []

  @Option(name: .customShort("r"), help: ArgumentHelp("The same as naming a capture.", valueName: "file"))
  var read: [String] = []

  @Flag(name: .customLong("no-hash"), help: "Do not compute the SHA-256 of the captures.")
  var noHash = false

  @Flag(help: "An input that is cut short or damaged makes the exit status 3.")
  var strict = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if captures.isEmpty, read.isEmpty { throw ValidationError("name a capture to read; - is standard input") }
  }

  func execute() throws -> ExitStatus {
    let configuration = try shared.configuration(inputs: captures + read, hash: !noHash)
    var (sink, outputs) = try shared.sinks()
    defer { outputs.forEach { $0.close() } }
    let progress = ProgressLine(isShown: shared.progress ?? Terminal.isTerminal(STDERR_FILENO))
    var pipeline = AuditPipeline(configuration)
    do throws(OutputError) {
      let result = try pipeline.run(&sink) { progress.show($0) }
      progress.clear()
      try sink.flush()
      return status(result)
    } catch {
      return try ExitStatus(error)
    }
  }

  /// Tells what could not be read, and what the outcome is.
  private func status(_ result: AuditResult) -> ExitStatus {
    for sentence in result.unreadable + result.damaged { Terminal.warn("dnsaudit: \(sentence)") }
    if !result.unreadable.isEmpty || strict && !result.damaged.isEmpty { return .unreadable }
    return shared.failOn.isReached(by: result) ? .found : .clean
  }
}
