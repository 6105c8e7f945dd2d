import DNSSEC

/// Limits on work, set by name: `rrsigs-per-rrset=8`.
package struct LimitSettings: Sendable {
  /// Why a setting is none.
  package struct Fault: Error, Sendable {
    /// What is wrong and what is expected.
    package let sentence: String
  }

  /// The limits in force.
  package private(set) var limits = ValidationLimits()

  /// The figures that the program has by itself.
  package init() {}

  /// Takes a setting; it replaces an earlier one of the same limit.
  package mutating func set(_ text: String) throws(Fault) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let limit = WorkLimit(rawValue: parts[0]) else {
      let names = WorkLimit.allCases.map(\.rawValue).joined(separator: ", ")
      throw Fault(sentence: "there is no limit \(parts[0]); there are \(names)")
    }
    guard parts.count == 2, let value = Int(parts[1]), limit.range.contains(value) else {
      throw Fault(
        sentence:
          "\(limit.rawValue) takes a number from \(limit.range.lowerBound) to \(limit.range.upperBound)")
    }
    limits[limit] = value
  }

  /// All limits as they would be set.
  package var effective: [String] { WorkLimit.allCases.map { "\($0.rawValue)=\(limits[$0])" } }

  /// A line for each limit: its setting, what it bounds, and where the figure comes from.
  package static var explanations: [String] {
    let limits = ValidationLimits()
    return WorkLimit.allCases.map { "\($0.rawValue)=\(limits[$0]): \($0.meaning) (\($0.source))" }
  }
}
