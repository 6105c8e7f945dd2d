import Glibc

/// Measures `dnsaudit` on a capture beside the least that any reader of it has to do.
///
///     Benchmarks [--rounds N] [--trust-anchor FILE] [--dnsaudit FILE] CAPTURE
///     Benchmarks --count CAPTURE      the child that only counts packets
@main struct Benchmark {
  /// What is measured. The first is the floor that the others are compared with.
  private let stages: [Stage]
  /// How often each stage runs, in turn with the others.
  private let rounds: Int
  /// Packets in the capture.
  private let packets: Int

  static func main() {
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "--count", arguments.count == 2 {
        print(try countPackets(in: arguments[1]))
      } else {
        try Benchmark(arguments: &arguments).run()
      }
    } catch {
      fflush(nil)
      let line = Array("bench: \(error)\n".utf8)
      _ = unsafe write(STDERR_FILENO, line, line.count)
      exit(error is UsageError ? 2 : 1)
    }
  }

  /// Reads the options; counting the packets first also brings the capture into the page cache.
  private init(arguments: inout [String]) throws {
    let rounds = take("--rounds", from: &arguments) ?? "5"
    let anchor = take("--trust-anchor", from: &arguments).map { ["--trust-anchor", $0] } ?? []
    let itself = try ownPath()
    let dnsaudit = take("--dnsaudit", from: &arguments) ?? folder(of: itself) + "/dnsaudit"
    guard let rounds = Int(rounds), (1...1000).contains(rounds), arguments.count == 1 else {
      throw UsageError()
    }
    let capture = arguments[0]
    self.rounds = rounds
    packets = try countPackets(in: capture)
    stages = [
      Stage(name: "libpcap loop", command: [itself, "--count", capture]),
      Stage(name: "decode", command: [dnsaudit, "decode", "-q", capture]),
      Stage(name: "audit", command: [dnsaudit, "audit", "-q", "--no-hash"] + anchor + [capture]),
    ]
  }

  /// Runs all stages in every round, so that a busy moment of the machine meets all of them alike.
  private func run() throws {
    guard packets > 0 else { throw BenchmarkError(description: "the capture holds no packet") }
    var samples: [[Usage]] = stages.map { _ in [] }
    for _ in 0..<rounds {
      for (index, stage) in stages.enumerated() { samples[index].append(try stage.run()) }
    }
    print("\(packets) packets, \(rounds) rounds, \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores\n")
    print(Row.heading)
    for (stage, own) in zip(stages, samples) {
      print(Row(name: stage.name, samples: own, floor: samples[0], packets: packets))
    }
  }
}

/// One command that is measured.
private struct Stage {
  let name: String
  let command: [String]

  /// Runs it once. Status 1 of dnsaudit says that something was found; anything above is a failure.
  func run() throws -> Usage {
    let (status, usage) = try spawnAndWait(command)
    guard status <= 1 else {
      throw BenchmarkError(description: "status \(status) from: \(command.joined(separator: " "))")
    }
    return usage
  }
}

/// What stops a measurement.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}

/// The command line was not understood.
private struct UsageError: Error, CustomStringConvertible {
  let description = "usage: Benchmarks [--rounds N] [--trust-anchor FILE] [--dnsaudit FILE] CAPTURE"
}

/// Removes an option and its value from the arguments.
private func take(_ option: String, from arguments: inout [String]) -> String? {
  guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(index...(index + 1)) }
  return arguments[index + 1]
}
