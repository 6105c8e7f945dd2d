import Findings

/// The facts of a finding by name.
extension Finding {
  /// A text; empty when there is none of that name.
  func text(_ name: String) -> String {
    if case .text(let text)? = fact(name) { text } else { "" }
  }

  /// A number; nil when there is none of that name.
  func number(_ name: String) -> Int? {
    if case .number(let number)? = fact(name) { number } else { nil }
  }

  /// Texts; none when there are none of that name.
  func texts(_ name: String) -> [String] {
    if case .texts(let texts)? = fact(name) { texts } else { [] }
  }

  /// A fact.
  private func fact(_ name: String) -> EvidenceValue? { evidence.first { $0.name == name }?.value }
}
