import DNSWire

/// Where the fields of a record stand in a message.
package struct RecordPlace: Sendable {
  /// Section and type.
  package var section: Section, type: RecordType
  /// Offsets in the message of the owner's octets and of the RDATA.
  package var owner: Range<Int>, rdata: Range<Int>
}

/// A response and where its records stand.
package struct WrittenResponse: Sendable {
  /// The message.
  package var bytes: [UInt8]
  /// The records in order, OPT left out.
  package var places: [RecordPlace]
}

/// Writes queries and responses. Names are not compressed, so that every record has octets of its own to change.
package enum ZoneMessages {
  /// A query with or without EDNS and DO.
  package static func query(_ name: Name, _ type: RecordType, id: UInt16, dnssecOK: Bool = true) -> [UInt8] {
    var builder = MessageBuilder(id: id)
    builder.addQuestion(name.wire, type)
    if dnssecOK { addOPT(&builder) }
    return builder.bytes
  }

  /// A response from a zone's server.
  package static func response(
    _ answer: ZoneAnswer, _ name: Name, _ type: RecordType, id: UInt16, dnssecOK: Bool = true
  ) -> WrittenResponse {
    let isAuthoritative = answer.kind != .referral || !answer.answer.isEmpty
    var builder = MessageBuilder(id: id, flags: (isAuthoritative ? 0x8400 : 0x8000) | answer.rcode.rawValue)
    builder.addQuestion(name.wire, type)
    var places: [RecordPlace] = []
    for rrset in answer.answer { add(rrset, .answer, dnssecOK, to: &builder, &places) }
    for rrset in answer.authority where dnssecOK || ![.nsec, .nsec3, .ds].contains(rrset.rrset.type) {
      add(rrset, .authority, dnssecOK, to: &builder, &places)
    }
    if dnssecOK { addOPT(&builder) }
    return WrittenResponse(bytes: builder.bytes, places: places)
  }

  /// Adds the records of an RRset and their RRSIGs.
  private static func add(
    _ answered: AnsweredRRset, _ section: Section, _ dnssecOK: Bool, to builder: inout MessageBuilder,
    _ places: inout [RecordPlace]
  ) {
    let rrset = answered.rrset, owner = rrset.owner.wire
    let signatures = dnssecOK ? answered.signatures : []
    for (type, rdata) in rrset.rdata.map({ (rrset.type, $0) }) + signatures.map({ (.rrsig, $0) }) {
      let start = builder.offset
      let offset = builder.addRecord(owner, type, in: section, ttl: rrset.ttl, rdata: rdata)
      places.append(
        RecordPlace(
          section: section, type: type, owner: start..<start + owner.count,
          rdata: offset..<offset + rdata.count))
    }
  }

  /// Adds an OPT record: 1,232 octets over UDP, DO.
  private static func addOPT(_ builder: inout MessageBuilder) {
    builder.addRecord(
      [0], .opt, RecordClass(rawValue: 1232), in: .additional, ttl: 0x8000, rdata: [])
  }
}
