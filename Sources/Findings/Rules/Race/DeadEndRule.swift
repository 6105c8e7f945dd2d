import Bytes
import DNSWire
import Packets
import Transactions

/// R7: an address cannot be reached, as ICMP errors say before and afterwards, and yet an answer comes from it. Censors'
/// injectors answer so for addresses where nobody listens.
enum DeadEndRule: CaseRule {
  /// Errors from which an address counts as dead: a client tries three times.
  private static let leastErrors = 3
  /// Answers beyond which it is a server that was away for a while.
  private static let mostAnswers = 4

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, errors = errors(caseFile)
    guard !errors.isEmpty else { return [] }
    var answers: [UInt32: [Int]] = [:]
    for index in caseFile.pass where errors[caseFile.records[index].source] != nil {
      let record = caseFile.records[index]
      guard record.transaction == .answered || record.transaction == .conflicting,
        !record.traits.contains(.damaged)
      else { continue }
      if (answers[record.source]?.count ?? 0) <= mostAnswers {
        answers[record.source, default: []].append(index)
      }
    }
    return answers.keys.sorted().compactMap { server in
      guard let records = answers[server], let errors = errors[server], records.count <= mostAnswers else {
        return nil
      }
      return charge(records, errors, caseFile)
    }
  }

  /// Errors that say of a server's address that it cannot be reached, by its number.
  private static func errors(_ caseFile: CaseFile) -> [UInt32: [ICMPError]] {
    var errors: [UInt32: [ICMPError]] = [:]
    for error in caseFile.witness.icmpErrors {
      // Destination unreachable (RFC 792, RFC 4443 §3.1), but for packets that are too big.
      let isUnreachable =
        error.quote.source.isIPv6 ? error.quote.type == 1 : error.quote.type == 3 && error.quote.code != 4
      guard isUnreachable, error.quoted.destinationPort == 53,
        let server = caseFile.addresses.known(error.quoted.destination)
      else { continue }
      errors[server, default: []].append(error)
    }
    return errors.filter { $0.value.count >= leastErrors }
  }

  /// The charge of the answers of one address, when errors stand before the first and behind the last of them.
  private static func charge(_ records: [Int], _ errors: [ICMPError], _ caseFile: CaseFile) -> Charge? {
    guard let first = records.first, let last = records.last,
      let before = errors.first(where: { $0.time < caseFile.time(first) }),
      let after = errors.last(where: { $0.time > caseFile.time(last) })
    else { return nil }
    var charge = Charge(
      .deadEnd, .history, .accuses, .medium, .medium,
      "\(counted(records.count, "answer")) from \(caseFile.server(first)), which nobody can reach")
    (charge.records, charge.kind) = (records, .onPathInjection)
    charge.arithmetic = [
      (
        .history,
        "frames \(before.packet.number) and \(after.packet.number) say that the address cannot be reached"
      )
    ]
    charge.benign = ["the server was started and stopped within the capture"]
    charge.references = ["Hoang et al., USENIX Security 2021"]
    return charge
  }
}
