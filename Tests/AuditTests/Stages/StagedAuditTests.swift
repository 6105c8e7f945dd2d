import Audit
import DNSSEC
import Findings
import Foundation
import Reports
import TestSupport
import Testing

@Suite("An audit in stages") struct StagedAuditTests {
  @Test(
    "says the same of a capture as an audit in one go",
    arguments: ["broken", "clean", "exchange", "insecure", "names", "spoofed", "types"])
  func same(name: String) throws {
    let configuration = try configuration(name)
    let whole = try lines { sink in
      var pipeline = AuditPipeline(configuration)
      _ = try pipeline.run(&sink) { _ in }
    }
    let staged = try lines { sink in
      var audit = StagedAudit(configuration)
      audit.collect()
      audit.show(verifying: true)
      audit.verify()
      audit.judge()
      try audit.conclude(&sink)
    }
    #expect(staged.count > 2)
    #expect(
      staged == whole.filter { !$0.hasPrefix(#"{"event":"run""#) && !$0.hasPrefix(#"{"event":"capture""#) })
  }

  @Test("the passes over the input agree on what is in it")
  func passes() throws {
    let audit = StagedAudit(try configuration("clean"))
    let packets = audit.readPackets(), messages = audit.findMessages()
    #expect(packets >= messages)
    #expect(messages > 100)
    #expect(audit.fillBatches() == messages)
    #expect(audit.decodeMessages() > messages)
    #expect((1..<messages).contains(audit.internMessages()))
  }

  @Test("signatures that are only prepared are not verified, so that nothing is secure")
  func preparation() throws {
    let summary = try lines { sink in
      var audit = StagedAudit(try configuration("clean"))
      audit.collect()
      audit.show(verifying: false)
      audit.verify()
      audit.judge()
      try audit.conclude(&sink)
    }.last
    let text = try #require(summary)
    #expect(text.contains(#""secure":0,"#))
    #expect(text.contains(#""signatures_verified":0,"#))
  }

  /// The configuration for one of the project's captures.
  private func configuration(_ name: String) throws -> AuditConfiguration {
    let folder = Environment.project.appending(path: "captures")
    let anchors = try String(contentsOf: folder.appending(path: "\(name).anchors"), encoding: .utf8)
    return AuditConfiguration(
      inputs: [folder.appending(path: "\(name).pcap").path()],
      anchors: try AnchorFile.parse(anchors, source: "anchors"))
  }

  /// The lines of what is told to a sink.
  private func lines(_ body: (inout JSONLines) throws -> Void) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "lines"), handle = try FileHandle(forWritingTo: file)
    var sink = JSONLines(ByteSink(descriptor: handle.fileDescriptor, path: "lines"))
    try body(&sink)
    try sink.flush()
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
