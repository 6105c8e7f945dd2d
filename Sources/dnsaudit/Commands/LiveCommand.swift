import ArgumentParser
import Audit

/// `dnsaudit live -i IFACE`: the same on an interface.
struct LiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "live", abstract: "x")
}
