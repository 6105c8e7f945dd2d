import Synchronization

/// Ends a live capture from another thread or from a signal handler: all it does is store a flag, which the capture
/// looks at ten times a second.
package final class CaptureStopper: Sendable {
  /// Whether the end was asked for.
  private let flag = Atomic(false)

  /// A stopper that nobody has used yet.
  package init() {}

  /// Asks for the end.
  package func stop() { flag.store(true, ordering: .releasing) }

  /// Whether the end was asked for.
  package var isStopped: Bool { flag.load(ordering: .acquiring) }
}
