import DNSSEC

/// The policy that words on the command line stand for.
package enum PolicySource {
  /// The policy of words; each may hold several with commas between them.
  package static func load(_ words: [String]) throws(PolicySourceError) -> ValidationPolicy {
    let single = words.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    do throws(PolicyError) {
      return try ValidationPolicy(words: single)
    } catch {
      throw PolicySourceError(sentence: "--policy: \(error.sentence)")
    }
  }

  /// The classes with their meanings, for people.
  package static var classes: String {
    WeakClass.allCases.map { "\($0.word): \($0.meaning)" }.joined(separator: "; ")
  }
}

/// Why words are no policy.
package struct PolicySourceError: Error, Sendable {
  /// What is wrong, and what may be said.
  package let sentence: String
}

extension AuditConfiguration {
  /// The policy in force, in words.
  package var policyWords: [String] { policy.words }
}
