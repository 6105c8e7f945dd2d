import Bytes

extension EDNSOption {
  /// What the option says, for people; nil where there is nothing to say beyond its hexadecimal data, and for
  /// data that do not have the option's layout. Text that the sender wrote is in it as it is: escape it.
  package func text(in message: Span<UInt8>) -> String? {
    let data = data(in: message)
    do throws(DecodingError) {
      switch code {
      case .extendedError: return extendedErrorText(try ExtendedError(data))
      case .cookie: return cookieText(data)
      case .clientSubnet: return try clientSubnetText(data)
      case .nsid, .extraTextLanguage, .filteringContact, .filteringOrganization, .filteringDatabase:
        return quotedText(data)
      case .padding: return "\(data.count) octets"
      case .keepalive: return try keepaliveText(data)
      case .expire: return try data.isEmpty ? nil : numbersText(data, size: 4, unit: " s")
      case .dau, .dhu, .n3u: return try numbersText(data, size: 1)
      case .keyTag: return try numbersText(data, size: 2)
      case .clientTag, .serverTag: return try data.count == 2 ? numbersText(data, size: 2) : nil
      case .chain, .reportChannel: return try nameText(data)
      case .longLivedQuery: return try longLivedQueryText(data)
      case .updateLease: return try updateLeaseText(data)
      case .zoneVersion: return try zoneVersionText(data)
      case .mqtypeQuery, .mqtypeResponse: return try typesText(data)
      case .umbrellaIdent: return try umbrellaText(data)
      default: return nil
      }
    } catch {
      return nil
    }
  }
}

/// Code, its meaning, and the text that came with it.
private func extendedErrorText(_ error: ExtendedError) -> String {
  let name = error.name.map { " (\($0))" } ?? ""
  return "\(error.code)\(name)" + (error.text.isEmpty ? "" : ": " + error.text)
}

/// The client's eight octets and the server's 8...32 (RFC 7873 §4).
private func cookieText(_ data: Span<UInt8>) -> String? {
  guard data.count == 8 || (16...40).contains(data.count) else { return nil }
  var text: [UInt8] = []
  text.append(text: "client ")
  text.append(hexOf: data.extracting(0..<8), uppercase: false)
  if data.count > 8 {
    text.append(text: " server ")
    text.append(hexOf: data.extracting(8..<data.count), uppercase: false)
  }
  return String(decoding: text, as: UTF8.self)
}

/// `ADDRESS/SOURCE/SCOPE` (RFC 7871 §6); octets behind the source prefix are left out on the wire.
private func clientSubnetText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  var reader = ByteReader(data)
  let family = try reader.readUInt16(), source = try reader.readUInt8(), scope = try reader.readUInt8()
  let size = family == 1 ? 4 : 16
  guard family == 1 || family == 2, Int(source) <= size * 8, Int(scope) <= size * 8 else { return nil }
  guard reader.remaining == (Int(source) + 7) / 8 else { return nil }
  let part = try reader.readBytes(reader.remaining)
  let octets = (0..<size).map { $0 < part.count ? part[$0] : 0 }
  return IPAddress(bytes: octets.span).map { "\($0)/\(source)/\(scope)" }
}

/// A string in quotation marks; nil for none.
private func quotedText(_ data: Span<UInt8>) -> String? {
  guard !data.isEmpty else { return nil }
  var text: [UInt8] = []
  text.append(quoted: data)
  return String(decoding: text, as: UTF8.self)
}

/// The time that an idle connection stays open, in tenths of a second on the wire (RFC 7828 §3.1).
private func keepaliveText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  guard data.count == 2 else { return nil }
  var reader = ByteReader(data)
  let tenths = try reader.readUInt16()
  return "\(tenths / 10).\(tenths % 10) s"
}

/// Numbers of so many octets; nil when the data are empty or not made of them.
private func numbersText(_ data: Span<UInt8>, size: Int, unit: String = "") throws(DecodingError) -> String? {
  guard !data.isEmpty, data.count % size == 0 else { return nil }
  var reader = ByteReader(data), texts: [String] = []
  while reader.remaining > 0 {
    var number: UInt32 = 0
    for _ in 0..<size { number = number << 8 | UInt32(try reader.readUInt8()) }
    texts.append("\(number)\(unit)")
  }
  return texts.joined(separator: " ")
}

/// An uncompressed name that fills the data (RFC 7901 §4, RFC 9567 §5).
private func nameText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  let (name, end) = try readUncompressedName(data, at: 0)
  return end == data.count ? name.description : nil
}
