import Crypto

/// The signatures that earlier runs found valid, and those that this one did.
///
/// Only the truth of the cryptography is remembered, and only where it is good: limits, times and chains of trust are
/// those of the run, so that no word depends on what is remembered.
package struct SignatureMemory: Sendable {
  /// Signatures that are remembered: 64 MiB, half of what an audit may take. That is fifty times as many as two million
  /// packets of mixed traffic have.
  package static let maximumCount = 2 << 20

  /// What the digests are made with.
  package let secret: [UInt8]
  /// What earlier runs found valid, ascending, each once.
  package let known: [SignatureDigest]
  /// What this run found valid, in the order of arrival. A wildcard's signature comes once for each name.
  private var added: [SignatureDigest] = []
  /// Which of the known ones this run met.
  private var isMet: [Bool]

  /// What was remembered with a secret: ascending digests, each once.
  package init(secret: [UInt8], known: [SignatureDigest] = []) {
    (self.secret, self.known) = (secret, known)
    isMet = [Bool](repeating: false, count: known.count)
  }

  /// Whether anything came to what was known.
  package var hasNews: Bool { !added.isEmpty }
  /// Remembered signatures that this run met, and those that it found valid itself.
  package var metCount: Int { isMet.count { $0 } }
  package var addedCount: Int { added.count }

  /// Whether a signature is known to be valid.
  mutating func recall(_ digest: SignatureDigest) -> Bool {
    let index = SignatureMemory.place(of: digest, in: known)
    guard index < known.count, known[index] == digest else { return false }
    isMet[index] = true
    return true
  }

  /// Remembers a signature that was found valid, as long as there is room for it.
  mutating func add(_ digest: SignatureDigest) {
    if added.count < SignatureMemory.maximumCount { added.append(digest) }
  }

  /// What to keep, ascending and each once, and how many there was no room for: those go first that this run did not
  /// meet.
  /// - Parameter others: what another run has found valid with the same secret, ascending.
  package func kept(beside others: [SignatureDigest], limit: Int = maximumCount) -> (
    digests: [SignatureDigest], dropped: Int
  ) {
    let met = zip(known, isMet).lazy.filter(\.1).map(\.0), unmet = zip(known, isMet).lazy.filter { !$0.1 }
    let needed = SignatureMemory.distinct(added + met)
    var spare = SignatureMemory.distinct(others + unmet.map(\.0)).filter { digest in
      let index = SignatureMemory.place(of: digest, in: needed)
      return index == needed.count || needed[index] != digest
    }
    let room = max(0, limit - needed.count), dropped = max(0, needed.count + spare.count - limit)
    if spare.count > room, let first = added.first {
      // Those beginning at some place go: always at another one, since digests look random.
      let start = SignatureMemory.place(of: first, in: spare)
      spare = Array(spare[start...] + spare[..<start])
    }
    return ((needed.prefix(limit) + spare.prefix(room)).sorted(), dropped)
  }

  /// Ascending, and each once.
  private static func distinct(_ digests: [SignatureDigest]) -> [SignatureDigest] {
    var found: [SignatureDigest] = []
    for digest in digests.sorted() where digest != found.last { found.append(digest) }
    return found
  }

  /// Where a digest is among ascending ones, or would be.
  private static func place(of digest: SignatureDigest, in digests: [SignatureDigest]) -> Int {
    var low = 0, high = digests.count
    while low < high {
      let middle = low + (high - low) / 2
      if digests[middle] < digest { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
