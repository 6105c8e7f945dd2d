import DNSSEC
import DNSWire
import Transactions

/// D3: a referral to a query with DO with neither DS nor a proof that there is none, although a secure DS for that cut
/// is in the capture. Some servers leave the DS out and are asked for it next; that is silent. It is a downgrade when
/// what the child says to the same host is unsigned afterwards.
enum DSStrippedRule: CaseRule {
  /// A referral that lacks the DS, and what came next.
  private struct Naked {
    let record: Int, cut: Name
    var isRepaired = false, unsigned: [Int] = []
  }

  /// Referrals that are followed, and nanoseconds for which they are: a resolver asks on at once, and gives up within
  /// half a minute.
  private static let limit = 4_096, wait: Int64 = 30_000_000_000

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, cuts = nakedBodies(caseFile)
    guard !cuts.isEmpty else { return [] }
    let referrals = follow(naked(cuts, caseFile), caseFile)
    return referrals.filter { !$0.isRepaired }.map { charge($0, caseFile) }
  }

  /// The cuts of bodies that are referrals without DS and denial, where a DS RRset of that name was secure.
  private static func nakedBodies(_ caseFile: CaseFile) -> [UInt32: Name] {
    let store = caseFile.store.rrsets
    let naked = caseFile.facts.indices.filter { caseFile.facts[$0].marks.contains(.isNakedReferral) }
    guard !naked.isEmpty else { return [:] }
    let secure = secureCuts(caseFile)
    guard !secure.isEmpty else { return [:] }
    var cuts: [UInt32: Name] = [:]
    for place in naked {
      let body = UInt32(truncatingIfNeeded: place)
      let set = caseFile.answer(ofBody: body).rrsets.first { $0.section == .authority && $0.type == .ns }
      if let cut = set.map({ store.owner(of: $0.rrset) }), secure.contains(cut) { cuts[body] = cut }
    }
    return cuts
  }

  /// Names with a secure DS RRset in any response.
  private static func secureCuts(_ caseFile: CaseFile) -> Set<Name> {
    let store = caseFile.store.rrsets
    var seen = Array(repeating: false, count: caseFile.judgements.count), cuts: Set<Name> = []
    for index in caseFile.records.pass() where !seen[Int(caseFile.numbers[index])] {
      seen[Int(caseFile.numbers[index])] = true
      guard caseFile.facts(of: index).contains(.hasDS) else { continue }
      for (rrset, judged) in zip(caseFile.answer(index).rrsets, caseFile.judgement(index).rrsets)
      where rrset.type == .ds && judged.verdict.security == .secure {
        cuts.insert(store.owner(of: rrset.rrset))
      }
    }
    return cuts
  }

  /// The referrals with such bodies to queries with DO.
  private static func naked(_ cuts: [UInt32: Name], _ caseFile: CaseFile) -> [Naked] {
    var found: [Naked] = []
    for index in caseFile.pass {
      let record = caseFile.records[index]
      guard let cut = cuts[record.body], record.traits.contains(.queryDO),
        record.isWhole, record.isFirstHand
      else { continue }
      found.append(Naked(record: index, cut: cut))
      if found.count == limit { break }
    }
    return found
  }

  /// What came to the same hosts afterwards: the DS, or data of the child.
  private static func follow(_ referrals: [Naked], _ caseFile: CaseFile) -> [Naked] {
    var referrals = referrals, open: [UInt32: [Int]] = [:], next = 0
    guard let first = referrals.first?.record else { return [] }
    for index in caseFile.records.pass(over: first..<caseFile.responses.upperBound) {
      let record = caseFile.records[index]
      for place in open[record.destination] ?? [] { note(index, in: &referrals[place], caseFile) }
      open[record.destination]?.removeAll {
        caseFile.time(index).distance(from: caseFile.time(referrals[$0].record)) > wait
      }
      while next < referrals.count, referrals[next].record == index {
        open[record.destination, default: []].append(next)
        next += 1
      }
    }
    return referrals
  }

  /// Notes what a later response to the same host tells.
  private static func note(_ index: Int, in referral: inout Naked, _ caseFile: CaseFile) {
    guard let question = caseFile.question(index), question.name.isSubdomain(of: referral.cut) else { return }
    let answer = caseFile.answer(index)
    if answer.rrsets.contains(where: {
      $0.type == .ds && caseFile.store.rrsets.owner(of: $0.rrset) == referral.cut
    }) {
      referral.isRepaired = true
    }
    let isSigned = answer.rrsets.contains { !$0.signatures.isEmpty }
    if caseFile.records[index].traits.contains(.queryDO), !isSigned, !caseFile.data(index).isEmpty,
      caseFile.word(index) == .bogus, referral.unsigned.count < 8
    {
      referral.unsigned.append(index)
    }
  }

  /// The charge of a referral.
  private static func charge(_ referral: Naked, _ caseFile: CaseFile) -> Charge {
    let isServed = !referral.unsigned.isEmpty, server = caseFile.server(referral.record)
    let tail = isServed ? ", and what the child says afterwards is unsigned" : ""
    var charge = Charge(
      .dsStripped, .crypto, isServed ? .accuses : .supports, isServed ? .medium : .low,
      isServed ? .medium : .low,
      "the referral to \(referral.cut) from \(server) has neither DS nor proof that there is none, and a secure DS is elsewhere\(tail)"
    )
    charge.records = [referral.record] + referral.unsigned
    charge.kind = .downgrade
    charge.zone = referral.cut
    charge.benign = [
      "a server that leaves the DS out of referrals and is asked for it next",
      "a referral that was cut short",
    ]
    charge.references = ["RFC 4035 §3.1.4", "RFC 8914 §4.13"]
    return charge
  }
}
