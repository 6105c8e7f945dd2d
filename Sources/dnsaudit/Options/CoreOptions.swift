import ArgumentParser
import Glibc

/// How many cores a run uses.
struct CoreOptions: ParsableArguments {
  @Option(name: [.short, .long], help: ArgumentHelp("Use n cores (default: all).", valueName: "n"))
  var jobs: Int?

  /// The cores to use.
  var count: Int { jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  func validate() throws {
    if let jobs, !(1...CoreOptions.maximumJobs).contains(jobs) {
      throw ValidationError("--jobs takes a number from 1 to \(CoreOptions.maximumJobs)")
    }
  }

  /// More cores than any machine of today has; a slip of the finger must not start a million threads.
  private static let maximumJobs = 1_024
}
