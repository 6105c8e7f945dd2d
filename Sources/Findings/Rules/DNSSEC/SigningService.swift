import DNSSEC
import DNSWire

/// Which servers sign for which zones, and when; and who said a thing first.
struct SigningService {
  /// A zone, whether answers deny, and the resolver that gave them; nil for those of servers with authority.
  private struct Kind: Hashable {
    let zone: Name, isDenial: Bool, resolver: UInt32?
  }
  /// A question and what was said to it.
  private struct Saying: Hashable {
    let question: UInt32, content: UInt32
  }

  /// Secure answers in a zone, in frame order, and the addresses that they came from: a server may have several. Those of
  /// a resolver are kept apart, because it goes on giving what its cache holds.
  private var secure: [Kind: [Int]] = [:], signers: [Kind: Set<UInt32>] = [:]
  /// The first response that says a thing; how often a server says it.
  private var first: [Saying: Int] = [:], counts: [Saying: [UInt32: Int]] = [:]
  /// Answers with authority and with recursion, by the number of the server's address.
  private var authority: [UInt32: Int] = [:], recursion: [UInt32: Int] = [:]
  private let caseFile: CaseFile, roles: Roles
  /// A zone that was signed within this of an answer, in nanoseconds, is signed still (catalogue, D2: the same minute).
  private static let minute: Int64 = 60_000_000_000

  /// Of the servers and zones of some responses, in one pass over all.
  init(_ investigation: Investigation, _ doubtful: [Int]) {
    (caseFile, roles) = (investigation.caseFile, investigation.roles)
    guard !doubtful.isEmpty else { return }
    let caseFile = caseFile
    let servers = Set(doubtful.map { caseFile.records[$0].source })
    let zones = Set(doubtful.map { caseFile.judgement($0).zone })
    let sayings = Set(doubtful.compactMap { SigningService.saying(caseFile.body($0)) })
    let isSigned = caseFile.judgements.map { $0.verdict.security == .secure && zones.contains($0.zone) }
    let isRepeated = caseFile.store.bodies.map { SigningService.saying($0).map(sayings.contains) ?? false }
    for (index, record) in caseFile.records.enumerated() where !record.traits.contains(.damaged) {
      if isRepeated[Int(record.body)] { noteSaying(index, record.source) }
      if servers.contains(record.source) {
        let flags = caseFile.body(of: record).flags
        if flags.ra { recursion[record.source, default: 0] += 1 }
        if flags.aa, !flags.ra { authority[record.source, default: 0] += 1 }
      }
      guard isSigned[Int(caseFile.numbers[index])],
        servers.contains(record.source) || roles.isAuthority(record.source)
      else { continue }
      let kind = kind(of: index)
      secure[kind, default: []].append(index)
      signers[kind, default: []].insert(record.source)
    }
  }

  /// Notes a response that says what a doubtful one says.
  private mutating func noteSaying(_ index: Int, _ server: UInt32) {
    guard let saying = SigningService.saying(caseFile.body(index)) else { return }
    if first[saying] == nil { first[saying] = index }
    counts[saying, default: [:]][server, default: 0] += 1
  }

  /// What a body says to its question.
  private static func saying(_ body: ResponseBody) -> Saying? {
    body.foldedQuestion.map { Saying(question: $0, content: body.content) }
  }

  /// The zone of a response, whether it denies, and its resolver.
  private func kind(of record: Int) -> Kind {
    let source = caseFile.records[record].source
    return Kind(
      zone: caseFile.judgement(record).zone, isDenial: caseFile.data(record).isEmpty,
      resolver: roles.isAuthority(source) ? nil : source)
  }

  /// Whether a server mostly answers with authority and without recursion.
  func isAuthority(_ server: UInt32) -> Bool { (authority[server] ?? 0) > (recursion[server] ?? 0) }

  /// Whether the same was said to the same question before, to whomever: hosts have several addresses.
  func isPassedOn(_ record: Int) -> Bool {
    SigningService.saying(caseFile.body(record)).flatMap { first[$0] }.map { $0 < record } ?? false
  }

  /// How often the server of a response said the same to its question.
  func repetitions(of record: Int) -> Int {
    SigningService.saying(caseFile.body(record)).flatMap { counts[$0]?[caseFile.records[record].source] } ?? 1
  }

  /// Whether the server of a response is one that signs for its zone, and the zone's servers gave secure answers before
  /// and after it, one of them within a minute.
  /// - Parameter onlyAlike: whether only answers of the same kind count: data, or denials.
  func signs(around record: Int, onlyAlike: Bool) -> Bool {
    let own = kind(of: record), server = caseFile.records[record].source
    let kinds =
      onlyAlike ? [own] : [own, Kind(zone: own.zone, isDenial: !own.isDenial, resolver: own.resolver)]
    guard kinds.contains(where: { signers[$0]?.contains(server) ?? false }) else { return false }
    let near = kinds.map { neighbours(of: record, secure[$0] ?? []) }
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
