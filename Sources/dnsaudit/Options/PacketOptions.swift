import ArgumentParser

/// Which packets are looked at.
struct PacketOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Take only packets that a pcap-filter(7) matches.", valueName: "bpf"))
  var filter: String?

  @Option(
    name: .customLong("port"),
    help: ArgumentHelp("Look for DNS on this port as well as on 53; repeatable.", valueName: "n"))
  var given: [UInt16] = []

  @Flag(name: .customLong("any-port"), help: "Find DNS by its content on all other ports too.")
  var anyPort = false

  /// The ports in force.
  var ports: [UInt16] { [53] + given.filter { $0 != 53 } }

  func validate() throws {
    if given.contains(0) { throw ValidationError("--port takes a number from 1 to 65535") }
  }
}
