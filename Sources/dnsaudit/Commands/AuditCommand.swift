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

  @Option(
    name: .customLong("signature-cache"),
    help: ArgumentHelp(
      "Keep in a file which signatures are valid, so that the next run need not verify them again. Words and counts stay the same. The file must be yours, and writable by nobody else.",
      valueName: "file"))
  var signatureCache: String?

  func execute() throws -> ExitStatus {
    var configuration = try shared.configuration(inputs: input.paths, hash: !input.noHash, count: input.count)
    configuration.signatureCache = try openCache(configuration)
    var (sink, outputs) = try shared.sinks(inputs: input.files, kept: signatureCache)
    defer { outputs.forEach { $0.close() } }
    let progress = ProgressLine(isShown: shared.output.progress ?? wantsProgress)
    let stopwatch = Stopwatch()
    var pipeline = AuditPipeline(configuration)
    do throws(OutputError) {
      var result = try pipeline.run(&sink) { progress.show($0) }
      progress.clear()
      try sink.flush()
      try configuration.stateFile?.save(result)
      result.warnings += configuration.signatureCache?.save(result) ?? []
      if shared.output.verbose { tell(result, stopwatch) }
      return status(result)
    } catch {
      return try ExitStatus(error)
    }
  }

  /// Tells how fast the run was, and what the cache of signatures did.
  private func tell(_ result: AuditResult, _ stopwatch: Stopwatch) {
    Terminal.warn("dnsaudit: \(stopwatch.sentence(packets: result.packets))")
    guard let memory = result.signatureMemory else { return }
    Terminal.warn(
      "dnsaudit: \(memory.metCount) signatures were known from earlier runs, \(memory.addedCount) are new")
  }

  /// The cache of signatures that was asked for.
  private func openCache(_ configuration: AuditConfiguration) throws -> SignatureCacheFile? {
    guard let signatureCache else { return nil }
    do throws(SignatureCacheError) {
      let cache = try SignatureCacheFile(signatureCache, build: configuration.verifierName)
      if let warning = cache.warning { Terminal.warn("dnsaudit: \(warning)") }
      return cache
    } catch {
      throw Failure(status: .usage, message: error.sentence)
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
