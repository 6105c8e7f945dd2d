import Bytes
import Findings
@testable import Packets
import Testing

@testable import Audit

@Suite("Work on decoded messages")
struct MessageCrewTests {
  @Test(
    "products come in the order of messages and losses, whatever the number of cores",
    arguments: [1, 2, 3, 9])
  func order(workers: Int) throws {
    let seen = Seen()
    var crew = MessageCrew<Numbers, Stop>(workers: workers, isSeveral: true) { seen.numbers += $0 }
    for number in 1...1_000 { try give(number, to: &crew) }
    try crew.finish()
    #expect(seen.numbers == (1...1_000).map { $0 % 7 == 3 ? -$0 : $0 })
  }

  @Test("the index of the capture is told where there are several", arguments: [1, 2])
  func files(workers: Int) throws {
    for isSeveral in [true, false] {
      let seen = Seen()
      var crew = MessageCrew<Files, Stop>(workers: workers, isSeveral: isSeveral) { seen.numbers += $0 }
      for number in 1...50 { try give(number, to: &crew) }
      try crew.finish()
      #expect(seen.numbers == [Int](repeating: isSeveral ? 4 : -1, count: 50))
    }
  }

  @Test(
    "products are taken while one packet gives many messages, and are never of more than a few batches",
    arguments: [1, 2, 40])
  func bounded(workers: Int) throws {
    var most = 0, all = 0
    var crew = MessageCrew<Sizes, Stop>(workers: workers, isSeveral: false) {
      most = max(most, $0)
      all += $0
    }
    let bytes = [UInt8](repeating: 1, count: 60_000)
    let flow = Flow(
      source: IPAddress(v4: 1), sourcePort: 53, destination: IPAddress(v4: 2), destinationPort: 5_353,
      transport: .tcp)
    for number in 1...200 {
      crew.receive(
        MessageBytes(
          bytes: bytes.span, flow: flow, origin: MessageOrigin(frame: number, time: .init(seconds: 7))))
      #expect(crew.bytesUnderway <= 1 << 19)
    }
    try crew.finish()
    #expect(all == 200 * bytes.count && most <= 2 * bytes.count && crew.bytesUnderway == 0)
  }

  @Test("what fails to take a product ends the run", arguments: [1, 2, 4])
  func failure(workers: Int) {
    let seen = Seen()
    var crew = MessageCrew<Numbers, Stop>(workers: workers, isSeveral: false) { (numbers) throws(Stop) in
      if seen.numbers.count > 100 { throw Stop() }
      seen.numbers += numbers
    }
    #expect(throws: Stop.self) {
      for number in 1...100_000 { try give(number, to: &crew) }
    }
    // Where the products are not wanted, none is made any more after those that are under way.
    #expect(seen.numbers.count > 100 && seen.numbers.count <= 100 + Numbers.batchLength)
  }

  @Test("no message, no product that says anything", arguments: [1, 2])
  func none(workers: Int) throws {
    let seen = Seen()
    var crew = MessageCrew<Numbers, Stop>(workers: workers, isSeveral: false) { seen.numbers += $0 }
    try crew.finish()
    #expect(seen.numbers.isEmpty)
  }

  /// Gives a message of a number to a crew, or a loss.
  private func give<Work>(_ number: Int, to crew: inout MessageCrew<Work, Stop>) throws(Stop) {
    if number % 7 == 3 {
      crew.receive(LossNote(oddity: MessageOddity.recoveredMessage.oddity, packet: PacketID(number, file: 4)))
    } else {
      let bytes = [UInt8](repeating: 1, count: number % 90)
      let flow = Flow(
        source: IPAddress(v4: 1), sourcePort: 53, destination: IPAddress(v4: 2), destinationPort: 5_353,
        transport: .udp)
      crew.receive(
        MessageBytes(
          bytes: bytes.span, flow: flow,
          origin: MessageOrigin(frame: number, file: 4, time: .init(seconds: 7))))
    }
    try crew.check()
  }
}

/// What came of a run.
private final class Seen {
  var numbers: [Int] = []
}

/// Why a run ends.
private struct Stop: Error {}

/// Notes the numbers of messages, and of losses below zero.
private struct Numbers: DecodingWork {
  static let batchLength = 16, isHeavy = true, wantsLosses = true
  private var numbers: [Int] = []
  var isFull: Bool { numbers.count >= Numbers.batchLength }

  mutating func receive(_ message: borrowing MessageBytes, file: Int?) { numbers.append(message.frame) }
  mutating func receive(_ loss: LossNote, file: Int?) { numbers.append(-loss.packet.number) }
  mutating func take() -> [Int] {
    defer { numbers = [] }
    return numbers
  }
}

/// Adds up the sizes of messages.
private struct Sizes: DecodingWork {
  static let batchLength = 1_000, isHeavy = true, wantsLosses = false
  private var size = 0
  var isFull: Bool { size >= 1 << 16 }

  mutating func receive(_ message: borrowing MessageBytes, file: Int?) { size += message.bytes.count }
  mutating func receive(_ loss: LossNote, file: Int?) {}
  mutating func take() -> Int {
    defer { size = 0 }
    return size
  }
}

/// Notes the indices of captures; -1 where there is none.
private struct Files: DecodingWork {
  static let batchLength = 5, isHeavy = true, wantsLosses = true
  private var files: [Int] = []
  var isFull: Bool { !files.isEmpty }

  mutating func receive(_ message: borrowing MessageBytes, file: Int?) { files.append(file ?? -1) }
  mutating func receive(_ loss: LossNote, file: Int?) { files.append(file ?? -1) }
  mutating func take() -> [Int] {
    defer { files = [] }
    return files
  }
}
