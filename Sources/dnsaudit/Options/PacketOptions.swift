import ArgumentParser

/// Which packets are looked at.
struct PacketOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Take only packets that a pcap-filter(7) matches.", valueName: "bpf"))
  var filter: String?

  @Option(
    name: .customLong("port"),
    help: ArgumentHelp("Look for DNS on this port instead of 53; repeatable.", valueName: "n"))
  var given: [UInt16] = []

  /// The ports in force.
  var ports: [UInt16] { given.isEmpty ? [53] : given }

  func validate() throws {
    if given.contains(0) { throw ValidationError("--port takes a number from 1 to 65535") }
  }
}
