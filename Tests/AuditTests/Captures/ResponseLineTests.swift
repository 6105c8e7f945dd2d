import Audit
import DNSSEC
import Findings
import Foundation
import Reports
import TestSupport
import Testing

/// Writes responses twice: from what the audit keeps, and from their events one by one.
private struct TwofoldSink: EventSink {
  private var kept: JSONLines, events: JSONLines

  /// Two reports on two sinks.
  init(kept: ByteSink, events: ByteSink) { (self.kept, self.events) = (JSONLines(kept), JSONLines(events)) }

  var wantsResponses: Bool { true }

  mutating func receive(_ event: AuditEvent) {}

  mutating func receive(_ responses: JudgedResponses) throws(OutputError) {
    try kept.receive(responses)
    // Once more, so that members that were kept are read as well.
    try kept.receive(responses)
    for _ in 0..<2 {
      for index in responses.range { try events.receive(.response(responses.event(index))) }
    }
  }

  mutating func flush() throws(OutputError) {
    try kept.flush()
    try events.flush()
  }
}

@Suite("Lines of responses") struct ResponseLineTests {
  @Test(
    "what is written from what an audit keeps is what the events say",
    arguments: ["broken", "clean", "exchange", "insecure", "names", "spoofed", "types"])
  func lines(name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "captures")
    let output = try TemporaryFolder()
    let files = try ["kept", "events"].map { try output.write("", to: $0) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    let anchors = try String(contentsOf: folder.appending(path: "\(name).anchors"), encoding: .utf8)
    let configuration = AuditConfiguration(
      inputs: [folder.appending(path: "\(name).pcap").path()],
      anchors: try AnchorFile.parse(anchors, source: "anchors"))
    var pipeline = AuditPipeline(configuration)
    var sink = TwofoldSink(
      kept: ByteSink(descriptor: handles[0].fileDescriptor, path: "kept"),
      events: ByteSink(descriptor: handles[1].fileDescriptor, path: "events"))
    _ = try pipeline.run(&sink) { _ in }
    try sink.flush()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    #expect(!texts[0].isEmpty)
    #expect(texts[0] == texts[1])
  }
}
