import ArgumentParser
import Audit
import Bytes
import Findings
import Glibc
import Reports

/// Options that `audit` and `live` share.
struct SharedOptions: ParsableArguments {
  @OptionGroup(title: "Packets") var packets: PacketOptions
  @OptionGroup(title: "Judgement") var judgement: JudgementOptions
  @OptionGroup(title: "Limits on work") var limits: LimitOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Case") var caseOptions: CaseOptions

  /// What the run does, settled once.
  func configuration(inputs: [String], hash: Bool, count: Int? = nil) throws -> AuditConfiguration {
    var configuration = AuditConfiguration(inputs: inputs)
    do throws(AnchorSourceError) {
      configuration.anchors = try AnchorSource.load(judgement.trustAnchors)
      if let path = judgement.anchorState {
        let file = try AnchorStateFile(path, for: configuration.anchors)
        configuration.anchorStates = file.states
        if judgement.at == nil { configuration.stateFile = file } else { warnOfReading(path) }
      }
    } catch {
      throw Failure(status: .usage, message: error.sentence)
    }
    do throws(PolicySourceError) {
      configuration.policy = try PolicySource.load(judgement.policy)
    } catch {
      throw Failure(status: .usage, message: error.sentence)
    }
    let settings = try limits.settings
    configuration.limits = settings.limits
    configuration.at = judgement.at.flatMap(TimeText.parse)
    configuration.filter = packets.filter
    configuration.ports = packets.ports
    configuration.isAnyPort = packets.anyPort
    configuration.packetLimit = count
    configuration.jobs = judgement.cores.count
    configuration.method = judgement.verify
    configuration.hash = hash
    configuration.version = Version.number
    configuration.build = Terminal.variable("DNSAUDIT_BUILD") ?? ""
    configuration.generated = SharedOptions.generated
    configuration.options = effective(
      inputs: inputs, hash: hash, count: count, limits: settings, policy: configuration.policyWords)
    configuration.caseFields = caseOptions.fields
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
  private func effective(
    inputs: [String], hash: Bool, count: Int?, limits: LimitSettings, policy: [String]
  ) -> [(name: String, value: OptionValue)] {
    let optional = { (text: String?) -> OptionValue in text.map { .text($0) } ?? .none }
    return [
      ("anchor_state", optional(judgement.anchorState)), ("any_port", .flag(packets.anyPort)),
      ("at", optional(judgement.at)),
      ("count", count.map { .number($0) } ?? .none),
      ("fail_on", .text(judgement.failOn.rawValue)), ("filter", optional(packets.filter)),
      ("format", .text(output.format.isJSON ? "jsonl" : "text")), ("hash", .flag(hash)),
      ("inputs", .list(inputs)), ("limits", .list(limits.effective)), ("policy", .list(policy)),
      ("ports", .list(packets.ports.map { String($0) })), ("trust_anchors", .list(judgement.trustAnchors)),
    ]
  }

  /// The sinks that the options ask for, and the files behind them, which must not be any of the inputs.
  /// - Parameter kept: a further file that the run keeps for the next one.
  func sinks(inputs: [String] = [], kept: String? = nil) throws -> (sink: FanOut, outputs: [OutputFile]) {
    var files = FilesInUse(reading: inputs + judgement.trustAnchors)
    let file = try OutputFile(output.format.output, &files)
    var sinks = [
      output.format.isJSON
        ? JSONLines(file.sink) : TextSummary(file.sink, options: textOptions(file)) as any EventSink
    ]
    var outputs = [file]
    if let report = output.report {
      let page = try OutputFile(report, &files)
      sinks.append(HTMLReport(page.sink))
      outputs.append(page)
    }
    for path in [judgement.anchorState, kept].compactMap(\.self) { try files.add(path) }
    for output in outputs { output.truncate() }
    return (FanOut(sinks), outputs)
  }

  /// Tells that with a time given a file of states is only read.
  private func warnOfReading(_ path: String) {
    guard !output.format.quiet else { return }
    Terminal.warn("dnsaudit: the states in \(path) are used, and with --at not written")
  }

  /// How the text looks on an output, as its terminal can show it.
  private func textOptions(_ file: OutputFile) -> TextOptions {
    let color: ColorMode =
      Terminal.wantsColor(file.descriptor, noColor: output.format.noColor) ? .ansi : .plain
    let detail: TextOptions.Detail = output.format.quiet ? .counts : output.verbose ? .everything : .screen
    let width =
      Terminal.isTerminal(file.descriptor) ? Terminal.width(file.descriptor) : TextOptions.defaultWidth
    return TextOptions(detail: detail, color: color, width: width)
  }

  /// Lines for the early findings of a live run on an output; nil when that is JSON lines.
  func liveLines(on file: OutputFile) -> LiveLines? {
    output.format.isJSON ? nil : LiveLines(file.sink, options: textOptions(file))
  }
}
