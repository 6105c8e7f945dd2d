import Bytes

/// The options of a kept OPT record: class and TTL, then code, length and data each (RFC 6891 §6.1.2).
package struct EDNSOptions: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position = 6

  /// Of the record as it is kept.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next option; nil behind the last one that is whole.
  package mutating func next() -> (code: UInt16, data: [UInt8])? {
    let start = position, bytes = bytes
    var reader = ByteReader(bytes.span, from: start)
    guard let code = try? reader.readUInt16(), let length = try? reader.readUInt16(),
      let data = try? reader.readBytes(Int(length))
    else { return nil }
    let copy = (0..<data.count).map { data[$0] }
    position = start + 4 + copy.count
    return (code, copy)
  }
}
