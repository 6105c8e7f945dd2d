import Bytes

extension RDataView {
  /// Appends the presentation format (RFC 1035 §5.1) with names uncompressed, without line breaks or
  /// parentheses. A type that has none is written as RFC 3597 §5 says. On an error `text` is as before.
  /// - Throws: `badRData` when the RDATA does not have the layout of its type, or says what the format cannot
  ///   say; the fault of a name otherwise. The generic form can still be written then.
  package func appendPresentation(to text: inout [UInt8]) throws(DecodingError) {
    guard let fields = RDataLayout.fields(of: type, in: recordClass) else { return appendGeneric(to: &text) }
    let start = text.count
    do throws(DecodingError) {
      var writer = RDataTextWriter(self)
      for field in fields {
        let fieldStart = text.count
        if fieldStart > start { text.append(0x20) }
        let before = text.count
        try writer.append(field, to: &text)
        if text.count == before { text.removeSubrange(fieldStart...) }
      }
      guard writer.reader.remaining == 0 else { throw DecodingError(.badRData, at: writer.reader.offset) }
      guard text.count > start || type == .apl else { throw DecodingError(.badRData, at: offset) }
    } catch {
      text.removeSubrange(start...)
      throw error.fault == .truncated ? DecodingError(.badRData, at: error.offset) : error
    }
  }

  /// Appends the presentation format where the RDATA has the layout of its type, otherwise the generic form.
  package func appendText(to text: inout [UInt8]) {
    do throws(DecodingError) {
      try appendPresentation(to: &text)
    } catch {
      appendGeneric(to: &text)
    }
  }

  /// Appends the generic form `\# LENGTH HEX` of the octets as they stand in the message (RFC 3597 §5).
  package func appendGeneric(to text: inout [UInt8]) {
    text.append(text: "\\# ")
    text.append(decimal: UInt(count))
    if count > 0 { text.append(0x20) }
    text.append(hexOf: bytes)
  }
}

/// Writes the fields of one RDATA, one after the other.
struct RDataTextWriter: ~Escapable {
  /// The whole message, which compression pointers count in.
  let message: Span<UInt8>
  /// Where the next field starts; ends with the RDATA.
  var reader: ByteReader

  /// A writer in front of the first field.
  @_lifetime(copy rdata)
  init(_ rdata: RDataView) {
    message = rdata.message
    reader = rdata.reader
  }

  /// Appends one field; a field that is not there appends nothing.
  mutating func append(_ field: RDataField, to text: inout [UInt8]) throws(DecodingError) {
    switch field {
    case .uint8: text.append(decimal: try reader.readUInt8())
    case .uint16: text.append(decimal: try reader.readUInt16())
    case .uint32: text.append(decimal: try reader.readUInt32())
    case .uint48:
      text.append(decimal: UInt64(try reader.readUInt16()) << 32 | UInt64(try reader.readUInt32()))
    case .uint64:
      text.append(decimal: UInt64(try reader.readUInt32()) << 32 | UInt64(try reader.readUInt32()))
    case .octal16: text.append(octal: try reader.readUInt16())
    case .time: text.append(decimal: CivilTime(secondsSinceEpoch: Int64(try reader.readUInt32())).compact)
    case .recordType: text.append(text: RecordType(rawValue: try reader.readUInt16()).mnemonicInRData)
    case .certificateType: text.append(text: certificateTypes.mnemonic(of: try reader.readUInt16()))
    case .tsigError: text.append(text: tsigErrorMnemonic(try reader.readUInt16()))
    case .name: try appendName(to: &text)
    case .ipv4: text.append(address: try reader.readBytes(4))
    case .ipv6: text.append(address: try reader.readBytes(16))
    case .dashedHex(let count): try appendDashedHex(count, to: &text)
    case .groups64: try appendGroups(to: &text)
    case .string: text.append(quoted: try readCounted())
    case .optionalString: if reader.remaining > 0 { text.append(quoted: try readCounted()) }
    case .strings: try appendStrings(to: &text)
    case .tag: try appendTag(to: &text)
    case .quotedRest(let orEmpty): text.append(quoted: try readRest(orEmpty: orEmpty))
    case .salt: appendHexOrDash(try readCounted(), to: &text)
    case .base32: text.append(base32Of: try readCountedOctets())
    case .base64Counted(let last): try appendCountedBase64(withLength: false, last: last, to: &text)
    case .base64WithLength(let last): try appendCountedBase64(withLength: true, last: last, to: &text)
    case .hexRest: text.append(hexOf: try readRest(orEmpty: false))
    case .prefixedHexRest: try appendPrefixedHex(to: &text)
    case .base64Rest: text.append(base64Of: try readRest(orEmpty: false))
    case .base64RestOrEmpty: text.append(base64Of: try readRest(orEmpty: true))
    case .base64RestOrDash: try appendBase64OrDash(to: &text)
    case .formerKey: try appendFormerKey(to: &text)
    case .typeBitmap: try appendTypeBitmap(to: &text)
    case .oldTypeBitmap: try appendOldTypeBitmap(to: &text)
    case .services: try appendServices(to: &text)
    case .location: try appendLocation(to: &text)
    case .addressPrefixes: try appendAddressPrefixes(to: &text)
    case .serviceParameters: try appendServiceParameters(to: &text)
    case .gateway: try appendGateway(to: &text)
    case .relay: try appendRelay(to: &text)
    case .hostIdentity: try appendHostIdentity(to: &text)
    case .a6: try appendA6(to: &text)
    case .atmAddress: try appendATMAddress(to: &text)
    }
  }
}
