import Bytes
import DNSWire
import Packets

/// F3: an ICMP error tells a DNS server that a path takes less than any honest one does, and its answers to that host
/// come in fragments afterwards: what an attacker needs to plant the second one.
enum ShrunkPMTURule: CaseRule {
  /// Octets that every path of IPv6 takes (RFC 8200 §5), and nearly every one of IPv4.
  private static let least = 1_280
  /// Nanoseconds for which a host remembers a path's MTU: 10 minutes (RFC 1191 §6.3, Linux `mtu_expires`).
  private static let memory: Int64 = 600_000_000_000
  /// Errors told of in one part of a run.
  private static let limit = 256

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let errors = caseFile.witness.icmpErrors.filter {
      ($0.nextHopMTU ?? least) < least && $0.quoted.sourcePort == 53
    }
    guard !errors.isEmpty else { return [] }
    var fragmented: [IPAddress: [Int]] = [:]
    for record in caseFile.fragmentFrames.keys.sorted() {
      fragmented[caseFile.server(record), default: []].append(record)
    }
    return errors.lazy.compactMap { error in
      let after = (fragmented[error.quoted.source] ?? []).first { record in
        let delay = caseFile.time(record).distance(from: error.time)
        return caseFile.client(record) == error.quoted.destination && (0...memory).contains(delay)
      }
      return after.map { charge(error, $0, caseFile) }
    }.prefix(limit).map { $0 }
  }

  /// The charge of an error and the first fragmented answer after it.
  private static func charge(_ error: ICMPError, _ record: Int, _ caseFile: CaseFile) -> Charge {
    var charge = Charge(
      .shrunkPMTU, .weakness, .supports, .low, .low,
      "\(error.quote.source) tells \(error.quoted.source) that the path to \(error.quoted.destination) takes \(error.nextHopMTU ?? 0) octets, and its answers come in fragments from frame \(caseFile.packet(record).number) on"
    )
    charge.packets = [error.packet]
    (charge.host, charge.servers) = (error.quoted.destination, [error.quoted.source])
    (charge.firstTime, charge.lastTime) = (error.time, caseFile.time(record))
    charge.benign = ["a tunnel or another narrow link on the way"]
    charge.references = ["Herzberg and Shulman 2013", "RFC 9715", "RFC 8899"]
    return charge
  }
}
