// `environ` is a plain global variable of C; nothing here changes it.
@unsafe @preconcurrency import Glibc

/// What one run of a child process cost.
struct Usage {
  /// User and system time of all its threads, in nanoseconds.
  let cpu: Double
  /// From its start to its end, in nanoseconds.
  let wall: Double
  /// Most memory that it held at a time, in KiB.
  let peak: Int
}

/// Runs a program with its outputs thrown away and waits for it. The kernel accounts for it alone (`wait4`).
func spawnAndWait(_ command: [String]) throws(BenchmarkError) -> (status: Int32, usage: Usage) {
  let clock = ContinuousClock()
  let start = clock.now
  let child = try spawn(command)
  var status: Int32 = 0
  var resources = rusage()
  while unsafe wait4(child, &status, 0, &resources) < 0 {
    guard errno == EINTR else { throw BenchmarkError(description: "wait4 fails, errno \(errno)") }
  }
  let wall = start.duration(to: clock.now) / .nanoseconds(1)
  let usage = Usage(
    cpu: nanoseconds(resources.ru_utime) + nanoseconds(resources.ru_stime), wall: wall,
    peak: resources.ru_maxrss)
  let signal = status & 0x7f
  return (signal == 0 ? status >> 8 & 0xff : 128 + signal, usage)
}

/// Starts a program with this one's environment, both outputs going nowhere.
private func spawn(_ command: [String]) throws(BenchmarkError) -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  for output: Int32 in [1, 2] {
    unsafe posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
  }
  let arguments = unsafe cStrings(command)
  defer {
    unsafe arguments.forEach { unsafe free($0) }
  }
  var child: pid_t = 0
  let failure = unsafe posix_spawn(&child, command[0], &actions, nil, arguments, environ)
  guard failure == 0 else {
    throw BenchmarkError(description: "\(command[0]) does not start, errno \(failure)")
  }
  return child
}

/// The strings as C wants them, with nil at the end. The caller frees each.
private func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
  unsafe strings.map { unsafe strdup($0) } + [nil]
}

/// This executable's path.
func ownPath() throws(BenchmarkError) -> String {
  guard let path = unsafe realpath("/proc/self/exe", nil) else {
    throw BenchmarkError(description: "/proc is not there")
  }
  defer { unsafe free(path) }
  return unsafe String(cString: path)
}

/// The folder that a file lies in.
func folder(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
}

/// A time of the kernel's in nanoseconds.
private func nanoseconds(_ time: timeval) -> Double {
  Double(time.tv_sec) * 1e9 + Double(time.tv_usec) * 1e3
}
