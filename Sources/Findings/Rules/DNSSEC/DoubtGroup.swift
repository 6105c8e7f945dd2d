import Bytes
import DNSSEC
import DNSWire

/// Doubtful answers to one host, or to all, in one zone, of which one charge is made.
struct DoubtGroup {
  /// The host, when they went to one; the zone, and the answers.
  let host: UInt32?, zone: Name
  private(set) var doubts: [Doubt]

  /// Answers whose lines of arithmetic are written out.
  private static let lineLimit = 16

  /// The groups of doubts, in order of their first answers.
  /// - Parameter hosts: whether answers to different hosts are apart.
  static func groups(_ doubts: [Doubt], byHost hosts: Bool = true, _ caseFile: CaseFile) -> [DoubtGroup] {
    struct Key: Hashable {
      let host: UInt32?, zone: Name
    }
    var groups: [DoubtGroup] = [], places: [Key: Int] = [:]
    for doubt in doubts {
      let host = hosts ? caseFile.records[doubt.record].destination : nil
      let key = Key(host: host, zone: caseFile.judgement(doubt.record).zone)
      if let place = places[key] {
        groups[place].doubts.append(doubt)
      } else {
        places[key] = groups.count
        groups.append(DoubtGroup(host: key.host, zone: key.zone, doubts: [doubt]))
      }
    }
    return groups
  }

  /// The numbers of the answers.
  var records: [Int] { doubts.map(\.record) }
  /// Whether secure data stand against any of them.
  var isProven: Bool { doubts.contains(where: \.isProven) }

  /// `2 answers in zone. to host`.
  func subject(_ caseFile: CaseFile) -> String {
    let target = host.map { " to \(caseFile.addresses[$0])" } ?? ""
    return "\(counted(doubts.count, "answer")) in \(zone)\(target)"
  }

  /// A charge against all answers of the group, with what speaks against each.
  func charge(
    _ rule: Rule, _ standing: Charge.Standing, _ severity: Severity, _ confidence: Confidence,
    _ summary: String,
    kind: IncidentKind, _ caseFile: CaseFile
  ) -> Charge {
    var charge = Charge(rule, .crypto, standing, severity, confidence, summary)
    (charge.records, charge.kind, charge.zone) = (records, kind, zone)
    charge.genuine = Set(doubts.compactMap(\.rival)).sorted()
    charge.host = host.map { caseFile.addresses[$0] }
    charge.isProven = isProven
    charge.arithmetic = doubts.prefix(DoubtGroup.lineLimit).flatMap { lines($0, caseFile) }
    return charge
  }

  /// What speaks against one answer, family by family.
  private func lines(_ doubt: Doubt, _ caseFile: CaseFile) -> [(family: EvidenceFamily, text: String)] {
    let frame = caseFile.packet(doubt.record).number
    let verdict = caseFile.judgement(doubt.record).verdict
    let word =
      doubt.flaw == .older
      ? "verifies, with older RRSIGs than others for its question" : "is bogus: \(verdict.reason)"
    var lines: [(family: EvidenceFamily, text: String)] = [(.crypto, "frame \(frame) \(word)")]
    if let rival = doubt.rival ?? doubt.secure {
      lines.append(
        (
          .content,
          "frame \(frame) says \(caseFile.summary(doubt.record)), and frame \(caseFile.packet(rival).number) proves \(caseFile.summary(rival))"
        ))
    } else if let other = doubt.contradiction {
      lines.append(
        (
          .content,
          "frame \(other.frame) proves \(other.proven.joined(separator: ", ")), other than frame \(frame)"
        ))
    }
    if doubt.isServerSigning {
      lines.append(
        (
          .history,
          "\(caseFile.server(doubt.record)) signs for \(zone), also before and after frame \(frame)"
        ))
    }
    return lines
  }
}
