import Foundation
import TestSupport
import Testing

/// The most memory, in KiB, that `dnsaudit` had at a time in a run that ended well, with or without findings.
func measuredPeak(_ arguments: [String]) throws -> Int {
  let outcome = try run(
    #require(Environment.program("python3")), ["-c", meter, Environment.command.path()] + arguments)
  let words = outcome.text.split { $0.isWhitespace }.compactMap { Int($0) }
  try #require(words.count >= 2 && words[words.count - 2] <= 1, "\(outcome.errorText)")
  return words[words.count - 1]
}

/// Runs a command as the child of a small process, since Linux counts what the parent holds as the child's own peak;
/// prints its exit status and its peak in KiB.
private let meter = """
  import resource, subprocess, sys
  status = subprocess.call(sys.argv[1:])
  print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
  """
