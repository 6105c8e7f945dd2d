extension PcapngReader {
  /// Bytes that are looked through at a time for a block at an address divisible by four, before any other place.
  private static let searchSize = 65_536

  /// Goes on behind a block that cannot be read, and notes what was lost; false when nothing follows.
  mutating func resume() -> Bool {
    let place = CapturePlace(frame: frames + 1, offset: window.offset, isInflated: isInflated)
    let (detail, isCut) = blockFault(), start = window.offset
    // Whatever follows a section header that cannot be read is not of the section before.
    if window.count >= 4, isSectionHeader(at: 0) { beginSection() }
    if window.count >= 4 {
      window.skip(4)
      if findBlock() {
        let lost = window.offset - start
        facts.note(.skipped(path: path, place: place, lost: lost, detail: detail), lost: lost)
        return true
      }
    }
    window.skip(window.count)
    facts.note(end(place, detail, isCut), lost: window.offset - start)
    return false
  }

  /// Notes a block whose bounds are sound and whose content is not; it is passed over.
  mutating func noteDamagedBlock(_ length: Int, _ detail: String) {
    let place = CapturePlace(frame: max(frames, 1), offset: window.offset, isInflated: isInflated)
    facts.note(.skipped(path: path, place: place, lost: length, detail: detail), lost: length)
  }

  /// Moves the window on to the next block that looks sound, at a distance divisible by four if there is one.
  private mutating func findBlock() -> Bool {
    while window.fill(Self.frame) {
      _ = window.fill(Self.searchSize)
      let last = window.count - Self.frame
      for step in [4, 1] {
        for place in stride(from: 0, through: last, by: step) where isLikelyBlock(at: place) {
          window.skip(place)
          return true
        }
      }
      window.skip(last & ~3 + 4)
    }
    return false
  }

  /// Whether a block of a known type begins at a place and ends with its length; in which byte order, is noted.
  private mutating func isLikelyBlock(at place: Int) -> Bool {
    let order = isSwapped
    for candidate in [order, !order] {
      let type = window.load(UInt32.self, at: place, swapped: candidate)
      guard PcapngBlockType(rawValue: type).isKnown else { continue }
      isSwapped = candidate
      if let length = blockLength(at: place), window.fill(place + length), isSound(length, at: place) {
        return true
      }
    }
    isSwapped = order
    return false
  }

  /// What is wrong with the block at the window's beginning, and whether the file ends inside it.
  private mutating func blockFault() -> (text: String, isCut: Bool) {
    if window.count == 0 { return ("the file ends early", true) }
    guard window.count >= Self.frame else { return ("only \(window.count) bytes of a block are there", true) }
    guard let length = blockLength(at: 0) else {
      if isSectionHeader(at: 0), window.load(UInt32.self, at: 4, swapped: isSwapped) >= 12 {
        return ("a section header names no byte order, or an impossible length", false)
      }
      return ("a block names an impossible length", false)
    }
    guard window.count >= length else {
      return ("of a block of \(length) bytes only \(window.count) are there", true)
    }
    return ("the two lengths of a block differ", false)
  }

  /// Whether the type at a place is that of a section header.
  private func isSectionHeader(at place: Int) -> Bool {
    window.load(UInt32.self, at: place, swapped: false) == PcapngBlockType.sectionHeader.rawValue
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
