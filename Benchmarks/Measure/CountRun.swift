import Foundation

/// Counts what a message costs in instructions and allocations, and compares it with what the repository keeps. Unlike
/// times these are the same on a busy machine.
///
/// Each job runs under callgrind on two captures of one kind; the difference of the two is what their packets cost, without
/// what starting costs. Instructions are those of the program and of Swift's libraries: the C library and libcrypto choose
/// theirs by the processor.
struct CountRun {
  private let folder: String, options: Options, limits: CountLimits

  /// Its name, what dnsaudit is told, and the kind of capture.
  private typealias Job = (name: String, arguments: [String], kind: String)

  private static let jobs: [Job] = [
    ("decode", ["decode", "-q"], "plain"), ("audit", ["audit", "-q", "--no-hash", "-j", "1"], "plain"),
    ("audit-signed", ["audit", "-q", "--no-hash", "-j", "1"], "mixed"),
  ]
  /// Packets of the smaller and the larger capture: callgrind takes a second or two for each.
  private static let sizes = (small: 10_000, large: 30_000)
  /// The functions that take memory, and the objects whose instructions count.
  private static let allocators = ["malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc"]
  private static let objects = ["dnsaudit", "libswift", "libFoundation"]

  /// In a folder that the captures are in, or come to.
  init(_ options: Options) throws {
    (folder, self.options) = (try options.folder(), options)
    let file =
      options.limits.map { URL(filePath: $0) }
      ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "limits.txt")
    limits = try CountLimits(String(contentsOf: file, encoding: .utf8))
  }

  /// Counts and prints; false when a count is above its limit.
  func run() throws -> Bool {
    let jobs = CountRun.jobs.filter { options.only == nil || options.only == $0.name }
    for size in [CountRun.sizes.small, CountRun.sizes.large] {
      let kinds = Set(jobs.map(\.kind)).sorted()
      _ = try ChildProcess(command: [options.maker, "--packets", String(size), folder] + kinds)
        .run(expecting: 0...0)
    }
    let command = try stripped()
    var table = Table("job", "counted", "for 1,000 packets", "kept", ""), passed = !jobs.isEmpty
    for job in jobs {
      for (what, count) in try counts(command, job) {
        let entry = CountLimits.Entry(job: job.name, what: what), fault = limits.fault(entry, count)
        table.add(job.name, what, String(count), limits.kept[entry].map { String($0) } ?? "-", fault ?? "")
        passed = passed && fault == nil
      }
    }
    print(table)
    return passed
  }

  /// What a job counts for 1,000 packets.
  private func counts(_ command: String, _ job: Job) throws -> [(what: String, count: Int)] {
    let small = try profile(command, job, CountRun.sizes.small)
    let large = try profile(command, job, CountRun.sizes.large)
    let share = { (a: Int, b: Int) in max(0, a - b) * 1_000 / (CountRun.sizes.large - CountRun.sizes.small) }
    return [
      (
        "instructions",
        share(large.instructions(of: CountRun.objects), small.instructions(of: CountRun.objects))
      ), ("allocations", share(large.calls(of: CountRun.allocators), small.calls(of: CountRun.allocators))),
    ]
  }

  /// A copy of the command without its debugging information, which Valgrind of Debian 12 cannot read.
  private func stripped() throws -> String {
    let copy = folder + "/dnsaudit"
    _ = try ChildProcess(
      command: ["/usr/bin/strip", "--strip-debug", "-o", copy, options.dnsaudit]
    ).run(expecting: 0...0)
    return copy
  }

  /// What callgrind counts in a job on the capture of a size.
  private func profile(_ command: String, _ job: Job, _ size: Int) throws -> CallgrindProfile {
    let capture = MeasuredCapture("\(folder)/\(job.kind)-\(size).pcap"), output = folder + "/callgrind.out"
    let anchors = job.name == "decode" ? [] : capture.anchorOptions
    _ = try ChildProcess(
      command: ["/usr/bin/valgrind", "--tool=callgrind", "--callgrind-out-file=\(output)", command]
        + job.arguments
        + anchors + [capture.path],
      // Swift's own dictionaries would be hashed otherwise in each run.
      environment: ["SWIFT_DETERMINISTIC_HASHING=1"]
    ).run(expecting: 0...1)
    return try CallgrindProfile(String(contentsOfFile: output, encoding: .utf8))
  }
}
