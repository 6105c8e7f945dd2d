import Bytes
import Packets
import Transactions

/// P7: probes from a server's address over many ports of a host, and then guesses at one of them: the errors that the host
/// still sends, or no longer sends, about closed ports tell which is open (SAD DNS, 2020). Probes alone are a scan.
enum SaddnsRule: CaseRule {
  /// Ports that are probed once or twice: Linux sends 50 errors in a burst (`icmp_msgs_burst`), and some are lost to others.
  private static let probed = 40, each = 2

  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.guesswork.campaigns.filter { $0.aim != .nothingOpen }.compactMap {
      charge($0, investigation)
    }
  }

  /// The charge for one attack.
  private static func charge(_ campaign: Campaign, _ investigation: Investigation) -> Charge? {
    let caseFile = investigation.caseFile
    var byPort: [UInt16: [Int]] = [:]
    for record in campaign.records + campaign.hits {
      byPort[caseFile.records[record].destinationPort, default: []].append(record)
    }
    let probes = byPort.values.filter { $0.count <= each }.joined().sorted()
    guard Set(probes.map { caseFile.records[$0].destinationPort }).count >= probed else { return nil }
    let turn = probes[probed - 1]
    let found = byPort.filter { $0.value.count { $0 > turn } >= Spray.notable }
    guard found.count == 1, let target = found.first else { return nil }
    let host = caseFile.addresses[campaign.group.client], errors = caseFile.witness.refusals(of: host)
    var charge = Charge(
      .saddns, .volume, .supports, .low, .medium,
      "\(probes.count) probes at \(byPort.count - 1) ports of \(host), then \(target.value.count) guesses at port \(target.key)"
    )
    (charge.records, charge.host, charge.zone) = (probes, host, campaign.group.zone)
    charge.facts = [
      ("probed_ports", .number(byPort.count - 1)), ("found_port", .number(Int(target.key))),
      ("icmp_port_unreachable", .number(errors)),
    ]
    charge.references = ["CVE-2020-25705"]
    return charge
  }
}

extension PacketWitness {
  /// How many errors a host sent about packets from a DNS port to closed ports of its own (RFC 792, RFC 4443 §3.1).
  func refusals(of host: IPAddress) -> Int {
    icmpErrors.count { error in
      error.quote.source == host && error.quoted.destination == host && error.quoted.sourcePort == 53
        && error.isPortUnreachable
    }
  }
}

extension ICMPError {
  /// Whether it says that a port is closed.
  var isPortUnreachable: Bool {
    quote.source.isIPv6 ? quote.type == 1 && quote.code == 4 : quote.type == 3 && quote.code == 3
  }

  /// Whether it says that a packet was too big, or that another router is nearer: what makes a host keep a note on the flow.
  var changesRoute: Bool {
    quote.source.isIPv6
      ? quote.type == 2 || quote.type == 137 : (quote.type == 3 && quote.code == 4) || quote.type == 5
  }
}
