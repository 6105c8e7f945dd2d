import Capture
import DNSSEC
import Findings
import TestSupport

@testable import Audit

/// A capture's packets through the stages of a live run, without an interface.
struct LiveRun {
  /// All events, in order.
  let events: [AuditEvent]
  /// The findings that each window told.
  private(set) var windows: [[Finding]] = []
  /// How often everything was judged for good before the end.
  private(set) var earlyParts = 0

  /// Runs them with a window after so many packets, and what is kept bounded.
  init(_ pair: CapturePair, packetsPerWindow: Int, limits: LiveLimits = LiveLimits()) throws {
    let configuration = AuditConfiguration(
      inputs: [pair.name], anchors: try AnchorFile.parse(try pair.text("anchors"), source: "anchors"))
    var options = LiveOptions(interface: pair.name)
    options.limits = limits
    var state = LiveState(configuration, options), sink = CollectingSink()
    var capture = CaptureSession(CapturePaths([pair.file("pcap").path()]), hash: false)
    while let frame = capture.next() {
      let number = frame.number
      state.take(frame)
      if state.isFull {
        try state.beginPart(&sink)
        earlyParts += 1
      }
      if number % packetsPerWindow == 0 {
        windows.append(state.closeWindow(dropped: 0).findings.map { $0.finding })
      }
    }
    _ = try state.finish(LiveEnding(linkType: "EN10MB", dropped: nil, error: nil), &sink)
    events = sink.events
  }

  /// The responses.
  var responses: [ResponseEvent] {
    events.compactMap { if case .response(let event) = $0 { event } else { nil } }
  }

  /// The sentences that limit the conclusions.
  var quality: [String] {
    events.flatMap { event -> [String] in
      if case .capture(let capture) = event { capture.quality } else { [] }
    }
  }
}
