import DNSSEC
import DNSWire
import Transactions

/// All bogus answers of a part of a run, each with what shows whether it was forged.
struct Doubts {
  /// In frame order.
  private(set) var all: [Doubt] = []
  /// Unowned, because it holds these doubts: each would keep the other, and all that both know, for good.
  private unowned let investigation: Investigation
  private var borrowed: BorrowedSignatures
  private var caseFile: CaseFile { investigation.caseFile }

  /// Bogus answers that are looked at one by one: an attacker who forges more has been caught.
  private static let limit = 65_536

  /// What is asked of the proofs once for each kind of bogus answer to a question.
  private struct Proof {
    var contradiction: Contradiction?, secure: Int?
  }

  /// Looks at all bogus answers.
  init(_ investigation: Investigation) {
    self.investigation = investigation
    let caseFile = investigation.caseFile
    borrowed = BorrowedSignatures(caseFile, [])
    // Who errs in the response code alone deceives nobody.
    let isBogus = caseFile.judgements.map { $0.verdict.security == .bogus && !$0.verdict.errsInCodeAlone }
    guard isBogus.contains(true) else { return }
    let candidates = caseFile.pass.lazy.filter { index in
      let record = caseFile.records[index]
      return isBogus[Int(caseFile.numbers[index])] && Doubts.isWhole(record)
    }.prefix(Doubts.limit)
    var proofs: [UInt32: Proof] = [:]
    all = candidates.map { doubt($0, &proofs) }
    borrowed = BorrowedSignatures(caseFile, with(.badSignature).map(\.record))
    let service = SigningService(investigation, all.map(\.record))
    for index in all.indices {
      let record = all[index].record
      all[index].isFromAuthority = service.isAuthority(caseFile.records[record].source)
      all[index].isServerSigning = service.signs(around: record, onlyAlike: false)
      all[index].isServerSigningAlike = service.signs(around: record, onlyAlike: true)
      all[index].repetitions = service.repetitions(of: record)
      all[index].isPassedOn = !all[index].isFromAuthority && service.isPassedOn(record)
    }
  }

  /// Whether an answer has genuine RRSIGs that ran out, or those of another name.
  func isReplay(_ doubt: Doubt) -> Bool {
    if doubt.flaw == .expired { return true }
    return doubt.flaw == .badSignature && (borrowed.has(doubt.record) || hasZoneFields(doubt))
  }

  /// Whether a failing RRSIG has all that the genuine one for that name has but the signature: it is of the same run of
  /// the signer, over other data.
  private func hasZoneFields(_ doubt: Doubt) -> Bool {
    guard let genuine = doubt.rival ?? doubt.secure else { return false }
    let known = Set(caseFile.data(genuine).flatMap(\.signatures)), store = caseFile.store.rrsets
    let fields = known.compactMap { store.fields(of: $0) }
    return caseFile.data(doubt.record).contains { rrset in
      rrset.signatures.contains { id in
        guard !known.contains(id), let own = store.fields(of: id) else { return false }
        return fields.contains {
          ($0.signer, $0.keyTag, $0.algorithm, $0.inception, $0.signatureLength)
            == (own.signer, own.keyTag, own.algorithm, own.inception, own.signatureLength)
        }
      }
    }
  }

  /// Those of the flaws given.
  func with(_ flaws: Doubt.Flaw...) -> [Doubt] { all.filter { flaws.contains($0.flaw) } }

  /// Whether a response came as its server sent it, or as a forger did, and could be taken.
  private static func isWhole(_ record: ResponseRecord) -> Bool {
    record.isWhole && record.isFirstHand
      && [.answered, .conflicting, .duplicate, .late].contains(record.transaction)
  }

  /// A bogus answer with its rival and what is proven elsewhere.
  private func doubt(_ record: Int, _ proofs: inout [UInt32: Proof]) -> Doubt {
    let body = caseFile.body(record)
    let flaw = Doubt.Flaw(
      caseFile.judgement(record), caseFile.answer(record), caseFile.question(record), caseFile.store.rrsets)
    var doubt = Doubt(record: record, flaw: flaw)
    let response = caseFile.records[record]
    doubt.mayBeOfQueryWithoutEDNS =
      body.edns == nil && (response.transaction == .duplicate || response.match.contains(.resent))
    if let race = investigation.race(of: record), race.forged.contains(record) {
      doubt.rival = race.sides.first { $0.best == .secure && $0.content != body.content }?.records.first
    }
    let number = caseFile.numbers[record]
    let proof = proofs[number] ?? proof(record)
    proofs[number] = proof
    (doubt.contradiction, doubt.secure) = (proof.contradiction, proof.secure)
    return doubt
  }

  /// The secure data that a response stands against. What filters, translators and content networks honestly do is none.
  private func proof(_ record: Int) -> Proof {
    let found = caseFile.contradiction(record)
    let isHonest = found.map { $0.cause != nil || $0.varies || $0.subnetsDiffer } ?? false
    guard !isHonest else { return Proof() }
    let other = caseFile.secureAnswer(record).flatMap { other in
      caseFile.body(other).content == caseFile.body(record).content ? nil : other
    }
    return Proof(contradiction: found, secure: other)
  }
}
