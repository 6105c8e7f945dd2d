import Capture
import Findings
import Glibc
import Packets

/// The audit of an interface: the stages of `AuditPipeline`, fed from libpcap and looked at window by window.
package struct LivePipeline: ~Copyable {
  private let configuration: AuditConfiguration, options: LiveOptions
  private var capture: LiveCapture, state: LiveState
  private var clock: LiveClock
  /// Chooses packets among those that the kernel lets through.
  private let filter: PacketFilter?

  /// The most of its time that a run spends on windows: beyond it they close later, so that packets get read.
  private static let windowShare = 0.1
  /// Packets between two looks at the clock while they come without a pause.
  private static let framesPerLook = 256

  /// Opens the interface, for which most systems ask for privileges.
  package init(_ configuration: AuditConfiguration, _ options: LiveOptions) throws(LiveError) {
    let filter: PacketFilter?
    do throws(CaptureError) {
      filter = try PacketFilter(optional: configuration.filter)
      capture = try LiveCapture(
        interface: options.interface, ports: configuration.ports,
        isAnyPort: configuration.isAnyPort, stopper: StopSignals.stopper)
    } catch {
      throw LiveError(error)
    }
    (self.configuration, self.options) = (configuration, options)
    self.filter = filter
    state = LiveState(configuration, options, filter)
    clock = LiveClock(options)
  }

  /// What is listened to, for people.
  package var sentence: String { "listening on \(capture.interface), link type \(capture.linkType.mnemonic)" }

  /// Gives up root's privileges, when everything that needs them is open.
  package func dropPrivileges() throws(LiveError) {
    do throws(CaptureError) { try Privileges.drop() } catch { throw LiveError(error) }
  }

  /// Audits the interface until it is stopped, and tells `sink` about it as an audit of files does.
  /// - Parameters:
  ///   - onWindow: told what is new whenever a window closes.
  ///   - onEnd: called when the last packet has been read, before the events of the end.
  package mutating func run(
    _ sink: inout some EventSink, onWindow: (LiveWindow) throws(OutputError) -> Void,
    onEnd: () throws(OutputError) -> Void
  ) throws(OutputError) -> AuditResult {
    try sink.receive(.run(RunEvents.event(configuration)))
    try sink.flush()
    clock.start()
    var failure: CaptureError?, isLast = false
    while !isLast {
      var isQuiet = true
      do throws(CaptureError) {
        switch try capture.next() {
        case .frame(let frame):
          state.take(frame)
          isQuiet = false
        case .timeout: break
        case .ended: isLast = true
        }
        if state.facts.packets == options.count { isLast = true }
      } catch {
        failure = error
        break
      }
      if state.isFull { try state.beginPart(&sink) }
      if isQuiet || state.facts.packets % LivePipeline.framesPerLook == 0 { try look(onWindow) }
    }
    try onEnd()
    var result = try state.finish(ending(failure), &sink)
    result.warnings = filter?.warnings ?? []
    return result
  }

  /// Looks at the clock: ends the run, or closes a window, when it is time to.
  private mutating func look(_ onWindow: (LiveWindow) throws(OutputError) -> Void) throws(OutputError) {
    let now = LiveClock.now
    if clock.isOver(at: now) { capture.stopper.stop() }
    guard clock.isWindowOver(at: now), !capture.stopper.isStopped else { return }
    try onWindow(state.closeWindow(dropped: dropped ?? 0))
    clock.closeWindow(from: now, share: LivePipeline.windowShare)
  }

  /// Packets lost so far.
  private var dropped: Int? { capture.statistics().map { $0.dropped + $0.droppedByInterface } }

  /// How the run ended.
  private func ending(_ failure: CaptureError?) -> LiveEnding {
    LiveEnding(linkType: capture.linkType.mnemonic, dropped: dropped, error: failure?.sentence)
  }
}

/// When windows close and the run ends, by a clock that only runs forward; seconds.
private struct LiveClock {
  private let window: Double, duration: Double?
  private var end: Double?, windowEnd = 0.0

  /// The times that options ask for.
  init(_ options: LiveOptions) { (window, duration) = (options.window, options.duration) }

  /// Begins now.
  mutating func start() {
    end = duration.map { LiveClock.now + $0 }
    windowEnd = LiveClock.now + window
  }

  /// Whether the run is over.
  func isOver(at now: Double) -> Bool { end.map { now >= $0 } ?? false }

  /// Whether the window is over.
  func isWindowOver(at now: Double) -> Bool { now >= windowEnd }

  /// Begins a window behind one that took from `start` until now to close, so long that closing windows takes no more
  /// than a share of the time.
  mutating func closeWindow(from start: Double, share: Double) {
    let now = LiveClock.now
    windowEnd = now + max(window, (now - start) / share)
  }

  /// The time.
  static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }
}

/// Why a live run cannot begin.
package struct LiveError: Error, Sendable {
  /// What kind of reason it is.
  package enum Kind: Sendable {
    /// No permission, or no such interface.
    case noAccess
    /// A filter that is none.
    case usage
    /// A failure of this program.
    case failure
  }
  /// The kind, and what happened in a sentence.
  package let kind: Kind, sentence: String

  /// From what the capture says.
  init(_ error: CaptureError) {
    sentence = error.sentence
    kind =
      switch error {
      case .badFilter: .usage
      case .privilegesKept: .failure
      default: .noAccess
      }
  }
}

/// The interfaces of this machine.
package enum LiveInterfaces {
  /// A line for each that can be captured on: name, state, and what libpcap says of it.
  package static func lines() throws(LiveError) -> [String] {
    do throws(CaptureError) {
      return try NetworkInterface.all().map { interface in
        let marks = [interface.isUp ? "up" : "down"] + (interface.isLoopback ? ["loopback"] : [])
        let description = interface.description.map { ": \($0)" } ?? ""
        return "\(interface.name) (\(marks.joined(separator: ", ")))\(description)"
      }
    } catch {
      throw LiveError(error)
    }
  }
}
