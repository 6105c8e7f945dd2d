import DNSWire

/// Writes DNS messages octet by octet, sound or broken as a test wants them.
package struct MessageBuilder {
  /// The message ID.
  package var id: UInt16
  /// The flags word behind the ID.
  package var flags: UInt16
  /// The counts that the header announces; every `add` counts one up, a test may lie afterwards.
  package var counts: (qd: UInt16, an: UInt16, ns: UInt16, ar: UInt16) = (0, 0, 0, 0)
  /// What stands behind the header.
  package var body: [UInt8] = []

  /// An empty query, or an empty response with `flags: 0x8000`.
  package init(id: UInt16 = 0x1234, flags: UInt16 = 0) { (self.id, self.flags) = (id, flags) }

  /// The message so far.
  package var bytes: [UInt8] {
    [id, flags, counts.qd, counts.an, counts.ns, counts.ar].flatMap(octets) + body
  }

  /// Offset in the message of what is added next, for compression pointers.
  package var offset: Int { Header.length + body.count }

  /// Adds a question.
  package mutating func addQuestion(_ name: [UInt8], _ type: RecordType, _ recordClass: RecordClass = .in) {
    body += name + octets(type.rawValue) + octets(recordClass.rawValue)
    counts.qd &+= 1
  }

  /// Adds a record; `rdataLength` is only given to lie.
  /// - Returns: the offset of its RDATA in the message.
  @discardableResult
  package mutating func addRecord(
    _ owner: [UInt8], _ type: RecordType, _ recordClass: RecordClass = .in, in section: Section = .answer,
    ttl: UInt32 = 3600, rdata: [UInt8], rdataLength: UInt16? = nil
  ) -> Int {
    body += owner + octets(type.rawValue) + octets(recordClass.rawValue) + octets(ttl)
    body += octets(rdataLength ?? UInt16(rdata.count))
    let rdataOffset = offset
    body += rdata
    switch section {
    case .answer: counts.an &+= 1
    case .authority: counts.ns &+= 1
    case .additional: counts.ar &+= 1
    }
    return rdataOffset
  }
}

/// The uncompressed wire form of a name in presentation format; the test stops when it is not one.
package func wire(_ text: String) -> [UInt8] {
  guard let name = Name(text) else { preconditionFailure("not a name: \(text)") }
  return name.wire
}

/// A compression pointer to an offset below 16,384.
package func pointer(_ offset: Int) -> [UInt8] { [0xc0 | UInt8(offset >> 8), UInt8(offset & 255)] }

/// A character-string: a length octet and the text's UTF-8.
package func characterString(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

/// The octets of a number in network order.
package func octets(_ value: some FixedWidthInteger) -> [UInt8] {
  stride(from: value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
}
