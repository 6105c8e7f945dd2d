import Findings
import Packets

/// Makes lines of JSON of decoded messages.
package struct MessageLines: DecodingWork {
  /// As much text as is written at a time, mostly: lines have some 850 bytes.
  package static let batchLength = 64
  package static let isHeavy = true, wantsLosses = true

  private var lines = JSONLineWriter(), event = MessageEvent()

  package init() {}

  package var isFull: Bool { lines.bytes.count >= ByteSink.bufferSize }

  package mutating func receive(_ message: borrowing MessageBytes, file: Int?) {
    event.append(message, file: file, to: &lines)
  }

  package mutating func receive(_ loss: LossNote, file: Int?) {
    lines.line { $0.oddity(loss.oddity, frame: loss.packet.number, file: file) }
  }

  /// The lines.
  package mutating func take() -> [UInt8] { lines.takeAll() }
}

/// Makes blocks for people of decoded messages.
package struct MessageBlocks: DecodingWork {
  /// As much text as is written at a time, mostly: blocks have some 600 bytes.
  package static let batchLength = 64
  package static let isHeavy = true, wantsLosses = false

  private var text: [UInt8] = []
  private let writer = MessageText()

  package init() {}

  package var isFull: Bool { text.count >= ByteSink.bufferSize }

  package mutating func receive(_ message: borrowing MessageBytes, file: Int?) {
    writer.append(message, file: file, to: &text)
  }

  package mutating func receive(_ loss: LossNote, file: Int?) {}

  /// The text.
  package mutating func take() -> [UInt8] {
    defer { text = [] }
    return text
  }
}
