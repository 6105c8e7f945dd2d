import DNSSEC
import DNSWire
import Findings

/// Keeps ready members of headers: flags, response code and EDNS without options. All servers together have a handful.
struct HeaderTexts {
  /// One of them: from `qr` to `edns`.
  private struct Entry {
    var flags: UInt16 = 0, rcode: UInt16 = 0, edns = UInt32.max, members: [UInt8] = []
  }

  private var entries = Array(repeating: Entry(), count: HeaderTexts.count)
  /// Their places, some 40 octets each; a power of two. Forty headers that come by turns hardly ever share one.
  private static let count = 1 << 11

  /// The place of a body's header; nil when another one is there.
  @inline(__always)
  func find(_ body: ResponseBody) -> Int? {
    let place = HeaderTexts.place(body)
    let isSame =
      entries[place].flags == body.flags.rawValue && entries[place].rcode == body.rcode.rawValue
      && entries[place].edns == body.edns ?? .max && !entries[place].members.isEmpty
    return isSame ? place : nil
  }

  /// Keeps the members of a body's header in place of what was there.
  mutating func keep(_ members: [UInt8], for body: ResponseBody) -> Int {
    let place = HeaderTexts.place(body)
    entries[place] = Entry(
      flags: body.flags.rawValue, rcode: body.rcode.rawValue, edns: body.edns ?? .max, members: members)
    return place
  }

  /// Writes the members at a place.
  @inline(__always)
  func write(_ place: Int, to line: inout JSONLineWriter) {
    let members = entries[place].members
    line.ready(members.span)
  }

  /// Where a header has its place.
  @inline(__always)
  private static func place(_ body: ResponseBody) -> Int {
    // What lies higher than the bits that are taken of a product has no part in them: flags and code go below.
    let low = UInt64(body.rcode.rawValue) << 16 | UInt64(body.flags.rawValue)
    return mixed(UInt64(body.edns ?? .max) << 28 ^ low) & (count - 1)
  }
}

/// Keeps ready members of judgements: the word, and the RRsets with theirs, packed. They are put in their order into
/// blocks, and the block that was written longest ago gives way.
struct JudgementTexts {
  /// Where such members lie: their block and its age; offsets of the word, of the end of its verdict, of the RRsets, and
  /// of their end; and how long the RRsets' members are.
  struct Place {
    fileprivate var block: UInt16 = 0, age: UInt32 = 0
    fileprivate var start: UInt32 = 0, verdictEnd: UInt32 = 0, middle: UInt32 = 0, end: UInt32 = 0,
      length: UInt32 = 0
  }

  /// What is known of a slot.
  private struct Slot {
    /// Number of the answer and of a judgement that says this; the seconds for which the text holds.
    var answer: UInt32 = 0, judgement: UInt32 = 0, from = Int64.max, until = Int64.min
    var place = Place()
    /// Which text it is of all that were kept; 0 for none.
    var text: UInt32 = 0
  }

  /// Where a judgement was found last: a slot, and the text that was in it.
  private struct Sighting {
    var slot: UInt32 = 0, text: UInt32 = 0
  }

  private let judgements: [ResponseJudgement]
  /// For every judgement; the judgements of one answer by several servers are several, and one object.
  private var sightings: [Sighting] = []
  /// By slot how many responses have members with their place there, two at most: what comes once is not kept.
  private var uses: [UInt8] = []
  private var slots: [Slot] = [], blocks: [[UInt8]] = [[]]
  /// How many texts were kept so far.
  private var textCount: UInt32 = 0
  /// The block that is written, and how often each was begun.
  private var current = 0, ages: [UInt32] = [0]
  private let packer = PackedMembers()

  /// Members that are found, each in its one slot: a power of two.
  private static let slotCount = 1 << 17
  /// Blocks and the octets of one: 16 MiB, which hold the members of some 60,000 judgements.
  private static let blockCount = 16, blockSize = 1 << 20
  /// Members longer than this are not kept: a sixteenth of a block. Packed they are shorter, or at worst a 128th longer,
  /// so that twice as much is always room enough.
  private static let longest = 1 << 16, room = 2 << 16

  /// Of the judgements of some responses.
  init(_ responses: JudgedResponses) {
    judgements = responses.judgements
    guard !responses.range.isEmpty else { return }
    uses = Array(repeating: 0, count: JudgementTexts.slotCount)
    let records = responses.records, bodies = responses.bodies, numbers = responses.numbers
    for index in responses.pass {
      let slot = slot(bodies[Int(records.body(index))].answer, numbers[index])
      if uses[slot] < 2 { uses[slot] &+= 1 }
    }
  }

  /// Whether members of a judgement of an answer may be told more than once.
  func recurs(_ answer: AnswerID, _ judgement: UInt32) -> Bool { uses[slot(answer, judgement)] > 1 }

  /// The members of a judgement of an answer, if they are kept and hold at a second.
  @inline(__always)
  mutating func find(_ answer: AnswerID, _ judgement: UInt32, at second: Int64) -> Place? {
    guard !slots.isEmpty else { return nil }
    let sighting = sightings[Int(judgement)]
    if sighting.text != 0, slots[Int(sighting.slot)].text == sighting.text,
      let place = place(Int(sighting.slot), answer, at: second)
    {
      return place
    }
    return findSame(answer, judgement, at: second)
  }

  /// The members of another judgement that says the same.
  private mutating func findSame(_ answer: AnswerID, _ judgement: UInt32, at second: Int64) -> Place? {
    let number = slot(answer, judgement)
    guard let place = place(number, answer, at: second),
      judgements[Int(slots[number].judgement)] === judgements[Int(judgement)]
    else { return nil }
    sightings[Int(judgement)] = Sighting(slot: UInt32(truncatingIfNeeded: number), text: slots[number].text)
    return place
  }

  /// Where the text of a slot lies, if it is of an answer, holds at a second, and is still there.
  @inline(__always)
  private func place(_ number: Int, _ answer: AnswerID, at second: Int64) -> Place? {
    guard slots[number].answer == answer.rawValue, slots[number].from <= second,
      second <= slots[number].until
    else { return nil }
    let place = slots[number].place
    return ages[Int(place.block)] == place.age ? place : nil
  }

  /// Writes the members of the word.
  @inline(__always)
  func writeWord(_ place: Place, to line: inout JSONLineWriter) {
    let block = blocks[Int(place.block)]
    line.ready(block.span.extracting(Int(place.start)..<Int(place.middle)))
  }

  /// Writes the members of the RRsets.
  @inline(__always)
  func writeRRsets(_ place: Place, to line: inout JSONLineWriter) {
    let block = blocks[Int(place.block)]
    line.ready(Int(place.length)) { out in
      PackedMembers.unpack(
        block.span.extracting(Int(place.middle)..<Int(place.end)),
        word: block.span.extracting(Int(place.start)..<Int(place.verdictEnd)), to: &out)
    }
  }

  /// Keeps the members of a judgement, for seconds from a first to a last.
  /// - Parameter verdict: the beginning of `word` that its RRsets may have as well.
  mutating func keep(
    _ word: Span<UInt8>, verdict: Span<UInt8>, _ rrsets: Span<UInt8>, for answer: AnswerID,
    _ judgement: UInt32, from: Int64, until: Int64
  ) {
    guard word.count &+ rrsets.count <= JudgementTexts.longest else { return }
    if slots.isEmpty {
      slots = Array(repeating: Slot(), count: JudgementTexts.slotCount)
      sightings = Array(repeating: Sighting(), count: judgements.count)
    }
    if blocks[current].count &+ JudgementTexts.room > JudgementTexts.blockSize { beginBlock() }
    let start = blocks[current].count
    blocks[current].append(addingCapacity: word.count) { $0.append(word) }
    packer.pack(rrsets, word: verdict, to: &blocks[current])
    let offset = { (place: Int) in UInt32(truncatingIfNeeded: place) }
    let place = Place(
      block: UInt16(truncatingIfNeeded: current), age: ages[current], start: offset(start),
      verdictEnd: offset(start &+ verdict.count), middle: offset(start &+ word.count),
      end: offset(blocks[current].count), length: offset(rrsets.count))
    let number = slot(answer, judgement)
    // A judgement is told once for each response at most, and of those there are fewer than this counts.
    textCount &+= 1
    slots[number] = Slot(
      answer: answer.rawValue, judgement: judgement, from: from, until: until, place: place, text: textCount)
    sightings[Int(judgement)] = Sighting(slot: UInt32(truncatingIfNeeded: number), text: textCount)
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

  /// Where the members of a judgement have their slot.
  private func slot(_ answer: AnswerID, _ judgement: UInt32) -> Int {
    let object = UInt64(UInt(bitPattern: ObjectIdentifier(judgements[Int(judgement)])))
    return mixed(UInt64(answer.rawValue) << 32 ^ object) & (JudgementTexts.slotCount - 1)
  }
}
