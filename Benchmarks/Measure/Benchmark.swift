import Foundation

/// Measures `dnsaudit`: the whole of it beside other programs, its stages one by one, and what it counts.
///
///     Benchmarks whole [--rounds N] [--trust-anchor FILE] [--dnsaudit FILE] CAPTURE...
///     Benchmarks stages [--rounds N] [--trust-anchor FILE] CAPTURE...
///     Benchmarks counts [--dnsaudit FILE] [--limits FILE] [--only JOB] FOLDER
///
/// The trust anchors of a capture are those in the file beside it that ends with `.anchors`, unless others are given.
@main struct Benchmark {
  static func main() {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      switch options.command {
      case "whole":
        for capture in try options.captures() { try WholeRun(capture, options).run() }
      case "stages":
        for capture in try options.captures() {
          var stages = try StageRun(capture, options)
          try stages.run()
        }
      case "counts":
        let passed = try CountRun(options).run()
        if !passed { exit(1) }
      default: throw UsageError()
      }
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(error is UsageError ? 2 : 1)
    }
  }
}

/// What the command line asks for.
struct Options {
  /// What to measure.
  let command: String
  /// How often each thing is run, in turn with the others.
  let rounds: Int
  /// The command that is measured, and the programs beside this one.
  let dnsaudit: String, floor: String, maker: String
  /// The file with the limits of the counts, and the only one of its jobs to count.
  let limits: String?, only: String?
  /// The file with trust anchors for all captures.
  private let anchors: String?
  /// The operands.
  private let operands: [String]

  /// From the arguments.
  init(_ arguments: [String]) throws {
    var values: [String: String] = [:], operands: [String] = [], rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        operands.append(argument)
        continue
      }
      guard Options.names.contains(argument), let value = rest.popFirst() else { throw UsageError() }
      values[argument] = value
    }
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path()
    guard let command = operands.first, let rounds = Int(values["--rounds"] ?? "5"),
      (1...1000).contains(rounds)
    else { throw UsageError() }
    (self.command, self.rounds, self.operands) = (command, rounds, Array(operands.dropFirst()))
    dnsaudit = values["--dnsaudit"] ?? folder + "/dnsaudit"
    (floor, maker) = (folder + "/BenchmarkFloor", folder + "/BenchmarkCaptures")
    (limits, only, anchors) = (values["--limits"], values["--only"], values["--trust-anchor"])
  }

  /// Options that have a value.
  private static let names: Set<String> = [
    "--rounds", "--dnsaudit", "--limits", "--only", "--trust-anchor",
  ]

  /// The captures that are named.
  func captures() throws -> [MeasuredCapture] {
    guard !operands.isEmpty else { throw UsageError() }
    return operands.map { MeasuredCapture($0, anchors: anchors) }
  }

  /// The one folder that is named.
  func folder() throws -> String {
    guard operands.count == 1 else { throw UsageError() }
    return operands[0]
  }
}

/// A capture and its trust anchors.
struct MeasuredCapture {
  /// The file, and that of its anchors; nil where there is none beside it.
  let path: String, anchors: String?

  /// A capture with these anchors, or those beside it.
  init(_ path: String, anchors: String? = nil) {
    self.path = path
    let file = URL(filePath: path).deletingPathExtension().appendingPathExtension("anchors").path()
    self.anchors = anchors ?? (FileManager.default.fileExists(atPath: file) ? file : nil)
  }

  /// The options that name the anchors.
  var anchorOptions: [String] { anchors.map { ["--trust-anchor", $0] } ?? [] }
}

/// What stops a measurement.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}

/// The command line was not understood.
struct UsageError: Error, CustomStringConvertible {
  let description =
    "usage: Benchmarks whole|stages [--rounds N] [--dnsaudit FILE] CAPTURE..., or Benchmarks counts FOLDER"
}
