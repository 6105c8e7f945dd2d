import Bytes

/// What long-lived queries and leases, zone versions, lists of types and Umbrella's identities say. Each function
/// gives nil for data that do not have the option's layout, or throws where they are too short.

/// LLQ (RFC 8764 §3.2): `version V opcode O error E id HEX lease N s`.
///
///     | VERSION (16) | LLQ-OPCODE (16) | ERROR (16) | LLQ-ID (64) | LEASE-LIFE (32), seconds |
func longLivedQueryText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  guard data.count == 18 else { return nil }
  var reader = ByteReader(data)
  let version = try reader.readUInt16(), opcode = try reader.readUInt16(), error = try reader.readUInt16()
  var id: [UInt8] = []
  id.append(hexOf: try reader.readBytes(8), uppercase: false)
  let lease = try reader.readUInt32()
  let words = String(decoding: id, as: UTF8.self)
  return "version \(version) opcode \(opcode) error \(error) id \(words) lease \(lease) s"
}

/// UPDATE-LEASE (RFC 9664 §4): seconds for the records, maybe others for the KEY.
func updateLeaseText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  guard data.count == 4 || data.count == 8 else { return nil }
  var reader = ByteReader(data)
  let lease = try reader.readUInt32()
  guard reader.remaining > 0 else { return "\(lease) s" }
  return "\(lease) s, key \(try reader.readUInt32()) s"
}

/// ZONEVERSION (RFC 9660 §2.1): `ZONE-LABELS labels, SOA serial N`; type 0 alone is a serial.
///
///     | LABELCOUNT (8) | TYPE (8) | VERSION |
func zoneVersionText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  guard !data.isEmpty else { return nil }
  var reader = ByteReader(data)
  let labels = try reader.readUInt8(), type = try reader.readUInt8()
  let zone = "zone of \(labels) label\(labels == 1 ? "" : "s")"
  if type == 0, reader.remaining == 4 { return "\(zone), SOA serial \(try reader.readUInt32())" }
  var version: [UInt8] = []
  version.append(hexOf: try reader.readBytes(reader.remaining), uppercase: false)
  return "\(zone), version type \(type) \(String(decoding: version, as: UTF8.self))"
}

/// MQTYPE (RFC 10029): the types asked for, or answered, beside QTYPE.
func typesText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  guard !data.isEmpty, data.count % 2 == 0 else { return nil }
  var reader = ByteReader(data), types: [String] = []
  while reader.remaining > 0 { types.append(RecordType(rawValue: try reader.readUInt16()).mnemonic) }
  return types.joined(separator: " ")
}

/// Cisco Umbrella's identity of the client (its "Network Devices API"): `ODNS`, version, flags, and fields of a
/// type of 16 bits, whose length belongs to the type.
func umbrellaText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  var reader = ByteReader(data), fields: [String] = []
  guard try reader.readUInt32() == 0x4f44_4e53 else { return nil }
  try reader.skip(2)
  while reader.remaining > 0 {
    switch try reader.readUInt16() {
    case 0x0008: fields.append("organization \(try reader.readUInt32())")
    case 0x0010: fields.append("address \(address(try reader.readBytes(4)))")
    case 0x0020: fields.append("address \(address(try reader.readBytes(16)))")
    default: return nil
    }
  }
  return fields.isEmpty ? nil : fields.joined(separator: ", ")
}

/// The text of an address of 4 or 16 octets.
private func address(_ octets: Span<UInt8>) -> String { IPAddress(bytes: octets)?.description ?? "" }
