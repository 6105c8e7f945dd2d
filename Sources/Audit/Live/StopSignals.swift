import Capture
import Glibc

/// Ctrl-C and `kill`: the first one stops the capture, which is then judged and told; the next one ends the process as
/// if nobody had asked to be told.
package enum StopSignals {
  /// What the first signal stops.
  static let stopper = CaptureStopper()

  /// Takes SIGINT and SIGTERM.
  package static func take() {
    // Touched here, because a signal handler may not be the first to initialise it.
    guard !stopper.isStopped else { return }
    var numbers = sigset_t()
    unsafe sigemptyset(&numbers)
    for number in [SIGINT, SIGTERM] { _ = unsafe sigaddset(&numbers, number) }
    // Whoever started this program may have blocked them, and then nothing short of SIGKILL would end it.
    unsafe pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        StopSignals.stopper.stop()
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
      }
    }
  }
}
