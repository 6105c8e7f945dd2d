import Bytes
import DNSWire
import Findings
import Packets

/// Decodes messages to their last record and counts. Messages quoted in ICMP errors are not looked at.
struct RecordCount: DecodingWork {
  static let batchLength = 1
  static let isHeavy = false, wantsLosses = false

  private var counts = RecordCounts()
  var isFull: Bool { false }

  init() {}

  @inline(__always)
  mutating func receive(_ message: borrowing MessageBytes, file: Int?) {
    guard message.quote == nil else { return }
    do throws(DecodingError) {
      try MessageView.pass(message.bytes, counting: &counts.records)
    } catch {
      counts.malformed &+= 1
    }
  }

  mutating func receive(_ loss: LossNote, file: Int?) {}

  mutating func take() -> RecordCounts {
    defer { counts = RecordCounts() }
    return counts
  }
}

/// How many records there are, and messages that could not be decoded to their end.
struct RecordCounts: Sendable {
  var records = 0, malformed = 0
}
