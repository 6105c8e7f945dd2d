import Packets

extension PcapngReader {
  /// Takes what a block says that is no packet.
  mutating func note(_ type: PcapngBlockType, _ length: Int) {
    if type.isFrameWithoutPacket { frames &+= 1 }
    switch type {
    case .sectionHeader: readSectionHeader(length)
    case .interfaceDescription: readInterface(length)
    case .interfaceStatistics: readStatistics(length)
    case .decryptionSecrets, .custom, .customUncopied: keepBlock(type, length)
    default: break
    }
  }

  /// What is known, with the packets lost in the section that is being read.
  var finalFacts: ContainerFacts {
    var result = facts
    result.dropped = lost.map { Int(clamping: $0) }
    return result
  }

  /// Ends a section: interfaces are numbered anew in the next one.
  mutating func beginSection() {
    lostBefore = lost
    interfaces.removeAll()
    (interfacesLeftOut, uncertainDamage) = (0, nil)
  }

  /// Packets lost so far; nil when nothing says so.
  private var lost: UInt64? {
    interfaces.reduce(lostBefore) { sum, interface in
      guard let lost = interface.lost else { return sum }
      let (total, overflow) = (sum ?? 0).addingReportingOverflow(lost)
      return overflow ? .max : total
    }
  }

  /// A Section Header Block (§4.1). The length that it gives its section is left unused: it is often unknown, and
  /// blocks follow one another in any case.
  ///
  ///     type | length | byte-order magic (4) | version (2 + 2) | section length (8) | options | length
  private mutating func readSectionHeader(_ length: Int) {
    beginSection()
    readComments(from: 24, length)
  }

  /// An Interface Description Block (§4.2).
  ///
  ///     type | length | link type (2) | reserved (2) | snap length (4) | options | length
  private mutating func readInterface(_ length: Int) {
    doubtNumbers()
    guard interfaces.count < PcapngLimits.interfaces else { return interfacesLeftOut &+= 1 }
    guard length >= Self.shortestInterface else {
      interfaces.append(.undescribed)
      return noteDamagedBlock(length, "it is too short")
    }
    var interface = PcapngInterface(
      linkType: LinkType(rawValue: Int(half(8))),
      snapLength: Int(word(12)))
    var name: PcapngOption?, description: PcapngOption?
    var options = PcapngOptions(from: 16, to: length - 4)
    while let option = options.next(window, swapped: isSwapped) {
      switch (option.code, option.length) {
      case (PcapngOptions.comment, _): keepComment(option)
      case (2, _): name = option
      case (3, _): description = option
      case (9, 1): interface.clock.setResolution(window.load(UInt8.self, at: option.place, swapped: false))
      case (14, 8): interface.clock.offset = window.load(Int64.self, at: option.place, swapped: isSwapped)
      default: break
      }
    }
    if let option = name ?? description, let text = keptText(option), !facts.interfaces.contains(text) {
      facts.interfaces.append(text)
    }
    noteSnapLength(interface)
    interfaces.append(interface)
  }

  /// The link type and the snap length of an interface; no limit is the largest snap length of all.
  private mutating func noteSnapLength(_ interface: PcapngInterface) {
    if interface.snapLength == 0 { hasUnlimited = true }
    facts.snapLength = hasUnlimited ? 0 : max(facts.snapLength, interface.snapLength)
    facts.note(interface.linkType)
  }

  /// An Interface Statistics Block (§4.6); the last one of an interface counts.
  ///
  ///     type | length | interface (4) | time (8) | options | length
  private mutating func readStatistics(_ length: Int) {
    guard length >= 24, interfaces.indices.contains(Int(word(8))) else { return }
    let interface = Int(word(8))
    var lost: UInt64?
    var options = PcapngOptions(from: 20, to: length - 4)
    while let option = options.next(window, swapped: isSwapped) {
      switch (option.code, option.length) {
      case (PcapngOptions.comment, _): keepComment(option)
      case (5, 8), (7, 8):
        let count = window.load(UInt64.self, at: option.place, swapped: isSwapped)
        let (sum, overflow) = (lost ?? 0).addingReportingOverflow(count)
        lost = overflow ? .max : sum
      default: break
      }
    }
    if let lost { interfaces[interface].lostBySystem = lost }
  }

  /// A Decryption Secrets Block (§4.7) or a Custom Block (§4.9), as it is.
  private mutating func keepBlock(_ type: PcapngBlockType, _ length: Int) {
    let body = length - Self.frame
    guard keptBytes + body <= PcapngLimits.keptBytes, facts.keptBlocks.count < PcapngLimits.keptBlocks else {
      facts.blocksLeftOut &+= 1
      return
    }
    keptBytes += body
    facts.keptBlocks.append(
      KeptBlock(type: type.rawValue, body: unsafe Array(window.bytes(at: 8, count: body))))
  }

  /// Keeps the comments among the options of a block.
  private mutating func readComments(from place: Int, _ length: Int) {
    var options = PcapngOptions(from: place, to: length - 4)
    while let option = options.next(window, swapped: isSwapped) {
      if option.code == PcapngOptions.comment { keepComment(option) }
    }
  }

  /// Keeps a comment.
  mutating func keepComment(_ option: PcapngOption) {
    if let text = keptText(option) { facts.comments.append(text) }
  }

  /// A text in an option; nil when it is empty, or when there is no room.
  private mutating func keptText(_ option: PcapngOption) -> String? {
    // Some writers end a text with a zero byte, which is no part of it.
    let bytes = unsafe window.bytes(at: option.place, count: min(option.length, PcapngLimits.textSize))
      .prefix { $0 != 0 }
    guard unsafe !bytes.isEmpty else { return nil }
    guard keptTexts < PcapngLimits.texts else {
      facts.textsLeftOut &+= 1
      return nil
    }
    keptTexts += 1
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
