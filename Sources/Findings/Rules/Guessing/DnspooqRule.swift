/// P6: a host sends many questions from one port without waiting, so that a guess at an ID fits any of them.
enum DnspooqRule: CaseRule {
  /// Shares and ports from which on it is so: half of all queries, and a handful of ports, as old versions of dnsmasq do.
  private static let share = 0.5, ports = 4

  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.entropy.compactMap { host in
      guard host.sharedPortShare >= share, host.ports.distinct <= ports else { return nil }
      let percent = Int((host.sharedPortShare * 100).rounded())
      var charge = Charge(
        .dnspooq, .weakness, .stands, .low, .medium,
        "\(host.address) sends \(percent) % of its queries from a port at which another question is open")
      (charge.host, charge.count, charge.packets) = (host.address, host.queries, host.packets)
      (charge.firstTime, charge.lastTime) = (host.firstTime, host.lastTime)
      charge.facts = [("queries", .number(host.queries)), ("ports", .number(host.ports.distinct))]
      charge.benign = [
        "an address translator on the way gives other ports than the host itself", "a load generator",
      ]
      charge.references = ["CVE-2020-25684", "CVE-2020-25685", "CVE-2020-25686"]
      return charge
    }
  }
}
