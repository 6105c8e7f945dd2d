import Bytes

/// A key of SVCB and HTTPS parameters (IANA "Service Parameter Keys (SvcParamKeys)").
struct ServiceParameterKey: RawRepresentable, Equatable {
  /// The number on the wire.
  let rawValue: UInt16

  static let mandatory = ServiceParameterKey(rawValue: 0)
  static let alpn = ServiceParameterKey(rawValue: 1)
  static let noDefaultALPN = ServiceParameterKey(rawValue: 2)
  static let port = ServiceParameterKey(rawValue: 3)
  static let ipv4hint = ServiceParameterKey(rawValue: 4)
  static let ech = ServiceParameterKey(rawValue: 5)
  static let ipv6hint = ServiceParameterKey(rawValue: 6)
  static let dohpath = ServiceParameterKey(rawValue: 7)

  /// The names of RFC 9460 and 9461. Later keys are written by number, which every reader of presentation
  /// format understands.
  private static let registry = MnemonicTable(
    prefix: "key",
    [
      0: "mandatory", 1: "alpn", 2: "no-default-alpn", 3: "port", 4: "ipv4hint", 5: "ech", 6: "ipv6hint",
      7: "dohpath",
    ])

  /// The name, or `key` and the number.
  var name: String { ServiceParameterKey.registry.mnemonic(of: rawValue) }
}

extension RDataTextWriter {
  /// The parameters of SVCB and HTTPS (RFC 9460 §2.1, §2.2): keys ascend strictly.
  ///
  ///     | SvcParamKey (16) | length (16) | SvcParamValue |
  mutating func appendServiceParameters(to text: inout [UInt8]) throws(DecodingError) {
    var lastKey = -1
    while reader.remaining > 0 {
      let start = reader.offset
      let key = ServiceParameterKey(rawValue: try reader.readUInt16())
      let length = Int(try reader.readUInt16())
      guard Int(key.rawValue) > lastKey, length <= reader.remaining else {
        throw DecodingError(.badRData, at: start)
      }
      if lastKey >= 0 { text.append(0x20) }
      lastKey = Int(key.rawValue)
      text.append(text: key.name)
      let end = reader.offset + length
      try appendValue(of: key, end: end, to: &text)
      guard reader.offset == end else { throw DecodingError(.badRData, at: start) }
    }
  }

  /// `=` and the value that ends at an offset, in the form of its key; nothing for an empty one.
  private mutating func appendValue(
    of key: ServiceParameterKey, end: Int, to text: inout [UInt8]
  ) throws(DecodingError) {
    let length = end - reader.offset
    if length > 0 { text.append(0x3d) }
    switch key {
    case .mandatory: try appendMandatoryKeys(end: end, to: &text)
    case .alpn: try appendProtocols(end: end, to: &text)
    case .noDefaultALPN: break
    case .port: text.append(decimal: try reader.readUInt16())
    case .ipv4hint: try appendAddresses(of: 4, end: end, to: &text)
    case .ipv6hint: try appendAddresses(of: 16, end: end, to: &text)
    case .ech:
      guard length > 0 else { throw DecodingError(.badRData, at: end) }
      text.append(base64Of: try reader.readBytes(length))
    default: if length > 0 { text.append(quoted: try reader.readBytes(length)) }
    }
  }

  /// One or more keys, ascending, `mandatory` not among them (RFC 9460 §8).
  private mutating func appendMandatoryKeys(end: Int, to text: inout [UInt8]) throws(DecodingError) {
    var last: UInt16 = 0
    repeat {
      let start = reader.offset, key = ServiceParameterKey(rawValue: try reader.readUInt16())
      guard key.rawValue > last, reader.offset <= end else { throw DecodingError(.badRData, at: start) }
      if last > 0 { text.append(0x2c) }
      last = key.rawValue
      text.append(text: key.name)
    } while reader.offset < end
  }

  /// One or more protocols, none of them empty: a list in quotation marks (RFC 9460 §7.1.1). A comma or
  /// backslash in a protocol has a backslash before it, and that one another for the string (Appendix A.1).
  private mutating func appendProtocols(end: Int, to text: inout [UInt8]) throws(DecodingError) {
    text.append(0x22)
    var separator = false
    repeat {
      if separator { text.append(0x2c) }
      separator = true
      let item = try readCountedOctets()
      for index in item.indices {
        switch item[index] {
        case 0x2c: text.append(contentsOf: [0x5c, 0x5c, 0x2c])
        case 0x5c: text.append(contentsOf: [0x5c, 0x5c, 0x5c, 0x5c])
        default: text.appendCharacter(item[index])
        }
      }
    } while reader.offset < end
    text.append(0x22)
  }

  /// One or more addresses of so many octets, with commas between.
  private mutating func appendAddresses(of size: Int, end: Int, to text: inout [UInt8]) throws(DecodingError)
  {
    var separator = false
    repeat {
      if separator { text.append(0x2c) }
      separator = true
      text.append(address: try reader.readBytes(size))
    } while reader.offset < end
  }
}
