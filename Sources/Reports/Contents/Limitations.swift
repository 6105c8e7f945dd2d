import DNSSEC
import Findings

/// Sentences that say what the conclusions of a run rest on less than firmly. They may hold anything that the
/// events hold: whoever prints them escapes them.
struct Limitations {
  /// What limits the conclusions.
  let limits: [String]
  /// What was there and could not be read or judged.
  let unread: [String]

  /// The most examples of one kind; the rest is counted.
  static let examples = 5

  /// The limitations of a run.
  init(_ contents: Contents) {
    limits =
      Limitations.anchors(contents) + Limitations.gaps(contents) + Limitations.notRequested(contents)
      + Limitations.quality(contents)
    unread = Limitations.inputs(contents) + Limitations.messages(contents)
  }

  /// Without an anchor nothing can be secure.
  private static func anchors(_ contents: Contents) -> [String] {
    guard let run = contents.run, run.anchors.isEmpty else { return [] }
    return ["There is no trust anchor: nothing can be secure."]
  }

  /// Where the chain of trust ends for want of evidence; the reason names the question that would help.
  private static func gaps(_ contents: Contents) -> [String] {
    let zones = contents.troubledZones.kept.filter { $0.verdict.security == .indeterminate }
    let shown = zones.prefix(examples).map { "\($0.zone): \($0.verdict.reason)" }
    let rest = contents.zoneCounts[.indeterminate, default: 0] - shown.count
    return shown + (rest > 0 ? ["\(counted(rest, "more zone")) indeterminate."] : [])
  }

  /// Where nobody asked for signatures.
  private static func notRequested(_ contents: Contents) -> [String] {
    let shown = contents.notRequested.kept.map(\.summary), rest = contents.notRequested.leftOut
    return shown + (rest > 0 ? ["Signatures were not requested for \(counted(rest, "more zone"))."] : [])
  }

  /// What each capture says of its own quality, and packets that are missing.
  private static func quality(_ contents: Contents) -> [String] {
    var sentences: [String] = []
    for capture in contents.captures {
      let prefix = contents.captures.count > 1 ? "\(capture.path): " : ""
      sentences += capture.quality.map { prefix + $0 }
    }
    let dropped = contents.summary?.dropped ?? contents.captures.compactMap(\.dropped).reduce(0, &+)
    if dropped > 0 { sentences.append("\(counted(dropped, "packet")) dropped before capture.") }
    return sentences
  }

  /// Inputs that could not be read to their end.
  private static func inputs(_ contents: Contents) -> [String] {
    contents.captures.compactMap { capture in
      if let error = capture.error { return "\(capture.path): \(error)" }
      return capture.truncated ? "\(capture.path) is cut short or damaged." : nil
    }
  }

  /// Messages that could not be decoded, were no responses to judge, or were odd.
  private static func messages(_ contents: Contents) -> [String] {
    guard let summary = contents.summary else { return [] }
    var sentences: [String] = []
    if summary.malformed > 0 {
      sentences.append("\(counted(summary.malformed, "message")) malformed: decoded as far as possible.")
    }
    let kinds = summary.notJudged.filter { $0.count > 0 }.map { "\(grouped($0.count)) \($0.kind)" }
    if !kinds.isEmpty { sentences.append("Not judged: " + kinds.joined(separator: ", ") + ".") }
    for oddity in summary.oddities {
      let frames = frameList(oddity.frames, total: oddity.count)
      let times = "\(oddity.name): \(counted(oddity.count, "time"))"
      sentences.append(times + (frames.isEmpty ? "" : " (\(frames))"))
    }
    return sentences
  }
}
