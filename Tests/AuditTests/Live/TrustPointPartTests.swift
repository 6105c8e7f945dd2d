import Bytes
import Capture
import DNSSEC
import Foundation
import TestSupport
import Testing

@testable import Audit

/// Trust points over the parts of a live run.
@Suite struct TrustPointPartTests {
  @Test("a run judged in many parts leaves the states, and says the words, of one audit of the same packets")
  func parts() throws {
    let folder = try TemporaryFolder(), root = try RolloverCaptures()
    let days: [(Int64, RolloverCaptures.Keys)] = [
      (0, .first), (1, .both), (20, .both), (31, .both), (40, .secondBesideRevoked), (60, .second),
    ]
    let file = try folder.write(root.capture(days), to: "days.pcap").path()
    let anchors = try AnchorFile.parse(root.anchor(), source: "anchors")
    let configuration = AuditConfiguration(inputs: [file], anchors: anchors)
    var options = LiveOptions(interface: "days")
    options.limits.responses = 2
    var state = LiveState(configuration, options), sink = CollectingSink(), parts = 0
    var capture = CaptureSession(CapturePaths([file]), hash: false)
    while let frame = capture.next() {
      state.take(frame)
      _ = state.closeWindow(dropped: 0)
      guard state.isFull else { continue }
      try state.beginPart(&sink)
      parts += 1
    }
    let live = try state.finish(LiveEnding(linkType: "EN10MB", dropped: nil, error: nil), &sink)
    #expect(parts == days.count)
    var pipeline = AuditPipeline(configuration), other = CollectingSink()
    let audit = try pipeline.run(&other) { _ in }
    let text = AutotrustText.text(try #require(audit.anchorStates))
    #expect(AutotrustText.text(try #require(live.anchorStates)) == text)
    #expect(text.contains(";;state=4 [ revoked ]") && text.contains(";;trusted="))
    for events in [sink.events, other.events] {
      let words = events.compactMap { event -> SecurityStatus? in
        if case .response(let response) = event { response.verdict.security } else { nil }
      }
      #expect(words == Array(repeating: .secure, count: 2 * days.count))
    }
  }
}
