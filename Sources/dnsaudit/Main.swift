import ArgumentParser
import Audit
import CSystem
import Findings
import Glibc
import Reports

/// Maps the outcome of a command to an exit status, and nothing else.
@main
struct Main {
  static func main() {
    csystem_keep_heap_small()
    Terminal.openMissingDescriptors()
    signal(SIGPIPE, SIG_IGN)
    // What would make a file larger than may be fails instead, as on a full disk.
    signal(SIGXFSZ, SIG_IGN)
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
      Terminal.warn("dnsaudit: \(failure.message)")
      return failure.status
    } catch {
      return report(error)
    }
  }

  /// Help and version go to standard output, wrong usage to standard error with status 2.
  private static func report(_ error: any Error) -> ExitStatus {
    let message = DNSAudit.fullMessage(for: error), code = DNSAudit.exitCode(for: error)
    guard code.isSuccess else {
      let prefix = "Error: "
      Terminal.warn(message.hasPrefix(prefix) ? "dnsaudit: " + message.dropFirst(prefix.count) : message)
      return code == .validationFailure ? .usage : .internalError
    }
    do throws(OutputError) {
      try ByteSink(descriptor: STDOUT_FILENO, path: "standard output").write(Array((message + "\n").utf8))
      return .clean
    } catch {
      if error != .closed { Terminal.warn("dnsaudit: \(error.sentence)") }
      return error == .closed ? .clean : .internalError
    }
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
    usage: """
      dnsaudit [audit] [<options>] <capture> ...
      dnsaudit live -i <interface> [<options>]
      dnsaudit decode [<options>] <capture> ...
      dnsaudit anchors [<options>]
      """,
    discussion: """
      Exit status:
        0  nothing found at or above --fail-on, and nothing bogus
        1  something found
        2  wrong usage
        3  an input could not be read; others beside it were
        4  no permission to capture, or no such interface
        5  internal error

      Examples:
        dnsaudit capture.pcap
        dnsaudit --json --trust-anchor root.ds capture.pcap | jq .
        dnsaudit --report page.html -f 'host 192.0.2.53' *.pcap
        tcpdump -w - port 53 | dnsaudit -
      """,
    version: Version.text,
    subcommands: [AuditCommand.self, LiveCommand.self, DecodeCommand.self, AnchorsCommand.self],
    defaultSubcommand: AuditCommand.self)
}

/// The version in the output.
enum Version {
  static let number = "0.1.0"
  /// The program and its libraries, a line each.
  static var text: String { (["dnsaudit \(number)"] + Libraries.versions).joined(separator: "\n") }
}
