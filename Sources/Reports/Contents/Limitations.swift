import DNSSEC
import Findings

/// Sentences that say what the conclusions of a run rest on less than firmly. They may hold anything that the
/// events hold: whoever prints them escapes them.
struct Limitations {
  /// What limits the conclusions.
  let limits: [String]
  /// What was there and could not be read or judged.
  let unread: [String]

  /// The most names in one sentence; the rest is counted.
  static let names = 8

  /// The limitations of a run, with a sentence each for so many indeterminate zones, and with oddities or without.
  init(_ contents: Contents, zones: Int, oddities: Bool) {
    limits =
      Limitations.anchors(contents) + Limitations.gaps(contents, examples: zones)
      + Limitations.notRequested(contents) + Limitations.quality(contents) + Limitations.opaque(contents)
    unread =
      Limitations.inputs(contents) + Limitations.messages(contents)
      + (oddities ? Limitations.oddities(contents) : [])
  }

  /// Without an anchor nothing can be secure.
  private static func anchors(_ contents: Contents) -> [String] {
    guard let run = contents.run, run.anchors.isEmpty else { return [] }
    return ["There is no trust anchor: nothing can be secure."]
  }

  /// Where the chain of trust ends for want of evidence; the reason names the question that would help.
  private static func gaps(_ contents: Contents, examples: Int) -> [String] {
    let zones = contents.troubledZones.kept.filter { $0.verdict.security == .indeterminate }
    let shown = zones.prefix(examples).map { "\($0.zone): \($0.verdict.reason)" }
    let rest = contents.zoneCounts[.indeterminate, default: 0] - shown.count
    guard rest > 0 else { return shown }
    let noun = counted(rest, shown.isEmpty ? "zone" : "more zone")
    return shown + ["\(noun) indeterminate: under Zones stands what would close each gap."]
  }

  /// Where nobody asked for signatures.
  private static func notRequested(_ contents: Contents) -> [String] {
    let zones = unique(contents.notRequested.kept.compactMap(\.zoneText)), total = contents.notRequested.total
    guard total > 0 else { return [] }
    let named = zones.isEmpty ? counted(total, "zone") : zones.joined(separator: ", ")
    let rest = total > zones.count && !zones.isEmpty ? " and \(grouped(total - zones.count)) more" : ""
    return ["Some queries for \(named)\(rest) asked for no signatures: the answers to them prove nothing."]
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

  /// Encrypted DNS.
  private static func opaque(_ contents: Contents) -> [String] {
    (contents.summary?.opaque ?? []).map { $0.count.sentence(of: $0.name) + "." }
  }

  /// Inputs that could not be read to their end.
  private static func inputs(_ contents: Contents) -> [String] {
    contents.captures.compactMap { capture in
      if let error = capture.error { return "\(capture.path): \(error)" }
      return capture.truncated ? "\(capture.path) is cut short or damaged." : nil
    }
  }

  /// Messages that could not be decoded, or were no responses to judge.
  private static func messages(_ contents: Contents) -> [String] {
    guard let summary = contents.summary else { return [] }
    var sentences: [String] = []
    if summary.malformed > 0 {
      sentences.append("\(counted(summary.malformed, "message")) malformed: decoded as far as possible.")
    }
    let kinds = summary.notJudged.filter { $0.count > 0 }.map { "\(grouped($0.count)) \($0.kind)" }
    if !kinds.isEmpty { sentences.append("Not judged: " + kinds.joined(separator: ", ") + ".") }
    return sentences
  }

  /// Packets and messages that are odd.
  private static func oddities(_ contents: Contents) -> [String] {
    (contents.summary?.oddities ?? []).map { $0.sentence + "." }
  }
}
