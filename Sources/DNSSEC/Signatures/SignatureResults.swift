/// What is known of RRSIGs over RRsets: by the RRSIG's number, since nearly all cover one RRset.
struct SignatureResults: Sendable {
  /// What is known of one pair, 16 bytes.
  struct Entry: Sendable {
    /// The RRset.
    fileprivate var rrset: UInt32
    /// The key of `verified`, and how many keys the RRSIG may mean.
    private var key: UInt32 = 0, candidateCount: UInt32 = 0
    /// How many of them, the first ones, were tried. The limit that one can set is 1,000.
    private var triedCount: UInt16 = 0
    private var code = Code.unknown
    private var wasTried = false

    /// The results, and that there is none.
    private enum Code: UInt8 {
      case unknown, verified, failed, noKey, keyNotSeen, unsupportedAlgorithm, malformed, wrongSigner,
        skippedLimit
    }

    /// Nothing known of a pair with this RRset.
    fileprivate init(rrset: UInt32) { self.rrset = rrset }

    /// With how many keys it was tried, and how many there were; nil when it never was.
    var tries: (tried: Int, candidates: Int)? {
      get { wasTried ? (Int(triedCount), Int(candidateCount)) : nil }
      set {
        wasTried = newValue != nil
        triedCount = UInt16(clamping: newValue?.tried ?? 0)
        candidateCount = UInt32(clamping: newValue?.candidates ?? 0)
      }
    }

    /// The result; nil when there is none yet.
    var result: SignatureResult? {
      get {
        switch code {
        case .unknown: nil
        case .verified: .verified(KeyID(rawValue: Int(key)))
        case .failed: .failed
        case .noKey: .noKey
        case .keyNotSeen: .keyNotSeen
        case .unsupportedAlgorithm: .unsupportedAlgorithm
        case .malformed: .malformed
        case .wrongSigner: .wrongSigner
        case .skippedLimit: .skippedLimit
        }
      }
      set {
        switch newValue {
        case nil: code = .unknown
        case .verified(let id):
          code = .verified
          key = UInt32(truncatingIfNeeded: id.rawValue)
        case .failed: code = .failed
        case .noKey: code = .noKey
        case .keyNotSeen: code = .keyNotSeen
        case .unsupportedAlgorithm: code = .unsupportedAlgorithm
        case .malformed: code = .malformed
        case .wrongSigner: code = .wrongSigner
        case .skippedLimit: code = .skippedLimit
        }
      }
    }
  }

  /// In place of an RRset's number.
  private static let none = UInt32.max
  /// The first pair of each RRSIG.
  private var first: [Entry] = []
  /// All others. A packet can bring any RRSIG beside any RRset, so that these are hashed with the process's key.
  private var others: [SignaturePair: Entry] = [:]

  /// What is known of a pair.
  subscript(_ pair: SignaturePair) -> Entry {
    get {
      let index = Int(pair.signature)
      if index < first.count, first[index].rrset == pair.rrset { return first[index] }
      return others.isEmpty ? Entry(rrset: pair.rrset) : others[pair] ?? Entry(rrset: pair.rrset)
    }
    set {
      let index = Int(pair.signature)
      while first.count <= index { first.append(Entry(rrset: SignatureResults.none)) }
      if first[index].rrset == SignatureResults.none || first[index].rrset == pair.rrset {
        first[index] = newValue
      } else {
        others[pair] = newValue
      }
    }
  }

  /// Makes room for so many RRSIGs, where there is none yet.
  mutating func reserve(_ count: Int) {
    if first.isEmpty { first.reserveCapacity(count) }
  }

  /// How many pairs have a result for which `matches` says so.
  func count(where matches: (SignatureResult) -> Bool) -> Int {
    first.count { $0.result.map(matches) ?? false } + others.values.count { $0.result.map(matches) ?? false }
  }

  /// Forgets all pairs for which `matches` says so.
  mutating func forget(where matches: (SignaturePair, Entry) -> Bool) {
    for (index, entry) in first.enumerated() where entry.rrset != SignatureResults.none {
      let pair = SignaturePair(rrset: entry.rrset, signature: UInt32(truncatingIfNeeded: index))
      if matches(pair, entry) { first[index] = Entry(rrset: entry.rrset) }
    }
    for (pair, entry) in others where matches(pair, entry) { others[pair] = nil }
  }
}
