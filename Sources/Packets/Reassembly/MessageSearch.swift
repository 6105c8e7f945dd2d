import Bytes

/// Finds where a message begins in bytes of a TCP stream of which the beginning is not known.
struct MessageSearch {
  /// Whether no port says that this is DNS, so that each message has to show it.
  let isToldByContent: Bool

  /// Whether bytes can be read after a guess: they begin as a message may.
  func isFollowing(_ bytes: Span<UInt8>) -> Bool {
    LengthPrefix.isPlausible(bytes) && (!isToldByContent || LengthPrefix.isRecognised(bytes))
  }

  /// Whether a message shows itself by more than its header: by its content, or by what stands behind it.
  func isSure(_ bytes: Span<UInt8>) -> Bool {
    LengthPrefix.isExact(bytes) || LengthPrefix.isRecognised(bytes) || LengthPrefix.isFollowed(bytes)
  }

  /// Where the next message begins; nil when it is not to be seen.
  /// - Parameter start: where the latest segment begins.
  func findMessage(_ bytes: Span<UInt8>, from offset: Int, segmentStart start: Int) -> Int? {
    guard offset <= start, start < bytes.count else {
      return isToldByContent ? nil : findRecognised(bytes, from: offset)
    }
    let segment = bytes.extracting(start...)
    if isToldByContent { return isFollowing(segment) ? start : nil }
    // Behind a long message that was none, its segments are searched before the latest.
    if start - offset <= LengthPrefix.longestRecognised, isSure(segment) { return start }
    if let place = findRecognised(bytes, from: offset) { return place }
    // A message that began in the segment before may only show in the next one.
    let isAlone = start == offset || segment.count >= LengthPrefix.longestRecognised
    return isAlone && LengthPrefix.isPlausible(segment) ? start : nil
  }

  /// Where to go on searching when a doubtful guess was none: another message begins in or shortly before the latest
  /// segment, before the guessed one ends, or nothing fits behind that; nil while the guess stands.
  func refutation(of guess: Range<Int>, _ bytes: Span<UInt8>, from start: Int) -> Int? {
    guard guess.upperBound <= bytes.count else {
      // Its prefix may stand in the segment before.
      let first = start - LengthPrefix.longestRecognised
      return findRecognised(bytes, from: max(guess.lowerBound + 1, first))
    }
    let isRefuted = guess.lowerBound < start && !isSure(bytes.extracting(guess.lowerBound...))
    return isRefuted ? guess.lowerBound + 1 : nil
  }

  /// Where a message begins that can be recognised by its content, and by what stands behind it when it is whole.
  private func findRecognised(_ bytes: Span<UInt8>, from offset: Int) -> Int? {
    var place = offset
    while bytes.count - place > LengthPrefix.recognisedLength {
      let rest = bytes.extracting(place...)
      if LengthPrefix.isRecognised(rest), LengthPrefix.isFollowed(rest) || !LengthPrefix.isWhole(rest) {
        return place
      }
      place += 1
    }
    return nil
  }
}
