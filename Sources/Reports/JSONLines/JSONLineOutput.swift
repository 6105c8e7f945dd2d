import Findings

/// Writes JSON lines to a descriptor through one buffer that is used again and again.
package struct JSONLineOutput: Sendable {
  /// The lines that are not handed on yet.
  private var writer = JSONLineWriter()
  /// Where they go.
  private let sink: ByteSink

  /// An output on a sink.
  package init(_ sink: ByteSink) { self.sink = sink }

  /// Writes one line with the members that `body` writes.
  package mutating func line(_ body: (inout JSONLineWriter) -> Void) throws(OutputError) {
    writer.line(body)
    if writer.bytes.count >= ByteSink.bufferSize { try flush() }
  }

  /// Hands on the lines so far; they are forgotten even when that fails.
  package mutating func flush() throws(OutputError) {
    defer { writer.removeAll() }
    try sink.write(writer.bytes)
  }
}
