import Bytes

extension StatefulOperation {
  /// What the element says, for people; nil where there is nothing to say beyond its hexadecimal data, and for
  /// data that do not have the element's layout.
  package func text(in message: Span<UInt8>) -> String? {
    let data = data(in: message)
    do throws(DecodingError) {
      switch type {
      case .keepalive: return try keepaliveText(data)
      case .retryDelay: return try data.count == 4 ? millisecondsText(data) : nil
      case .encryptionPadding: return "\(data.count) octets"
      case .subscribe: return try subscriptionText(data)
      case .unsubscribe: return try data.count == 2 ? messageText(data) : nil
      default: return nil
      }
    } catch {
      return nil
    }
  }
}

/// Two periods in milliseconds (RFC 8490 §7.1).
private func keepaliveText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  guard data.count == 8 else { return nil }
  var reader = ByteReader(data)
  return "inactivity \(try reader.readUInt32()) ms, interval \(try reader.readUInt32()) ms"
}

/// One period in milliseconds (RFC 8490 §7.2).
private func millisecondsText(_ data: Span<UInt8>) throws(DecodingError) -> String {
  var reader = ByteReader(data)
  return "\(try reader.readUInt32()) ms"
}

/// An uncompressed name, type and class (RFC 8765 §6.2.1).
private func subscriptionText(_ data: Span<UInt8>) throws(DecodingError) -> String? {
  let (name, end) = try readUncompressedName(data, at: 0)
  var reader = ByteReader(data, from: end, to: data.count)
  let type = RecordType(rawValue: try reader.readUInt16())
  let recordClass = RecordClass(rawValue: try reader.readUInt16())
  return reader.remaining == 0 ? "\(name) \(recordClass.mnemonic) \(type.mnemonic)" : nil
}

/// The ID of the message that subscribed (RFC 8765 §6.4.1).
private func messageText(_ data: Span<UInt8>) throws(DecodingError) -> String {
  var reader = ByteReader(data)
  return "id \(try reader.readUInt16())"
}
