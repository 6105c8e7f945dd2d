/// Members of a response's line in a third of their room: what stands in every line is a number, and the word that most
/// RRsets share with their response is not said again.
///
/// A packed text is a sequence of pieces: the number of an entry of `phrases`, a count of octets, and so many octets that
/// stand behind the phrase.
struct PackedMembers {
  /// The phrases' octets.
  private let octets = PackedMembers.phrases.map { Array("\($0)".utf8) }
  /// The first octets of each phrase, and its number; 0 for a free place.
  private var slots = Array(repeating: (key: UInt64(0), number: UInt8(0)), count: PackedMembers.slotCount)

  /// What stands for the word.
  private static let word: UInt8 = 0
  /// What stands for nothing: octets go on.
  private static let nothing: UInt8 = 1
  /// The phrases, of eight octets at least; of two that begin alike the longer one first.
  private static let phrases: [StaticString] = [
    "", "",
    #"{"section":"answer","name":""#, #"{"section":"authority","name":""#,
    #"{"section":"additional","name":""#, #"","type":""#, #"","ttl":"#, #","count":"#, #","security":""#,
    #"","ede":null,"reason":""#, #","rrsigs":[]}"#, #","rrsigs":[{"signer":""#, #","rrsigs":["#,
    #"","key_tag":"#, #","algorithm":""#, #"","inception":""#, #".000000000Z","expiration":""#,
    #".000000000Z","status":"verified"}"#, #".000000000Z","status":""#,
  ]
  /// Places to look phrases up by their first octets, four times as many as there are phrases; a power of two.
  private static let slotCount = 1 << 7
  /// The octets that phrases are found by.
  private static let keyLength = 8

  /// A packer.
  init() {
    for number in 2..<octets.count {
      let phrase = octets[number], key = PackedMembers.key(phrase.span, at: 0)
      var slot = PackedMembers.slot(key)
      while slots[slot].number != 0 { slot = (slot + 1) & (PackedMembers.slotCount - 1) }
      slots[slot] = (key, UInt8(truncatingIfNeeded: number))
    }
  }

  /// Appends a text packed.
  /// - Parameter word: the members that the text may say again.
  func pack(_ text: Span<UInt8>, word: Span<UInt8>, to packed: inout [UInt8]) {
    var position = 0, number = PackedMembers.nothing, start = 0
    while position < text.count {
      if let (next, length) = phrase(text, at: position, word: word) {
        PackedMembers.append(number, text.extracting(start..<position), to: &packed)
        number = next
        position &+= length
        start = position
      } else {
        position &+= 1
      }
    }
    PackedMembers.append(number, text.extracting(start..<position), to: &packed)
  }

  /// Appends what a packed text stands for; there has to be room for it.
  static func unpack(_ packed: Span<UInt8>, word: Span<UInt8>, to text: inout OutputSpan<UInt8>) {
    var position = 0
    while position &+ 1 < packed.count {
      let number = packed[position], end = position &+ 2 &+ Int(packed[position &+ 1])
      if number == PackedMembers.word {
        text.append(word)
      } else if number != nothing {
        text.append(phrases[Int(number)])
      }
      text.append(packed.extracting((position &+ 2)..<end))
      position = end
    }
  }

  /// The phrase, or the word, that stands at a position, and its length.
  private func phrase(_ text: Span<UInt8>, at position: Int, word: Span<UInt8>) -> (UInt8, Int)? {
    guard text.count &- position >= PackedMembers.keyLength,
      PackedMembers.isBeginning(text[position], text[position &+ 1])
    else { return nil }
    if PackedMembers.holds(text, word, at: position) { return (PackedMembers.word, word.count) }
    let key = PackedMembers.key(text, at: position)
    var slot = PackedMembers.slot(key)
    while slots[slot].number != 0 {
      let phrase = octets[Int(slots[slot].number)]
      if slots[slot].key == key, PackedMembers.holds(text, phrase.span, at: position) {
        return (slots[slot].number, phrase.count)
      }
      slot = (slot &+ 1) & (PackedMembers.slotCount &- 1)
    }
    return nil
  }

  /// Whether phrases, or a word, begin with two octets: `",`, `,"`, `.0`, `{"`.
  @inline(__always)
  private static func isBeginning(_ first: UInt8, _ second: UInt8) -> Bool {
    switch first {
    case 0x22: second == 0x2c
    case 0x2c, 0x7b: second == 0x22
    case 0x2e: second == 0x30
    default: false
    }
  }

  /// Whether a text has another one at a position.
  private static func holds(_ text: Span<UInt8>, _ part: Span<UInt8>, at position: Int) -> Bool {
    guard part.count > 0, text.count &- position >= part.count else { return false }
    for offset in 0..<part.count where text[position &+ offset] != part[offset] { return false }
    return true
  }

  /// Appends a phrase and octets behind it, in as many pieces as that takes.
  private static func append(_ number: UInt8, _ octets: Span<UInt8>, to packed: inout [UInt8]) {
    var number = number, start = 0
    repeat {
      let end = min(start &+ 255, octets.count)
      packed.append(addingCapacity: 257) {
        $0.append(number)
        $0.append(UInt8(truncatingIfNeeded: end &- start))
        $0.append(octets.extracting(start..<end))
      }
      number = nothing
      start = end
    } while start < octets.count
  }

  /// The first octets of a text at a position.
  private static func key(_ text: Span<UInt8>, at position: Int) -> UInt64 {
    var key: UInt64 = 0
    for offset in 0..<keyLength { key = key << 8 | UInt64(text[position &+ offset]) }
    return key
  }

  /// Where a phrase is looked for first.
  private static func slot(_ key: UInt64) -> Int { mixed(key) & (slotCount - 1) }
}

/// Spreads numbers over places: the upper half of a product with an odd constant (2^64 divided by the golden ratio). That
/// someone could choose what shares a place costs him the time of writing it again, and nothing else.
@inline(__always)
func mixed(_ number: UInt64) -> Int {
  Int(truncatingIfNeeded: (number &* 0x9e37_79b9_7f4a_7c15) >> 32)
}
