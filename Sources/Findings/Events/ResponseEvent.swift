import Bytes
import DNSSEC
import DNSWire
import Packets
import Transactions

/// One DNS response and the word on it.
package struct ResponseEvent: Sendable {
  /// Index of the input; nil when there is one only.
  package var file: Int?
  /// The packet that completed the message, and all its packets when there are several.
  package var frame: Int, frames: [PacketID]
  /// Capture time of that packet.
  package var time: Timestamp
  /// Addresses, ports and transport.
  package var flow: Flow
  /// Message ID, flags and the full response code.
  package var id: UInt16, flags: HeaderFlags, rcode: ResponseCode
  /// The question, as spelled; nil with QDCOUNT 0.
  package var question: Question?
  /// EDNS of the response.
  package var edns: EDNSFields?
  /// DO of the query when that was seen, otherwise the response's, else nil.
  package var dnssecOK: Bool?
  /// Extended errors that the server sent.
  package var serverEDE: [(code: UInt16, text: String)]
  /// The word with code and sentence.
  package var verdict: Verdict
  /// Whether any RRSIG covers the answer.
  package var signed: Bool
  /// Frame of a secure response with the same data, for an answer without a proof of its own.
  package var corroborated: Int?
  /// How it fits to a query.
  package var transaction: TransactionStatus
  /// The query's packet, and the time between the two in microseconds.
  package var queryFrame: Int?, rttMicroseconds: Int64?
  /// Index of the query's input when that is not the response's.
  package var queryFile: Int?
  /// The RRsets with their words.
  package var rrsets: [RRsetEntry]

  /// From the fields.
  package init(
    file: Int?, frame: Int, frames: [PacketID], time: Timestamp, flow: Flow, id: UInt16, flags: HeaderFlags,
    rcode: ResponseCode, question: Question?, edns: EDNSFields?, dnssecOK: Bool?,
    serverEDE: [(code: UInt16, text: String)], verdict: Verdict, signed: Bool, corroborated: Int?,
    transaction: TransactionStatus, queryFrame: Int?, queryFile: Int? = nil,
    rttMicroseconds: Int64?, rrsets: [RRsetEntry]
  ) {
    (self.file, self.frame, self.frames, self.time, self.flow) = (file, frame, frames, time, flow)
    (self.id, self.flags, self.rcode, self.question, self.edns) = (id, flags, rcode, question, edns)
    (self.dnssecOK, self.serverEDE, self.verdict, self.signed) = (dnssecOK, serverEDE, verdict, signed)
    (self.corroborated, self.transaction, self.queryFrame) = (corroborated, transaction, queryFrame)
    self.queryFile = queryFile
    (self.rttMicroseconds, self.rrsets) = (rttMicroseconds, rrsets)
  }
}

/// A question, as spelled.
package struct Question: Hashable, Sendable {
  /// QNAME.
  package var name: Name
  /// QTYPE and QCLASS.
  package var type: RecordType, recordClass: RecordClass

  /// From the fields.
  package init(name: Name, type: RecordType, recordClass: RecordClass) {
    (self.name, self.type, self.recordClass) = (name, type, recordClass)
  }
}

/// The fields of an OPT record (RFC 6891 §6.1).
package struct EDNSFields: Sendable {
  /// Version, UDP size in octets, DO.
  package var version: UInt8, udpSize: UInt16, dnssecOK: Bool
  /// The options in order.
  package var options: [(code: UInt16, data: [UInt8])]

  /// From the fields.
  package init(version: UInt8, udpSize: UInt16, dnssecOK: Bool, options: [(code: UInt16, data: [UInt8])]) {
    (self.version, self.udpSize, self.dnssecOK, self.options) = (version, udpSize, dnssecOK, options)
  }

  /// Of a kept OPT record: class, TTL and RDATA.
  package init(opt bytes: [UInt8]) {
    self.init(
      version: bytes[3], udpSize: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), dnssecOK: bytes[4] & 0x80 != 0,
      options: Array(EDNSOptions(bytes)))
  }

  /// The extended errors among the options: option 15, a code and UTF-8 text (RFC 8914 §2).
  package var extendedErrors: [(code: UInt16, text: String)] {
    options.filter { $0.code == 15 && $0.data.count >= 2 }.map { option in
      (
        UInt16(option.data[0]) << 8 | UInt16(option.data[1]),
        String(decoding: option.data[2...], as: UTF8.self)
      )
    }
  }
}

/// An RRset of a response with its word.
package struct RRsetEntry: Sendable {
  /// The section.
  package var section: Section
  /// Owner in lower case, and type.
  package var name: Name, type: RecordType
  /// TTL in seconds (the lowest one, where they differ) and number of records.
  package var ttl: UInt32, count: Int
  /// The word with code and sentence.
  package var verdict: Verdict
  /// The RRSIGs that cover it in this message.
  package var signatures: [SignatureEntry]

  /// From the fields.
  package init(
    section: Section, name: Name, type: RecordType, ttl: UInt32, count: Int, verdict: Verdict,
    signatures: [SignatureEntry]
  ) {
    (self.section, self.name, self.type, self.ttl, self.count) = (section, name, type, ttl, count)
    (self.verdict, self.signatures) = (verdict, signatures)
  }
}

/// An RRSIG and what became of it.
package struct SignatureEntry: Sendable {
  /// Signer, key tag and algorithm.
  package var signer: Name, keyTag: UInt16, algorithm: UInt8
  /// Validity as on the wire: seconds since 1970 modulo 2^32.
  package var inception: UInt32, expiration: UInt32
  /// What became of it.
  package var status: SignatureStatus
  /// The weak classes of one that verifies, and of its key.
  package var weak: WeakClasses

  /// From the fields.
  package init(
    signer: Name, keyTag: UInt16, algorithm: UInt8, inception: UInt32, expiration: UInt32,
    status: SignatureStatus, weak: WeakClasses = []
  ) {
    (self.signer, self.keyTag, self.algorithm) = (signer, keyTag, algorithm)
    (self.inception, self.expiration, self.status) = (inception, expiration, status)
    self.weak = weak
  }

  /// Of an RRSIG; one that cannot be read has nothing but its status.
  package init(_ data: RRSIGData?, _ status: SignatureStatus, _ weak: WeakClasses) {
    self.init(
      signer: data?.signer ?? .root, keyTag: data?.keyTag ?? 0, algorithm: data?.algorithm ?? 0,
      inception: data?.inception ?? 0, expiration: data?.expiration ?? 0, status: status, weak: weak)
  }
}
