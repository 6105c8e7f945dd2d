import Bytes
import Findings

extension JSONLineWriter {
  /// Writes the members of `resolver`.
  mutating func write(_ host: ResolverEntropy) {
    field("event", "resolver")
    field("address", host.address)
    field("resolver", host.isResolver)
    field("queries", host.queries)
    field("first_time", host.firstTime)
    field("last_time", host.lastTime)
    object("ports") { $0.write(host.ports) }
    object("ids") { $0.write(host.ids) }
    share("case", host.caseShare, host.caseGrade)
    share("cookies", host.cookieShare, host.cookieGrade)
    field("shared_port_percent", percent(host.sharedPortShare))
  }

  /// Writes how numbers are drawn.
  private mutating func write(_ spread: NumberSpread) {
    field("grade", spread.grade.rawValue)
    field("sampled", spread.sampled)
    field("distinct", spread.distinct)
    field("expected_distinct", Int(spread.expected.rounded()))
    field("standard_deviation", Int(spread.deviation.rounded()))
    array("flaws") { list in for flaw in spread.flaws { list.element(flaw) } }
  }

  /// Writes a share and its class.
  private mutating func share(_ key: String, _ value: Double, _ grade: NumberSpread.Grade) {
    let percent = percent(value)
    object(key) {
      $0.field("grade", grade.rawValue)
      $0.field("percent", percent)
    }
  }

  /// A share in whole hundredths.
  private func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}
