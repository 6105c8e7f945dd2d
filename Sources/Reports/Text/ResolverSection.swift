import Findings

extension TextCanvas {
  /// How hard hosts make it to guess which answers they would take; those that are easy first.
  mutating func writeResolvers(_ contents: Contents, limit: Int) {
    guard !contents.resolvers.isEmpty else { return }
    let ordered = contents.resolvers.enumerated().sorted { a, b in
      (a.element.worst, a.offset) < (b.element.worst, b.offset)
    }.map(\.element)
    heading("How hard to guess", "\(counted(ordered.count, "host")) with 26 queries or more, as seen here")
    for host in ordered.prefix(limit) {
      line("  \(host.address)\(host.isResolver ? " (resolver)" : ""), \(counted(host.queries, "query"))")
      let indent = "      "
      paragraph(
        indent, Printable("ports \(host.ports.grade.rawValue): \(host.ports.text)"),
        style: style(host.ports.grade))
      paragraph(
        indent, Printable("IDs \(host.ids.grade.rawValue): \(host.ids.text)"), style: style(host.ids.grade))
      paragraph(
        indent,
        Printable(
          "letter case \(host.caseGrade.rawValue): \(percent(host.caseShare)), cookies \(host.cookieGrade.rawValue): \(percent(host.cookieShare))"
        ), style: .faint)
    }
    if ordered.count > limit {
      paragraph(
        "  ",
        Printable(
          "and \(counted(ordered.count - limit, "more host")) (-v shows more, --format jsonl a hundred)"),
        style: .faint)
    }
  }

  /// A share for people.
  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) % of queries" }

  /// What is easy stands out.
  private func style(_ grade: NumberSpread.Grade) -> Style? { grade == .poor ? .notice : nil }
}

extension ResolverEntropy {
  /// The worse class of ports and IDs.
  fileprivate var worst: NumberSpread.Grade { min(ports.grade, ids.grade) }
}
