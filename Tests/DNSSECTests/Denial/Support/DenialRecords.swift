import Bytes
import DNSSEC
import DNSWire
import Testing

/// Evidence from lines as they stand in a zone file: `OWNER NSEC NEXT TYPE...` and
/// `OWNER NSEC3 ALGORITHM FLAGS ITERATIONS SALT NEXTHASH TYPE...`.
func denialEvidence(_ zone: String, _ lines: String...) throws -> DenialEvidence {
  try denialEvidence(zone, lines: lines)
}

/// The same from a list of lines.
func denialEvidence(_ zone: String, lines: [String]) throws -> DenialEvidence {
  var evidence = DenialEvidence(zone: try dname(zone))
  for line in lines {
    let fields = line.split(separator: " ").map(String.init)
    if fields.dropFirst().first == "NSEC3" {
      evidence.nsec3.append(try provenNSEC3(fields, zone: zone))
    } else {
      evidence.nsec.append(try provenNSEC(fields, zone: zone))
    }
  }
  return evidence
}

/// A name in presentation format.
func dname(_ text: String) throws -> Name { try #require(Name(text), "\(text) is no name") }

/// The type with a mnemonic.
func rrtype(_ mnemonic: String) throws -> RecordType {
  RecordType(rawValue: try #require(denialTypeNumbers[mnemonic], "no type \(mnemonic)"))
}

/// The types that the denial tests speak of (IANA "Resource Record (RR) TYPEs").
let denialTypeNumbers: [String: UInt16] = [
  "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "HINFO": 13, "MX": 15, "TXT": 16, "KEY": 25, "AAAA": 28, "SRV": 33,
  "DNAME": 39, "DS": 43, "RRSIG": 46, "NSEC": 47, "DNSKEY": 48, "NSEC3": 50, "NSEC3PARAM": 51, "NXNAME": 128,
  "ANY": 255, "CAA": 257,
]

/// An NSEC from the fields of its line.
func provenNSEC(_ fields: [String], zone: String, expanded: Bool = false) throws -> ProvenNSEC {
  try #require(fields.count >= 3 && fields[1] == "NSEC")
  let rdata = try dname(fields[2]).wire + typeBitmapWire(try fields[3...].map(rrtype))
  return ProvenNSEC(
    owner: try dname(fields[0]), data: try NSECData(rdata.span), zone: try dname(zone),
    isWildcardExpanded: expanded)
}

/// An NSEC3 from the fields of its line.
func provenNSEC3(_ fields: [String], zone: String) throws -> ProvenNSEC3 {
  try #require(fields.count >= 7 && fields[1] == "NSEC3")
  let salt = fields[5] == "-" ? [] : try #require(Hex.decode(fields[5]))
  let data = try nsec3Data(
    algorithm: try #require(UInt8(fields[2])), flags: try #require(UInt8(fields[3])),
    iterations: try #require(UInt16(fields[4])), salt: salt,
    next: try #require(Base32Hex.decode(fields[6].utf8)), types: try fields[7...].map(rrtype))
  return try #require(
    ProvenNSEC3(owner: try dname(fields[0]), data: data, zone: try dname(zone), isWildcardExpanded: false))
}

/// NSEC3 RDATA, through the decoder.
func nsec3Data(
  algorithm: UInt8 = 1, flags: UInt8, iterations: UInt16, salt: [UInt8], next: [UInt8], types: [RecordType]
) throws -> NSEC3Data {
  var rdata: [UInt8] = [algorithm, flags, UInt8(iterations >> 8), UInt8(iterations & 255)]
  rdata += [UInt8(salt.count)] + salt + [UInt8(next.count)] + next + typeBitmapWire(types)
  return try NSEC3Data(rdata.span)
}

/// Window blocks for a list of types (RFC 4034 §4.1.2).
func typeBitmapWire(_ types: [RecordType]) -> [UInt8] {
  var wire: [UInt8] = []
  for window in Set(types.map { $0.rawValue >> 8 }).sorted() {
    var bits = [UInt8](repeating: 0, count: 32)
    for type in types where type.rawValue >> 8 == window {
      bits[Int(type.rawValue & 255) / 8] |= 0x80 >> UInt8(type.rawValue & 7)
    }
    while bits.last == 0 { bits.removeLast() }
    wire += [UInt8(window), UInt8(bits.count)] + bits
  }
  return wire
}
