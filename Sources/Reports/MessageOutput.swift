import Findings
import Packets

/// Writes decoded messages as lines of JSON.
package struct MessageLines {
  private var lines = JSONLineWriter(), event = MessageEvent()
  private let sink: ByteSink

  /// A report on a sink.
  package init(_ sink: ByteSink) { self.sink = sink }

  /// Writes the line of one message; `file` is the index of its capture when there are several.
  package mutating func receive(_ message: borrowing MessageBytes, file: Int?) throws(OutputError) {
    event.append(message, file: file, to: &lines)
    if lines.bytes.count >= ByteSink.bufferSize { try flush() }
  }

  /// Writes the line of one loss.
  package mutating func receive(_ note: LossNote, file: Int?) throws(OutputError) {
    lines.line { $0.oddity(note.oddity, frame: note.packet.number, file: file) }
    if lines.bytes.count >= ByteSink.bufferSize { try flush() }
  }

  /// Hands on the lines so far.
  package mutating func flush() throws(OutputError) {
    try sink.write(lines.bytes)
    lines.removeAll()
  }
}

/// Writes decoded messages for people.
package struct MessageBlocks {
  private var text: [UInt8] = []
  private let writer = MessageText(), sink: ByteSink

  /// A report on a sink.
  package init(_ sink: ByteSink) { self.sink = sink }

  /// Writes the block of one message; `file` is the index of its capture when there are several.
  package mutating func receive(_ message: borrowing MessageBytes, file: Int?) throws(OutputError) {
    writer.append(message, file: file, to: &text)
    if text.count >= ByteSink.bufferSize { try flush() }
  }

  /// Hands on the text so far.
  package mutating func flush() throws(OutputError) {
    try sink.write(text)
    text.removeAll(keepingCapacity: true)
  }
}
