import ArgumentParser
import Findings
import Glibc
import Reports

/// Maps the outcome of a command to an exit status, and nothing else.
@main
struct Main {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    exit(run(Shorthand.expand(Array(CommandLine.arguments.dropFirst()))).rawValue)
  }

  /// Parses and runs.
  private static func run(_ arguments: [String]) -> ExitStatus {
    do {
      var command = try DNSAudit.parseAsRoot(arguments)
      guard let own = command as? any StatusCommand else {
        try command.run()
        return .clean
      }
      return try own.execute()
    } catch let failure as Failure {
      Terminal.warn(failure.message)
      return failure.status
    } catch {
      return report(error)
    }
  }

  /// Help and version go to standard output, wrong usage to standard error with status 2.
  private static func report(_ error: any Error) -> ExitStatus {
    let message = DNSAudit.fullMessage(for: error)
    guard DNSAudit.exitCode(for: error).isSuccess else {
      Terminal.warn(message)
      return DNSAudit.exitCode(for: error) == .validationFailure ? .usage : .internalError
    }
    print(message)
    return .clean
  }
}

/// The exit statuses of the contract.
enum ExitStatus: Int32 {
  /// Nothing at or above `--fail-on`, and nothing bogus.
  case clean = 0
  /// Something was found.
  case found = 1
  /// Wrong usage.
  case usage = 2
  /// An input could not be read at all.
  case unreadable = 3
  /// No permission, or no such interface.
  case noAccess = 4
  /// An error of this program.
  case internalError = 5
}

extension ExitStatus {
  /// A reader that has gone ends a command quietly; any other failure of the output is an error.
  init(_ error: OutputError) throws {
    guard error == .closed else { throw Failure(status: .internalError, message: error.sentence) }
    self = .clean
  }
}

/// What ends a command early.
struct Failure: Error {
  let status: ExitStatus, message: String
}

/// A command that says how it ended.
protocol StatusCommand {
  func execute() throws -> ExitStatus
}

/// The root of all commands.
struct DNSAudit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dnsaudit",
    abstract: "Says of every DNS answer in a packet capture whether DNSSEC proves it.",
    discussion: """
      dnsaudit CAPTURE is short for dnsaudit audit CAPTURE. Exit status: 0 nothing found, 1 something found, \
      2 wrong usage, 3 an input could not be read, 4 no permission or no such interface, 5 internal error.
      """,
    version: Version.text, subcommands: [AuditCommand.self, LiveCommand.self, DecodeCommand.self],
    defaultSubcommand: AuditCommand.self)
}

/// The version in the output.
enum Version {
  static let number = "0.1.0"
  static var text: String { "dnsaudit \(number)" }
}
