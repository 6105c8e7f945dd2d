import DNSWire

/// Keeps ready members of headers: flags, response code, EDNS and the errors in it. Few servers have more than a handful
/// between them; cookies make new ones, which then cost what they would without this.
struct HeaderTexts {
  /// One of them.
  struct Entry {
    fileprivate var flags: UInt16 = 0, rcode: UInt16 = 0, edns = UInt32.max, isEmpty = true
    /// From `qr` to `edns`, and `server_ede`.
    var members: [UInt8] = [], errors: [UInt8] = []
  }

  private var entries = Array(repeating: Entry(), count: HeaderTexts.count)
  /// How many are kept, each in its one place: at some 200 octets each 200 KB; a power of two.
  private static let count = 1 << 10

  /// The place of a body's header; nil when another one is there.
  func find(_ body: ResponseBody) -> Int? {
    let place = HeaderTexts.place(body)
    let isSame =
      !entries[place].isEmpty && entries[place].flags == body.flags.rawValue
      && entries[place].rcode == body.rcode.rawValue && entries[place].edns == body.edns ?? .max
    return isSame ? place : nil
  }

  /// Keeps the members of a body's header in place of what was there.
  mutating func keep(members: [UInt8], errors: [UInt8], for body: ResponseBody) -> Int {
    let place = HeaderTexts.place(body)
    entries[place] = Entry(
      flags: body.flags.rawValue, rcode: body.rcode.rawValue, edns: body.edns ?? .max, isEmpty: false,
      members: members, errors: errors)
    return place
  }

  /// What is kept at a place.
  subscript(place: Int) -> Entry {
    @inline(__always) _read { yield entries[place] }
  }

  /// Where a header has its place.
  private static func place(_ body: ResponseBody) -> Int {
    let high = UInt64(body.flags.rawValue) << 48 | UInt64(body.rcode.rawValue) << 32
    return mixed(high | UInt64(body.edns ?? .max)) & (count - 1)
  }
}

/// Keeps ready members of judgements: the word, and the RRsets with theirs. They are copied in their order into blocks,
/// and the block that was written longest ago gives way.
struct JudgementTexts {
  /// Where such members lie.
  struct Place {
    fileprivate var block = 0, age = 0, start = 0, middle = 0, end = 0
  }

  /// What is known of a slot.
  private struct Slot {
    /// Number of the answer and of the judgement; the seconds for which the text holds.
    var answer: UInt32 = 0, judgement: UInt32 = 0, from = Int64.max, until = Int64.min
    var place = Place()
  }

  private var slots: [Slot] = [], blocks: [[UInt8]] = [[]]
  /// The block that is written, and how often each was begun.
  private var current = 0, ages = [0]

  /// Members that are found, each in its one slot: a power of two.
  private static let slotCount = 1 << 15
  /// Blocks and the octets of one: 16 MiB, which hold the members of some 30,000 judgements.
  private static let blockCount = 16, blockSize = 1 << 20
  /// Members longer than this are not kept: a sixteenth of a block.
  private static let longest = 1 << 16

  /// The members of a judgement of an answer, if they are kept and hold at a second.
  @inline(__always)
  func find(_ answer: AnswerID, _ judgement: UInt32, at second: Int64) -> Place? {
    guard !slots.isEmpty else { return nil }
    let number = JudgementTexts.slot(answer, judgement)
    guard slots[number].answer == answer.rawValue, slots[number].judgement == judgement,
      slots[number].from <= second, second <= slots[number].until
    else { return nil }
    let place = slots[number].place
    return ages[place.block] == place.age ? place : nil
  }

  /// Writes the members of the word.
  @inline(__always)
  func writeWord(_ place: Place, to line: inout JSONLineWriter) {
    let block = blocks[place.block]
    line.ready(block.span.extracting(place.start..<place.middle))
  }

  /// Writes the members of the RRsets.
  @inline(__always)
  func writeRRsets(_ place: Place, to line: inout JSONLineWriter) {
    let block = blocks[place.block]
    line.ready(block.span.extracting(place.middle..<place.end))
  }

  /// Keeps the members of a judgement, for seconds from a first to a last.
  mutating func keep(
    _ word: Span<UInt8>, _ rrsets: Span<UInt8>, for answer: AnswerID, _ judgement: UInt32, from: Int64,
    until: Int64
  ) {
    let length = word.count &+ rrsets.count
    guard length <= JudgementTexts.longest else { return }
    if slots.isEmpty { slots = Array(repeating: Slot(), count: JudgementTexts.slotCount) }
    if blocks[current].count &+ length > JudgementTexts.blockSize { beginBlock() }
    let start = blocks[current].count
    blocks[current].append(addingCapacity: length) {
      $0.append(word)
      $0.append(rrsets)
    }
    let place = Place(
      block: current, age: ages[current], start: start, middle: start &+ word.count, end: start &+ length)
    slots[JudgementTexts.slot(answer, judgement)] = Slot(
      answer: answer.rawValue, judgement: judgement, from: from, until: until, place: place)
  }

  /// Goes on with a new block, or with the one that was written longest ago.
  private mutating func beginBlock() {
    current = (current + 1) % JudgementTexts.blockCount
    if current == blocks.count {
      blocks.append([])
      ages.append(0)
    }
    blocks[current].removeAll(keepingCapacity: true)
    ages[current] += 1
  }

  /// Where members have their slot.
  @inline(__always)
  private static func slot(_ answer: AnswerID, _ judgement: UInt32) -> Int {
    mixed(UInt64(answer.rawValue) << 32 | UInt64(judgement)) & (slotCount - 1)
  }
}

/// Spreads numbers over places: the upper half of a product with an odd constant (2^64 divided by the golden ratio). That
/// someone could choose what shares a place costs him the time of writing it again, and nothing else.
@inline(__always)
private func mixed(_ number: UInt64) -> Int {
  Int(truncatingIfNeeded: (number &* 0x9e37_79b9_7f4a_7c15) >> 32)
}
