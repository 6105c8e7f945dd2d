import Foundation

/// The whole command on a capture, beside the least that any reader of it has to do and beside programs of others.
struct WholeRun {
  private let capture: MeasuredCapture, rounds: Int, floor: ChildProcess
  /// Packets in the capture.
  private let packets: Int
  private let jobs: [Job]
  private let scratch: ScratchFolder

  /// One command that is measured.
  private struct Job {
    let name: String, process: ChildProcess
    /// Packets that it reads, the statuses that are no failure, and what it does, where that is to be said.
    let packets: Int, statuses: ClosedRange<Int32>, work: String?
  }

  /// Counting the packets first also brings the capture into the page cache.
  init(_ capture: MeasuredCapture, _ options: Options) throws {
    (self.capture, rounds) = (capture, options.rounds)
    floor = ChildProcess(command: [options.floor, capture.path])
    let scratch = try ScratchFolder()
    (self.scratch, packets) = (scratch, try WholeRun.count(floor, scratch))
    guard packets > 0 else { throw BenchmarkError(description: "\(capture.path) holds no packet") }
    let count = packets
    let audit = { (arguments: [String]) in
      [options.dnsaudit, "audit", "--no-hash"] + capture.anchorOptions + arguments + [capture.path]
    }
    let own = [
      ("decode", [options.dnsaudit, "decode", "-q", capture.path]), ("audit -j 1", audit(["-q", "-j", "1"])),
      ("audit -j 2", audit(["-q", "-j", "2"])),
      ("audit -j 1, JSON lines", audit(["--format", "jsonl", "-j", "1"])),
    ]
    jobs =
      own.map {
        Job(name: $0, process: ChildProcess(command: $1), packets: count, statuses: 0...1, work: nil)
      }
      + Peer.all.compactMap { peer in
        let read = min(peer.packets ?? count, count)
        return peer.program.map {
          Job(
            name: peer.name,
            process: ChildProcess(
              command: [$0] + peer.arguments(capture.path, packets: read, scratch: scratch.path)),
            packets: read,
            statuses: 0...0, work: peer.work)
        }
      }
  }

  /// Runs every job right after a run of the floor, so that a busy moment of the machine meets both, and prints.
  func run() throws {
    var samples: [[(job: Usage, floor: Usage)]] = jobs.map { _ in [] }
    for _ in 0..<rounds {
      for (index, job) in jobs.enumerated() {
        let floor = try floor.run(expecting: 0...0)
        samples[index].append((try job.process.run(expecting: job.statuses), floor))
      }
    }
    print(
      "\(capture.path): \(packets) packets, \(rounds) rounds, \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores\n"
    )
    var table = Table("", "CPU ns/packet", "wall ns/packet", "times the floor (min-max)", "peak MiB")
    add("the floor: libpcap", samples.joined().map { ($0.floor, $0.floor) }, packets, to: &table)
    for (job, own) in zip(jobs, samples) { add(job.name, own, job.packets, to: &table) }
    print("\(table)\n")
    for job in jobs {
      if let work = job.work {
        print("\(job.name): \(work)\n    \(job.process.command.joined(separator: " "))")
      }
    }
    let absent = Peer.all.filter { $0.program == nil }.map(\.name)
    if !absent.isEmpty { print("not installed: \(absent.joined(separator: ", "))") }
    print("")
  }

  /// Adds a line. The ratio is taken between runs that follow each other.
  private func add(
    _ name: String, _ samples: [(job: Usage, floor: Usage)], _ read: Int, to table: inout Table
  ) {
    let share = Double(packets) / Double(read)
    table.add(
      name, figure(median(samples.map(\.job.cpu)) / Double(read)),
      figure(median(samples.map(\.job.wall)) / Double(read)),
      figures(samples.map { $0.job.cpu * share / $0.floor.cpu }),
      figure(Double(samples.map(\.job.peak).max() ?? 0) / 1024))
  }

  /// What the floor prints: the packets of the capture.
  private static func count(_ floor: ChildProcess, _ scratch: ScratchFolder) throws -> Int {
    var floor = floor
    floor.output = scratch.path + "/count"
    guard try floor.run().status == 0,
      let count = Int(
        try String(contentsOfFile: floor.output, encoding: .utf8).trimmingCharacters(in: .newlines))
    else { throw BenchmarkError(description: "libpcap cannot read \(floor.command.last ?? "")") }
    return count
  }
}

/// A folder of this run's own, which goes with it.
private final class ScratchFolder {
  /// Where it is.
  let path: String

  /// Makes it.
  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "dnsaudit-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
