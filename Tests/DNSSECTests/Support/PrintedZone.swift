import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// The records of a zone as an RFC prints them, `OWNER TYPE RDATA...`, each RRset with the RRSIGs over it. A line that
/// begins with a space goes on with the record of the line before. TTLs are 3,600 s, as in the zones of RFC 4035 and 5155.
struct PrintedZone {
  /// The zone's name.
  let apex: Name
  private var rrsets: [Name: [RecordType: AnsweredRRset]] = [:]

  /// Reads records; a line that is none of a zone fails the test.
  init(_ apex: String, _ text: String) throws {
    self.apex = try dname(apex)
    for line in text.replacing("\n ", with: " ").split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      let owner = try dname(try #require(fields.first)),
        type = try rrtype(try #require(fields.dropFirst().first))
      let rdata = try PrintedZone.rdata(type, Array(fields.dropFirst(2)))
      let covered = type == .rrsig ? try rrtype(fields[2]) : type
      var part =
        rrsets[owner]?[covered] ?? AnsweredRRset(rrset: ZoneRRset(owner, covered, []), signatures: [])
      if type == .rrsig { part.signatures.append(rdata) } else { part.rrset.rdata.append(rdata) }
      rrsets[owner, default: [:]][covered] = part
    }
  }

  /// An RRset with its RRSIGs, under the owner of a question where a wildcard answers.
  func rrset(_ owner: String, _ type: RecordType, shownAs name: String? = nil) throws -> AnsweredRRset {
    var found = try #require(rrsets[try dname(owner)]?[type], "no \(type.mnemonic) at \(owner)")
    if let name { found.rrset.owner = try dname(name) }
    return found
  }

  /// RRsets with their RRSIGs.
  func rrsets(_ wanted: (String, RecordType)...) throws -> [AnsweredRRset] {
    try wanted.map { try rrset($0.0, $0.1) }
  }

  /// A trust anchor for each key-signing key of the zone, as lines of a zone file.
  func anchors() throws -> String {
    try rrset(apex.description, .dnskey).rrset.rdata.filter { $0[1] & 1 == 1 }
      .map { "\(apex) DNSKEY 257 3 \($0[3]) \(Base64.encode($0[4...]))\n" }.joined()
  }

  /// The word on a response of the zone's server, behind its DNSKEY RRset, at a time.
  func judge(_ name: String, _ type: RecordType, _ answer: ZoneAnswer, at time: Int64) throws -> Judging {
    let keys = ZoneAnswer(kind: .positive, answer: try rrsets((apex.description, .dnskey)))
    let shown = [(apex, .dnskey, keys), (try dname(name), type, answer)].map {
      Judging.Shown(bytes: ZoneMessages.response($0.2, $0.0, $0.1, id: 1).bytes, time: time)
    }
    return try Judging(shown, anchors: try anchors())
  }

  /// RDATA of the types in these zones.
  private static func rdata(_ type: RecordType, _ fields: [String]) throws -> [UInt8] {
    switch type {
    case .a: try fields[0].split(separator: ".").map { try number(String($0)) }
    case .ns: try dname(fields[0]).wire
    case .mx: octets(try number(fields[0]) as UInt16) + (try dname(fields[1]).wire)
    case .soa:
      try fields[0...1].flatMap { try dname($0).wire }
        + (try fields[2...].flatMap { octets(try number($0) as UInt32) })
    case .nsec: try dname(fields[0]).wire + typeBitmapWire(try fields[1...].map(rrtype))
    case .nsec3: try nsec3(fields)
    case .ds:
      octets(try number(fields[0]) as UInt16) + (try fields[1...2].map(number))
        + (try VectorText.hex(fields[3]))
    case .dnskey:
      octets(try number(fields[0]) as UInt16) + (try fields[1...2].map(number))
        + (try VectorText.base64(fields[3...].joined()))
    case .rrsig: try rrsig(fields)
    default: throw UnknownType(type: type)
    }
  }

  /// Thrown for a type that this does not read.
  private struct UnknownType: Error {
    let type: RecordType
  }

  /// NSEC3 RDATA: algorithm, flags, iterations, salt, next hash, types (RFC 5155 §3.3).
  private static func nsec3(_ fields: [String]) throws -> [UInt8] {
    let salt = try VectorText.hex(fields[3]), next = try VectorText.base32Hex(fields[4])
    return try fields[0...1].map(number) + octets(try number(fields[2]) as UInt16) + [UInt8(salt.count)]
      + salt
      + [UInt8(next.count)] + next + typeBitmapWire(try fields[5...].map(rrtype))
  }

  /// RRSIG RDATA: type, algorithm, labels, TTL, expiration, inception, tag, signer, signature (RFC 4034 §3.2).
  private static func rrsig(_ fields: [String]) throws -> [UInt8] {
    let head = octets(try rrtype(fields[0]).rawValue) + (try fields[1...2].map(number))
    let times =
      octets(try number(fields[3]) as UInt32)
      + (try fields[4...5].flatMap { octets(UInt32(try seconds($0))) })
    return head + times + octets(try number(fields[6]) as UInt16) + (try dname(fields[7]).wire)
      + (try VectorText.base64(fields[8...].joined()))
  }

  /// Seconds since 1970 of `YYYYMMDDHHmmSS`.
  static func seconds(_ text: String) throws -> Int64 {
    let digits = Array(text)
    let part = { (from: Int, to: Int) in try number(String(digits[from..<to])) as Int64 }
    return try #require(
      CivilTime.seconds(
        year: part(0, 4), month: part(4, 6), day: part(6, 8), hour: part(8, 10), minute: part(10, 12),
        second: part(12, 14)))
  }

  /// A decimal number.
  private static func number<Number: FixedWidthInteger>(_ text: String) throws -> Number {
    try #require(Number(text), "\(text) is no number")
  }
}
