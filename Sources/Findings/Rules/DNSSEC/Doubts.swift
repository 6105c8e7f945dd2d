import DNSSEC
import DNSWire
import Transactions

/// All bogus answers of a part of a run, each with what shows whether it was forged.
struct Doubts {
  /// In frame order.
  private(set) var all: [Doubt] = []
  private let investigation: Investigation
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
    let isBogus = caseFile.judgements.map { $0.verdict.security == .bogus }
    guard isBogus.contains(true) else { return }
    let candidates = caseFile.responses.lazy.filter { index in
      let record = caseFile.records[index]
      return isBogus[Int(caseFile.numbers[index])] && Doubts.isWhole(record)
    }.prefix(Doubts.limit)
    var proofs: [UInt32: Proof] = [:]
    all = candidates.map { doubt($0, &proofs) }
    borrowed = BorrowedSignatures(caseFile, with(.badSignature).map(\.record))
    let service = SigningService(caseFile, all.map(\.record))
    for index in all.indices {
      let record = all[index].record
      all[index].isFromAuthority = service.isAuthority(caseFile.records[record].source)
      all[index].isServerSigning = service.signs(around: record, denials: [true, false])
      all[index].isServerSigningAlike = service.signs(
        around: record, denials: [SigningService.isDenial(caseFile.body(record), caseFile)])
      all[index].repetitions = service.repetitions(of: record)
      all[index].isPassedOn = !all[index].isFromAuthority && service.isPassedOn(record)
    }
  }

  /// Whether an answer has genuine RRSIGs that ran out, or those of another name.
  func isReplay(_ doubt: Doubt) -> Bool {
    doubt.flaw == .expired || (doubt.flaw == .badSignature && borrowed.has(doubt.record))
  }

  /// Those of the flaws given.
  func with(_ flaws: Doubt.Flaw...) -> [Doubt] { all.filter { flaws.contains($0.flaw) } }

  /// Whether a response came as its server sent it, or as a forger did, and could be taken.
  private static func isWhole(_ record: ResponseRecord) -> Bool {
    record.traits.isDisjoint(with: [.cut, .damaged]) && record.match.isDisjoint(with: [.mirrorCopy, .unsure])
      && [.answered, .conflicting, .duplicate, .late].contains(record.transaction)
  }

  /// A bogus answer with its rival and what is proven elsewhere.
  private func doubt(_ record: Int, _ proofs: inout [UInt32: Proof]) -> Doubt {
    let body = caseFile.body(record)
    let flaw = Doubt.Flaw(
      caseFile.judgement(record), caseFile.answer(record), caseFile.question(record), caseFile.store.rrsets)
    var doubt = Doubt(record: record, flaw: flaw)
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

/// Which servers sign for which zones, and when.
private struct SigningService {
  /// A server and a zone, and whether answers deny.
  private struct Key: Hashable {
    let server: UInt32, zone: Name, isDenial: Bool
  }
  /// A question and what was said to it.
  private struct Saying: Hashable {
    let question: UInt32, content: UInt32
  }

  /// Secure answers of a server in a zone, in frame order; the first response that says a thing.
  private var secure: [Key: [Int]] = [:], first: [Saying: Int] = [:]
  /// How often a server says a thing.
  private var counts: [Saying: [UInt32: Int]] = [:]
  /// Answers with authority and with recursion, by the number of the server's address.
  private var authority: [UInt32: Int] = [:], recursion: [UInt32: Int] = [:]
  private let caseFile: CaseFile
  /// A server that signed within this of an answer, in nanoseconds, signs still (catalogue, D2: the same minute).
  private static let minute: Int64 = 60_000_000_000

  /// Of the servers of some responses, in one pass over all.
  init(_ caseFile: CaseFile, _ doubtful: [Int]) {
    self.caseFile = caseFile
    var servers = Set<UInt32>(), sayings = Set<Saying>(), zones = Set<Name>()
    for index in doubtful {
      servers.insert(caseFile.records[index].source)
      zones.insert(caseFile.judgement(index).zone)
      if let saying = SigningService.saying(caseFile.body(index)) { sayings.insert(saying) }
    }
    guard !servers.isEmpty else { return }
    let isSigned = caseFile.judgements.map { $0.verdict.security == .secure && zones.contains($0.zone) }
    let isRepeated = caseFile.store.bodies.map { SigningService.saying($0).map(sayings.contains) ?? false }
    for (index, record) in caseFile.records.enumerated() {
      let isServer = servers.contains(record.source)
      guard isServer || isRepeated[Int(record.body)], !record.traits.contains(.damaged) else { continue }
      let body = caseFile.store.body(record.bodyID)
      if isRepeated[Int(record.body)], let saying = SigningService.saying(body) {
        if first[saying] == nil { first[saying] = index }
        if isServer { counts[saying, default: [:]][record.source, default: 0] += 1 }
      }
      guard isServer else { continue }
      if body.flags.ra {
        recursion[record.source, default: 0] += 1
      } else if body.flags.aa {
        authority[record.source, default: 0] += 1
      }
      let number = Int(caseFile.numbers[index])
      if isSigned[number] {
        let isDenial = SigningService.isDenial(body, caseFile)
        let key = Key(server: record.source, zone: caseFile.judgements[number].zone, isDenial: isDenial)
        secure[key, default: []].append(index)
      }
    }
  }

  /// What a body says to its question.
  private static func saying(_ body: ResponseBody) -> Saying? {
    body.foldedQuestion.map { Saying(question: $0, content: body.content) }
  }

  /// Whether a server mostly answers with authority and without recursion.
  func isAuthority(_ server: UInt32) -> Bool { (authority[server] ?? 0) > (recursion[server] ?? 0) }

  /// Whether the same was said to the same question before, to whomever: hosts have several addresses.
  func isPassedOn(_ record: Int) -> Bool {
    SigningService.saying(caseFile.body(record)).flatMap { first[$0] }.map { $0 < record } ?? false
  }

  /// Whether a body has no data in its answer section.
  static func isDenial(_ body: ResponseBody, _ caseFile: CaseFile) -> Bool {
    !caseFile.store.answers.answer(body.answer).rrsets.contains { $0.section == .answer && $0.type != .rrsig }
  }

  /// How often the server of a response said the same to its question.
  func repetitions(of record: Int) -> Int {
    SigningService.saying(caseFile.body(record)).flatMap { counts[$0]?[caseFile.records[record].source] } ?? 1
  }

  /// Whether the server of a response gave secure answers in its zone before and after it, one of them within a minute.
  func signs(around record: Int, denials: [Bool]) -> Bool {
    let source = caseFile.records[record].source, zone = caseFile.judgement(record).zone
    let near = denials.map {
      neighbours(of: record, secure[Key(server: source, zone: zone, isDenial: $0)] ?? [])
    }
    guard let before = near.compactMap(\.before).max(), let after = near.compactMap(\.after).min() else {
      return false
    }
    let time = caseFile.time(record)
    return time.distance(from: caseFile.time(before)) <= SigningService.minute
      || caseFile.time(after).distance(from: time) <= SigningService.minute
  }

  /// The last response of a list before another one, and the first after it.
  private func neighbours(of record: Int, _ list: [Int]) -> (before: Int?, after: Int?) {
    var low = 0, high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < record { low = middle + 1 } else { high = middle }
    }
    return (low > 0 ? list[low - 1] : nil, low < list.count ? list[low] : nil)
  }
}
