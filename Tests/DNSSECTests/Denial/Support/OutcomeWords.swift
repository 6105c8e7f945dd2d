import DNSSEC

extension DenialOutcome {
  /// The sentence of a missing proof, or nil.
  var missingSentence: String? {
    if case .notProven(let missing) = self { missing } else { nil }
  }

  /// The sentence of a contradiction, or nil.
  var contradiction: String? {
    if case .contradicted(let sentence) = self { sentence } else { nil }
  }
}

extension DSDenialOutcome {
  /// The sentence of a missing proof, or nil.
  var missingSentence: String? {
    if case .notProven(let missing) = self { missing } else { nil }
  }
}
