import Crypto

/// The keys that RRSIGs may mean, looked up once for all RRSIGs with the same signer, key tag and algorithm.
struct SignerKeys {
  /// What is there for one signer, key tag and algorithm.
  struct Candidates {
    /// The keys, in the order in which they are tried.
    let ids: [KeyID]
    /// The RRSIG's result where no key is to be tried.
    let verdict: SignatureResult?
  }

  private let keys: KeyStore
  private var numbers: [UInt64: Int] = [:], candidates: [Candidates] = []
  private var lastLabel = UInt64.max, lastNumber = 0

  /// Over the keys that there are now.
  init(_ keys: KeyStore) { self.keys = keys }

  /// The number of the candidates for an RRSIG.
  mutating func number(_ entry: SignatureFields.Entry, _ fields: SignatureFields) -> Int {
    let label = UInt64(entry.signer) << 24 | UInt64(entry.fixed.keyTag) << 8 | UInt64(entry.fixed.algorithm)
    if label == lastLabel { return lastNumber }
    let number = numbers[label] ?? candidates.count
    if number == candidates.count {
      numbers[label] = number
      candidates.append(find(entry, fields))
    }
    (lastLabel, lastNumber) = (label, number)
    return number
  }

  /// The candidates of a number.
  subscript(_ number: Int) -> Candidates { candidates[number] }

  /// Looks the keys up.
  private func find(_ entry: SignatureFields.Entry, _ fields: SignatureFields) -> Candidates {
    let signer = fields.signers[Int(entry.signer)].name
    guard keys.policy.scheme(of: entry.fixed.algorithm) != nil else {
      return Candidates(ids: [], verdict: .unsupportedAlgorithm)
    }
    guard keys.hasKeys(of: signer) else { return Candidates(ids: [], verdict: .keyNotSeen) }
    let ids = keys.keys(of: signer, keyTag: entry.fixed.keyTag, algorithm: entry.fixed.algorithm)
    return Candidates(ids: ids, verdict: ids.isEmpty ? .noKey : nil)
  }
}
