import Foundation

/// What one run of a child process cost.
struct Usage {
  /// User and system time of all its threads, in nanoseconds.
  let cpu: Double
  /// From its start to its end, in nanoseconds.
  let wall: Double
  /// Most memory that it held at a time, in KiB.
  let peak: Int
}

/// A program that is run with nothing to read and its errors thrown away.
struct ChildProcess {
  /// The program's path, and its arguments with the program in front.
  let command: [String]
  /// Where its standard output goes.
  var output = "/dev/null"
  /// Variables that it has besides those of this process.
  var environment: [String] = []

  /// Runs it and waits for it. The kernel accounts for it alone (`wait4`).
  func run() throws(BenchmarkError) -> (status: Int32, usage: Usage) {
    let clock = ContinuousClock(), start = clock.now, child = try spawn()
    var status: Int32 = 0, resources = rusage()
    while unsafe wait4(child, &status, 0, &resources) < 0 {
      guard errno == EINTR else { throw BenchmarkError(description: "wait4 fails, errno \(errno)") }
    }
    let usage = Usage(
      cpu: nanoseconds(resources.ru_utime) + nanoseconds(resources.ru_stime),
      wall: start.duration(to: clock.now) / .nanoseconds(1), peak: resources.ru_maxrss)
    let signal = status & 0x7f
    return (signal == 0 ? status >> 8 & 0xff : 128 + signal, usage)
  }

  /// The same, of a program whose status has to be one of these.
  func run(expecting statuses: ClosedRange<Int32>) throws(BenchmarkError) -> Usage {
    let (status, usage) = try run()
    guard statuses.contains(status) else {
      throw BenchmarkError(description: "status \(status) from: \(command.joined(separator: " "))")
    }
    return usage
  }

  /// Starts it with this process's environment and more.
  private func spawn() throws(BenchmarkError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let arguments = unsafe cStrings(command), variables = unsafe cStrings(environment + inherited())
    defer {
      unsafe (arguments + variables).forEach { unsafe free($0) }
    }
    var child: pid_t = 0
    let failure = unsafe posix_spawn(&child, command[0], &actions, nil, arguments, variables)
    guard failure == 0 else {
      throw BenchmarkError(description: "\(command[0]) does not start, errno \(failure)")
    }
    return child
  }

  /// The variables of this process.
  private func inherited() -> [String] {
    ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
  }
}

/// The strings as C wants them, with nil at the end. The caller frees each.
private func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
  unsafe strings.map { unsafe strdup($0) } + [nil]
}

/// A time of the kernel's in nanoseconds.
private func nanoseconds(_ time: timeval) -> Double {
  Double(time.tv_sec) * 1e9 + Double(time.tv_usec) * 1e3
}

/// CPU time of all threads of this process so far, in nanoseconds.
func processTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
