/// Writes pcapng files (draft-ietf-opsawg-pcapng).
package struct PcapngBuilder {
  /// Whether numbers are written most significant byte first.
  package private(set) var isBigEndian: Bool
  /// The file so far.
  package private(set) var bytes: [UInt8] = []

  /// A file with a section header.
  package init(isBigEndian: Bool = false, comment: String? = nil) {
    self.isBigEndian = isBigEndian
    addSection(isBigEndian: isBigEndian, comment: comment)
  }

  /// Begins another section.
  package mutating func addSection(isBigEndian: Bool, comment: String? = nil) {
    self.isBigEndian = isBigEndian
    let version = number(1 as UInt16) + number(0 as UInt16)
    addBlock(
      0x0a0d_0d0a,
      number(0x1a2b_3c4d as UInt32) + version + number(-1 as Int64)
        + options(comment.map { [(code: 1 as UInt16, value: Array($0.utf8))] } ?? []))
  }

  /// Adds an interface. Its clock counts in 10^-`resolution` seconds, or in what that octet says with its upper bit;
  /// nil leaves the option out.
  package mutating func addInterface(
    linkType: UInt16 = 1, snapLength: UInt32 = 65_535, resolution: UInt8? = 9,
    options others: [(code: UInt16, value: [UInt8])] = []
  ) {
    let all = (resolution.map { [(code: 9 as UInt16, value: [$0])] } ?? []) + others
    addBlock(1, number(linkType) + number(0 as UInt16) + number(snapLength) + options(all))
  }

  /// Adds a packet; the time is in the unit of its interface.
  package mutating func add(
    _ packet: [UInt8], time: UInt64 = 0, interface: UInt32 = 0, originalLength: Int? = nil,
    options others: [(code: UInt16, value: [UInt8])] = []
  ) {
    addBlock(6, number(interface) + stampedPacket(packet, time, originalLength) + options(others))
  }

  /// Adds a packet in the obsolete block.
  package mutating func addObsolete(
    _ packet: [UInt8], time: UInt64 = 0, interface: UInt16 = 0, dropped: UInt16 = .max
  ) {
    addBlock(2, number(interface) + number(dropped) + stampedPacket(packet, time, nil))
  }

  /// Adds a packet of the first interface without a time.
  package mutating func addSimple(_ packet: [UInt8], originalLength: Int? = nil) {
    addBlock(3, number(UInt32(originalLength ?? packet.count)) + padded(packet))
  }

  /// Adds statistics of an interface: packets that it and the system lost.
  package mutating func addStatistics(interface: UInt32 = 0, lost: UInt64, lostBySystem: UInt64) {
    let counts = options([(5, number(lost)), (7, number(lostBySystem))])
    addBlock(5, number(interface) + number(0 as UInt64) + counts)
  }

  /// Adds a block of any type.
  package mutating func addBlock(_ type: UInt32, _ body: [UInt8]) {
    let length = number(UInt32(body.count + 12))
    bytes += number(type) + length + body + length
  }

  /// Adds bytes that are no block.
  package mutating func addRaw(_ raw: [UInt8]) { bytes += raw }

  /// A number in the byte order of the section.
  package func number(_ value: some FixedWidthInteger) -> [UInt8] {
    isBigEndian ? octets(value) : octets(value).reversed()
  }

  /// Time, lengths and bytes of a packet.
  private func stampedPacket(_ packet: [UInt8], _ time: UInt64, _ originalLength: Int?) -> [UInt8] {
    let times = number(UInt32(time >> 32)) + number(UInt32(truncatingIfNeeded: time))
    let lengths = number(UInt32(packet.count)) + number(UInt32(originalLength ?? packet.count))
    return times + lengths + padded(packet)
  }

  /// Options with their end; nothing for none.
  private func options(_ options: [(code: UInt16, value: [UInt8])]) -> [UInt8] {
    guard !options.isEmpty else { return [] }
    return options.flatMap { number($0.code) + number(UInt16($0.value.count)) + padded($0.value) }
      + number(0 as UInt32)
  }

  /// Bytes filled up to a multiple of four.
  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }
}
