import DNSWire
import Transactions

/// P1: answers with the right question to an open port, with IDs that do not fit. One of them that fits makes it a hit.
enum TxidSprayRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.guesswork.campaigns.filter { $0.aim == .ids }.map { campaign in
      var charge = CampaignCharge(campaign, investigation).charge(
        .txidSpray, .volume, .kaminsky, "with guessed IDs")
      charge.benign = ["a client that uses one port and whose queries the capture lost"]
      charge.references = ["CVE-2008-1447", "RFC 5452", "POPS (USENIX Security 2025)"]
      return charge
    }
  }
}

/// P2: answers with the right question to many ports, most of them closed.
enum PortSprayRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.guesswork.campaigns.filter { $0.aim == .ports }.map { campaign in
      var charge = CampaignCharge(campaign, investigation).charge(
        .portSpray, .volume, .kaminsky, "with guessed ports and IDs")
      charge.benign = ["a scan", "backscatter of queries that somebody sent in the host's name"]
      charge.references = ["CVE-2008-1447", "RFC 5452", "POPS (USENIX Security 2025)"]
      return charge
    }
  }
}

/// Answers for which no question was open, and that no lost query explains. What is left of stray answers is told once for
/// each host: backscatter of queries in its name, and answers later than any query is remembered.
enum UnsolicitedAnswerRule: CaseRule {
  /// Hosts that are told of.
  private static let limit = 100

  static func charges(_ investigation: Investigation) -> [Charge] {
    let attacks = investigation.guesswork.campaigns.filter { $0.aim == .nothingOpen }.map { campaign in
      var charge = CampaignCharge(campaign, investigation).charge(
        .unsolicitedAnswer, campaign.reasons.first?.family ?? .volume, .unsolicited, "that nobody asked for")
      charge.benign = ["backscatter of queries that somebody sent in the host's name"]
      charge.references = ["RFC 5452"]
      return charge
    }
    return attacks + strays(investigation)
  }

  /// Stray answers that are no attack, by host.
  private static func strays(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var order: [UInt32] = [], records: [UInt32: [Int]] = [:]
    for group in investigation.guesswork.others {
      let certain = group.records.filter { caseFile.records[$0].transaction == .unsolicited }
      guard certain.count >= Spray.notable else { continue }
      if records[group.client] == nil { order.append(group.client) }
      records[group.client, default: []] += certain
    }
    return order.prefix(limit).map { client in
      let found = (records[client] ?? []).sorted()
      var charge = Charge(
        .unsolicitedAnswer, .volume, .stands, .low, .low,
        "\(counted(found.count, "answer")) to \(caseFile.addresses[client]) without a query in the capture")
      (charge.records, charge.host) = (found, caseFile.addresses[client])
      charge.benign = [
        "the capture lost the queries", "the queries took another way",
        "backscatter of queries that somebody sent in the host's name",
        "answers of a server that was very slow",
      ]
      return charge
    }
  }
}
