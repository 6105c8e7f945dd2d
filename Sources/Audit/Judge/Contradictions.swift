import Bytes
import DNSSEC
import DNSWire
import Findings

/// Where an answer without proof stands against what the capture proves.
extension Corroborator {
  /// Records of each side that are shown.
  private static let dataLimit = 8

  /// The contradiction of a response; nil for one with a proof of its own, one that is not whole, and one that says
  /// nothing else than what is proven.
  func contradiction(_ record: Int, serverEDE: [UInt16], severalFiles: Bool) -> Contradiction? {
    guard lacksProof(pass.judgement(record)) else { return nil }
    let response = compared(record), traits = collector.records[record].traits
    guard response.body.rcode == .noError || response.body.rcode == .nxDomain,
      !response.body.flags.tc, !response.body.isMalformed, !traits.contains(.cut), !traits.contains(.damaged),
      let (kind, rrset, proof, proven, total) = difference(response)
    else { return nil }
    let store = collector.store.rrsets, question = response.body.foldedQuestion.map { pass.question($0) }
    let shown = rrset.map { [$0] } ?? response.data.map(\.rrset)
    guard let name = rrset.map({ store.owner(of: $0) }) ?? question?.name,
      let type = rrset.map({ store.type(of: $0) }) ?? question?.type
    else { return nil }
    return Contradiction(
      kind, name: name, type: type, shown: texts(shown, response.body), proven: proven,
      frame: Int(collector.records[proof].frame), file: severalFiles ? collector.inputs.file(of: proof) : nil,
      varies: total > 1, subnetsDiffer: subnet(response.body) != subnet(compared(proof).body),
      cause: cause(response, serverEDE))
  }

  /// Whether an answer has nothing that proves it; what was stripped of its proof has none either.
  private func lacksProof(_ judgement: ResponseJudgement) -> Bool {
    if judgement.unsigned != nil { return true }
    let ede = judgement.verdict.ede.flatMap { ExtendedErrorCode(rawValue: $0) }
    return judgement.verdict.security == .bogus && (ede == .rrsigsMissing || ede == .nsecMissing)
  }

  private typealias Difference = (
    kind: Contradiction.Kind, rrset: RRsetID?, proof: Int, proven: [String], total: Int
  )

  /// The first thing in which a response differs from what is proven.
  private func difference(_ response: Compared) -> Difference? {
    let store = collector.store.rrsets
    let rrsets = response.answer.rrsets
    for place in rrsets.indices where rrsets.section(place) == .answer {
      let id = rrsets.id(place), type = rrsets.type(place), view = store.rrset(id)
      guard type != .rrsig, view.recordClass == .in else { continue }
      let versions = versions(view.ownerWire, type, with: response.record)
      guard let proof = versions.proofs.first, !versions.rrsets.contains(id) else { continue }
      return (.otherData, id, proof, texts(versions.rrsets, compared(proof).body), versions.total)
    }
    guard let number = response.body.foldedQuestion else { return nil }
    let question = pass.question(number)
    if response.isDenial {
      let versions = versions(question.name.wire.span, question.type, with: response.record)
      guard let proof = versions.proofs.first else { return nil }
      return (.denied, nil, proof, texts(versions.rrsets, compared(proof).body), versions.total)
    }
    guard let proof = secureAnswer(response), compared(proof).isDenial,
      let rrset = response.data.first(where: { store.owner(of: $0.rrset) == question.name })
    else { return nil }
    return (.invented, rrset.rrset, proof, [compared(proof).body.rcode.mnemonic], 0)
  }

  /// The records of RRsets for people; the response code where there are none.
  private func texts(_ rrsets: [RRsetID], _ body: ResponseBody) -> [String] {
    let store = collector.store.rrsets
    var found: [String] = []
    for id in rrsets where found.count < Corroborator.dataLimit {
      let type = store.type(of: id), recordClass = store.recordClass(of: id)
      for rdata in store.records(of: id) where found.count < Corroborator.dataLimit {
        found.append("\(store.owner(of: id)) \(type.mnemonic) \(presentation(of: rdata, type, recordClass))")
      }
    }
    return found.isEmpty ? [body.rcode.mnemonic] : found
  }

  /// The client subnet option of a response (RFC 7871 §6): its data.
  private func subnet(_ body: ResponseBody) -> [UInt8]? {
    body.edns.flatMap { EDNSOptions(collector.store.opt($0)).first { $0.code == 8 }?.data }
  }

  /// A usual reason that the data or the server's words look like.
  private func cause(_ response: Compared, _ serverEDE: [UInt16]) -> Contradiction.Cause? {
    // Forged Answer, Blocked, Censored, Filtered, Prohibited (RFC 8914 §4.5, §4.16 to §4.19).
    if !Set(serverEDE).isDisjoint(with: [4, 15, 16, 17, 18]) { return .filtered }
    let store = collector.store.rrsets
    let addresses = response.data.filter { $0.type == .a || $0.type == .aaaa }.flatMap {
      store.records(of: $0.rrset)
    }
    guard !addresses.isEmpty else { return nil }
    if addresses.allSatisfy({ $0.count == 16 && isDNS64($0) }) { return .dns64 }
    return addresses.allSatisfy(leadsNowhere) ? .filtered : nil
  }

  /// Whether an address is the unspecified one or one of the host itself (RFC 6890): what filters answer with.
  private func leadsNowhere(_ address: [UInt8]) -> Bool {
    if address.count == 4 { return address[0] == 127 || address == [0, 0, 0, 0] }
    return address.dropLast().allSatisfy { $0 == 0 } && (address.last ?? 2) <= 1
  }
}
