import Foundation
import TestSupport

/// Runs a command with no signal blocked: a test runner blocks all of them, and tcpdump would never see its SIGINT.
private let unblocking = """
  import os, signal, sys
  signal.pthread_sigmask(signal.SIG_SETMASK, [])
  os.execvp(sys.argv[1], sys.argv[1:])
  """

/// Runs one of the programs in `captures/lab`.
func runLab(_ program: String, _ arguments: String...) throws -> Outcome {
  let path = Environment.project.appending(path: "captures/lab/\(program)").path()
  return try run(
    URL(filePath: "/usr/bin/env"), ["python3", "-c", unblocking, "python3", path] + arguments)
}
