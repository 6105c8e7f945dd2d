import DNSWire

/// What a judgement needs to know of a response besides its RRsets; not where or how it was captured.
package struct ResponseFacts: Sendable {
  /// The question in lower case; nil with QDCOUNT 0.
  package var question: CanonicalQuestion?
  /// Header flags and the full response code.
  package var flags: HeaderFlags, rcode: ResponseCode
  /// DO of the query when that was seen, otherwise the response's, else nil.
  package var dnssecOK: Bool?
  /// Whether the response has an OPT record.
  package var hasEDNS: Bool
  /// Whether all of the message is there: not TC, not cut by the snap length, decoded to its end.
  package var isComplete: Bool
  /// Whether a host would have taken the packet: its checksum is right, absent or offloaded.
  package var isIntact: Bool
  /// The time to judge at: seconds since 1970.
  package var time: Int64
  /// Number of the server's address; equal numbers are one server.
  package var server: UInt32

  /// From the fields.
  package init(
    question: CanonicalQuestion?, flags: HeaderFlags, rcode: ResponseCode, dnssecOK: Bool?, hasEDNS: Bool,
    isComplete: Bool,
    isIntact: Bool, time: Int64, server: UInt32
  ) {
    (self.question, self.flags, self.rcode, self.dnssecOK) = (question, flags, rcode, dnssecOK)
    self.hasEDNS = hasEDNS
    (self.isComplete, self.isIntact, self.time, self.server) = (isComplete, isIntact, time, server)
  }

  /// Whether the response is a transfer of a zone, which proves nothing but its signed DNSKEY and DS RRsets.
  var isTransfer: Bool { question?.type == .axfr || question?.type == .ixfr }

  /// The name for which this message denies DS: the cut of a referral without DS, or the name of a DS question.
  func deniedDS(in answer: Answer, _ store: RRsetStore) -> Name? {
    guard let question, isIntact, !isTransfer else { return nil }
    if answer.rrsets.hasAny(.ds) { return nil }
    if question.type == .ds, !answer.rrsets.hasAny(in: .answer) {
      return question.name
    }
    return referralCut(in: answer, store)
  }

  /// The owner of the authority NS RRset of a referral, when the answer has the shape of one.
  func referralCut(in answer: Answer, _ store: RRsetStore) -> Name? {
    guard rcode == .noError, let question else { return nil }
    let rrsets = answer.rrsets
    guard !rrsets.hasAny(in: .answer), rrsets.first(.soa, in: .authority) == nil,
      let position = rrsets.first(.ns, in: .authority)
    else { return nil }
    let cut = store.owner(of: rrsets.id(position))
    return question.name.isSubdomain(of: cut) ? cut : nil
  }
}

/// A question with its name in lower case.
package struct CanonicalQuestion: Hashable, Sendable {
  /// QNAME, canonical.
  package let name: Name
  /// QTYPE and QCLASS.
  package let type: RecordType, recordClass: RecordClass

  /// A question with a name that is in lower case.
  package init(folded name: Name, type: RecordType, recordClass: RecordClass) {
    (self.name, self.type, self.recordClass) = (name, type, recordClass)
  }

  /// Folds the name.
  package init(name: Name, type: RecordType, recordClass: RecordClass) {
    (self.name, self.type, self.recordClass) = (name.canonical, type, recordClass)
  }
}
