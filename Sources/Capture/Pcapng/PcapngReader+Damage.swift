extension PcapngReader {
  /// Goes on behind a block that cannot be read, and notes what was lost; false when nothing follows.
  mutating func resume() -> Bool {
    let place = place(frame: frames + 1, name: window.count >= 4 ? typeInFront.name : nil)
    let (detail, isCut) = blockFault(), start = window.offset
    // Whatever follows a section header that cannot be read is not of the section before.
    if window.count >= 4, isSectionHeader {
      beginSection()
      isOrderKnown = false
    }
    if window.count > 0 {
      window.skip(1)
      if findBlock() {
        isOrderKnown = true
        let lost = window.offset - start
        // Less than such a block has cannot have been an interface's description.
        if lost >= Self.shortestInterface, uncertainDamage == nil { uncertainDamage = facts.damages.count }
        facts.note(.skipped(path: path, place: place, lost: lost, detail: detail), lost: lost)
        return true
      }
    }
    window.skip(window.count)
    facts.note(end(place, detail, isCut), lost: window.offset - start)
    return false
  }

  /// Whether a block that ends with another length than its own is whole all the same: the file ends behind it, or a
  /// sound block follows. Then that is noted.
  mutating func isFollowed(_ length: Int) -> Bool {
    if window.fill(length + Self.frame) {
      let type = window.load(UInt32.self, at: length, swapped: isSwapped)
      let next = Int(window.load(UInt32.self, at: length + 4, swapped: isSwapped))
      let isSection = sectionOrder(at: length) != nil && type == PcapngBlockType.sectionHeader.rawValue
      guard
        isSection
          || PcapngBlockType(rawValue: type).isKnown && next >= Self.frame
            && next <= PcapngLimits.blockSize && window.fill(length + next)
            && window.load(UInt32.self, at: length + next - 4, swapped: isSwapped) == next
      else { return false }
    } else if window.count != length {
      return false
    }
    let thing = typeInFront.name ?? "packet \(frames + 1)"
    let place = place(frame: frames + 1, at: length - 4, name: "the last length of \(thing)")
    let detail = "a block ends with another length than its own"
    facts.note(.skipped(path: path, place: place, lost: 4, detail: detail), lost: 4)
    return true
  }

  /// Notes a block whose bounds are sound and whose content is not; it is passed over.
  mutating func noteDamagedBlock(_ length: Int, _ detail: String) {
    let place = place(frame: max(frames, 1), name: typeInFront.name)
    facts.note(.skipped(path: path, place: place, lost: length, detail: detail), lost: length)
  }

  /// An interface is described: when one in front of it may be lost, the damage says that numbers are uncertain. Of
  /// damages that are counted only, nothing more is said.
  mutating func doubtNumbers() {
    guard let index = uncertainDamage else { return }
    uncertainDamage = nil
    guard facts.damages.indices.contains(index),
      case .skipped(let path, let place, let lost, let detail) = facts.damages[index]
    else { return }
    let doubt = detail + "; interfaces that the section describes behind it may have other numbers"
    facts.damages[index] = .skipped(path: path, place: place, lost: lost, detail: doubt)
  }

  /// A place of the window: what stands there is a packet, or what `name` says.
  private func place(frame: Int, at place: Int = 0, name: String?) -> CapturePlace {
    CapturePlace(frame: frame, offset: window.offset + place, isInflated: isInflated, name: name)
  }

  /// The type of the block in front.
  private var typeInFront: PcapngBlockType {
    PcapngBlockType(rawValue: window.load(UInt32.self, at: 0, swapped: isSwapped))
  }

  /// Moves the window on to the next block that looks sound. The nearest one counts: numbers are small, and read in the
  /// other byte order a block may seem to begin three bytes beside where it does.
  ///
  /// How often that is done needs no limit: the window only moves forward, each byte is looked at once, and bytes that
  /// were read for a candidate stay in the window, which moves them at most once for each byte that it passes over.
  private mutating func findBlock() -> Bool {
    while window.fill(Self.frame) {
      if isLikelyBlock() { return true }
      window.skip(1)
    }
    return false
  }

  /// Whether a block of a known type begins here, holds what it should, and ends with its length. Behind a section
  /// header that cannot be read, only another one or an interface tells the byte order.
  private mutating func isLikelyBlock() -> Bool {
    let order = isSwapped
    if !isOrderKnown {
      isSwapped = !order
      if isLikelyBlock(of: .interfaceDescription) { return true }
      isSwapped = order
      return isLikelyBlock(of: .interfaceDescription)
        || isLikelyBlock(of: .sectionHeader)
    }
    let type = PcapngBlockType(rawValue: window.load(UInt32.self, at: 0, swapped: order))
    return type.isKnown && isLikelyBlock(of: type)
  }

  /// The same for one type, in the byte order of the section.
  private mutating func isLikelyBlock(of type: PcapngBlockType) -> Bool {
    let order = isSwapped
    if window.load(UInt32.self, at: 0, swapped: order) == type.rawValue,
      let length = blockLength(), window.fill(length), isSound(length),
      isPlausible(type, length)
    {
      return true
    }
    isSwapped = order
    return false
  }

  /// Whether the fixed fields of a whole block can be what they should.
  private func isPlausible(_ type: PcapngBlockType, _ length: Int) -> Bool {
    switch type {
    case .sectionHeader: return length >= 28
    case .interfaceDescription: return length >= Self.shortestInterface && half(10) == 0
    case .enhancedPacket:
      return length >= 32 && word(8) < interfaces.count && word(20) <= length - 32
    case .packet: return length >= 32 && half(8) < interfaces.count && word(20) <= length - 32
    case .simplePacket: return length >= 16 && !interfaces.isEmpty
    case .interfaceStatistics: return length >= 24 && word(8) < interfaces.count
    default: return true
    }
  }

  /// What is wrong with the block at the window's beginning, and whether the file ends inside it.
  private mutating func blockFault() -> (text: String, isCut: Bool) {
    if window.count == 0 { return ("the file ends early", true) }
    guard window.count >= Self.frame else { return ("only \(window.count) bytes of a block are there", true) }
    guard let length = blockLength() else {
      if isSectionHeader, window.load(UInt32.self, at: 4, swapped: isSwapped) >= 12 {
        return ("a section header names no byte order, or an impossible length", false)
      }
      return ("a block names an impossible length", false)
    }
    guard window.count >= length else {
      return ("of a block of \(length) bytes only \(window.count) are there", true)
    }
    return ("the two lengths of a block differ", false)
  }

  /// Whether the type in front is that of a section header.
  private var isSectionHeader: Bool {
    window.load(UInt32.self, at: 0, swapped: false) == PcapngBlockType.sectionHeader.rawValue
  }

  /// Why nothing more can be read.
  private func end(_ place: CapturePlace, _ detail: String, _ isCut: Bool) -> CaptureError {
    switch window.fault?.kind {
    case .system: .readFailed(path: path, place: place, detail: window.fault?.text ?? detail)
    case .corrupt: .damaged(path: path, place: place, detail: window.fault?.text ?? detail)
    case .cut: .truncated(path: path, place: place, detail: window.fault?.text ?? detail)
    case nil where isCut: .truncated(path: path, place: place, detail: detail)
    case nil: .damaged(path: path, place: place, detail: detail)
    }
  }
}
