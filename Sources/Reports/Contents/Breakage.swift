import DNSWire
import Findings

/// What would break if validation were on, in words.
struct Breakage {
  /// How much there is; nil when nothing would break.
  let headline: String?
  /// A line for each name, those with most clients first.
  let lines: [BreakageLine]

  /// What a summary says, as many names as there is room for.
  init(_ summary: SummaryEvent?, limit: Int) {
    guard let found = summary?.wouldBreak, found.names > 0 else {
      (headline, lines) = (nil, [])
      return
    }
    headline =
      "\(counted(found.answers, "bogus answer")) about \(counted(found.names, "name")) reached clients through resolvers that do not validate"
    lines = found.top.prefix(limit).map { BreakageLine($0) }
  }
}

/// One name that clients would no longer reach.
struct BreakageLine {
  /// The question, who got bogus answers, and why these are bogus.
  let question: Printable, clients: Printable, reason: Printable

  /// The line of a name.
  init(_ entry: BreakingName) {
    question = Printable("\(entry.name) \(entry.type.mnemonic)")
    let shown = entry.clients.prefix(3).map(\.description)
    let rest = entry.clientCount > shown.count ? " and \(grouped(entry.clientCount - shown.count)) more" : ""
    clients = Printable("\(counted(entry.count, "answer")) to \(shown.joined(separator: ", "))\(rest)")
    let secure =
      entry.secureFrame.map { "; frame \($0) has a secure answer, so that nothing would break" } ?? ""
    reason = Printable("from frame \(entry.firstFrame) on: \(entry.verdict.reason)\(secure)")
  }
}
