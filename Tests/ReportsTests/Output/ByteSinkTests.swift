import Findings
import Foundation
import Glibc
import Reports
import TestSupport
import Testing

@Suite("Byte sinks") struct ByteSinkTests {
  /// A pipe's reading and writing end.
  private func pipeEnds() -> (reading: FileHandle, writing: FileHandle) {
    signal(SIGPIPE, SIG_IGN)
    let pipe = Pipe()
    return (pipe.fileHandleForReading, pipe.fileHandleForWriting)
  }

  @Test("a reader that has gone is no fault, only the end")
  func closedPipe() throws {
    let (reading, writing) = pipeEnds()
    try reading.close()
    let sink = ByteSink(descriptor: writing.fileDescriptor, path: "standard output")
    #expect(throws: OutputError.closed) { try sink.write([1]) }
    #expect(throws: OutputError.closed) {
      var lines = JSONLines(sink)
      for _ in 0..<1_000 { try lines.receive(.response(Sample.secureResponse)) }
    }
  }

  @Test("a full device is a failure with the path and the system's number")
  func fullDevice() throws {
    let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
    let sink = ByteSink(descriptor: full.fileDescriptor, path: "/dev/full")
    #expect(throws: OutputError.failed(path: "/dev/full", errno: ENOSPC)) { try sink.write([1]) }
    try sink.write([])
  }

  @Test("more than a pipe holds arrives whole and in order, also when the writing end does not block")
  func nonBlocking() async throws {
    let (reading, writing) = pipeEnds()
    _ = fcntl(writing.fileDescriptor, F_SETFL, O_NONBLOCK)
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let reader = Task.detached { try reading.readToEnd() }
    try ByteSink(descriptor: writing.fileDescriptor, path: "pipe").write(bytes)
    try writing.close()
    #expect(try await reader.value == Data(bytes))
  }

  @Test("lines wait until 64 KiB are together")
  func buffering() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "lines")
    let handle = try FileHandle(forWritingTo: file)
    var lines = JSONLines(ByteSink(descriptor: handle.fileDescriptor, path: "lines"))
    let lineLength = try written([.summary(Sample.summary)]) { JSONLines($0) }.utf8.count
    let justBelow = (ByteSink.bufferSize - 1) / lineLength
    for _ in 0..<justBelow { try lines.receive(.summary(Sample.summary)) }
    #expect(try Data(contentsOf: file).isEmpty)
    try lines.receive(.summary(Sample.summary))
    #expect(try Data(contentsOf: file).count == (justBelow + 1) * lineLength)
    try lines.receive(.summary(Sample.summary))
    #expect(try Data(contentsOf: file).count == (justBelow + 1) * lineLength)
    try lines.flush()
    #expect(try Data(contentsOf: file).count == (justBelow + 2) * lineLength)
  }
}
