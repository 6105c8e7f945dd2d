import DNSWire

/// What is kept of single RRsets and answers.
extension ChainEvidence {
  /// A DNSKEY or DS RRset with all RRSIGs that it was seen with.
  struct SignedSet {
    /// The RRset, and its RRSIGs in order of arrival.
    let rrset: RRsetID
    var signatures: SignatureIDs
    /// When it was seen; whether it came in a whole message for which signatures were asked.
    let sightings: Sightings
    var wasAskedWithDO: Bool
    /// Whether a whole message showed it. A part of an RRset, from a truncated message or a transfer, may fail to
    /// verify without anybody's fault.
    var isWhole: Bool
  }

  /// An NSEC or NSEC3 RRset with its RRSIGs.
  struct DenialSet: Hashable, Sendable {
    let rrset: RRsetID, type: RecordType
    let signatures: SignatureIDs
  }

  /// A denial of DS that came in messages about the name.
  struct SeenDenial {
    let set: DenialSet
    /// When it was seen.
    let sightings: Sightings
    /// Whether a whole answer to the DS question itself held it, which is to prove the denial.
    var isAnswer: Bool
  }

  /// Answers of one server that deny a DNSKEY or DS RRset without any proof.
  struct BareDenial {
    /// The server's number, and when they were seen.
    let server: UInt32
    let sightings: Sightings
  }
}
