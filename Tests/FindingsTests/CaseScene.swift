import Bytes
@testable import DNSSEC
import DNSWire
@testable import Findings
import Packets
import TestSupport
import Testing

@testable import Transactions

/// A case in the making: responses as a test describes them, matched to queries as it says.
struct CaseScene {
  /// A response; records are lines as in a zone file, `OWNER TTL TYPE RDATA`.
  struct Response {
    /// Name and type asked; nil with QDCOUNT 0.
    var question: String?
    /// The records of the three sections.
    var answer: [String] = [], authority: [String] = [], additional: [String] = []
    /// Flags beside QR, and the response code.
    var isAuthoritative = true, isRecursive = false, rcode = ResponseCode.noError
    /// Whether it has EDNS.
    var hasEDNS = true
    /// Who sent it to whom, from and to which port, and when in seconds.
    var server = CaseScene.server, client = CaseScene.resolver, port: UInt16 = 4_242, seconds = 0.0
    /// Its ID, and how it fits to a query.
    var id: UInt16 = 7, transaction = TransactionStatus.answered, match: MatchTraits = [.queryHadEDNS]
    /// Transport, facts, link and IP header, round trip in microseconds.
    var traits = ResponseTraits(.udp), network = NetworkTraits(ipTTL: 57), trip: UInt32 = 20_000
    /// The number of the conflict that it is in, and the word of DNSSEC.
    var conflict: Int?, word = SecurityStatus.indeterminate
  }

  /// A server and a resolver that tests use unless they say otherwise.
  static let server = "198.51.100.1", resolver = "192.0.2.53"
  /// What limits conclusions; the sprays; what was seen beside messages.
  var quality = CaptureQuality(), sprays: [Spray] = [], witness = PacketWitness()

  private var records = RecordStore(), addresses = AddressBook(), store = ResponseStore()
  private var conflicts: [Int: Int] = [:], words: [SecurityStatus] = []

  /// Adds a response, in order of time.
  /// - Returns: its number.
  @discardableResult
  mutating func add(_ response: Response) -> Int {
    let message = bytes(response), index = records.count
    guard let view = try? MessageView(message.span) else { preconditionFailure("no message") }
    let (id, _) = store.intern(view)
    var record = ResponseRecord(
      time: 1_700_000_000_000_000_000 + Int64(response.seconds * 1e9), frame: UInt32(index + 1),
      id: response.id,
      traits: response.traits, source: addresses.number(CaseScene.address(response.server)),
      destination: addresses.number(CaseScene.address(response.client)), sourcePort: 53,
      destinationPort: response.port, body: id.rawValue, network: response.network)
    record.transaction = response.transaction
    record.match = response.match
    if response.transaction == .answered { record.rttMicroseconds = response.trip }
    if let conflict = response.conflict {
      conflicts[index] = conflict
      record.traits.insert(.conflicting)
    }
    records.append(record)
    words.append(response.word)
    return index
  }

  /// Adds an answer of an authority, or of a resolver, that is like most.
  /// - Parameter change: what is different about it.
  @discardableResult
  mutating func answer(
    _ question: String, _ answer: [String], at seconds: Double, _ change: (inout Response) -> Void = { _ in }
  ) -> Int {
    var response = Response(question: question, answer: answer, seconds: seconds)
    change(&response)
    return add(response)
  }

  /// Adds a referral.
  @discardableResult
  mutating func referral(
    _ question: String, _ authority: [String], _ additional: [String], at seconds: Double,
    _ change: (inout Response) -> Void = { _ in }
  ) -> Int {
    var response = Response(
      question: question, authority: authority, additional: additional, seconds: seconds)
    response.isAuthoritative = false
    change(&response)
    return add(response)
  }

  /// The case.
  func caseFile() -> CaseFile {
    let judgements = words.map {
      ResponseJudgement(
        verdict: Verdict($0, "as the test says"), rrsets: [], zone: domainName("."), unsigned: nil)
    }
    let traffic = Traffic(
      records: records, responses: 0..<records.count, addresses: addresses, store: store)
    return CaseFile(
      Survey(traffic), conflicts: conflicts,
      fragmentFrames: [:], numbers: records.indices.map { UInt32($0) }, judgements: judgements,
      sprays: sprays,
      study: TrafficStudy(), witness: witness, quality: quality, severalFiles: false, inputs: RecordInputs(),
      proofs: NoProofs())
  }

  /// What a rule charges.
  func charges(_ rule: any CaseRule.Type) -> [Charge] { rule.charges(Investigation(caseFile())) }

  /// The address of a text; the test stops when it is none.
  static func address(_ text: String) -> IPAddress {
    guard let address = IPAddress(bytes: CaseRecord.addressBytes(text).span) else {
      preconditionFailure("not an address: \(text)")
    }
    return address
  }

  /// The message of a response.
  private func bytes(_ response: Response) -> [UInt8] {
    var flags: UInt16 = 0x8000 | response.rcode.rawValue & 15
    if response.isAuthoritative { flags |= 0x0400 }
    if response.isRecursive { flags |= 0x0180 }
    var builder = MessageBuilder(id: response.id, flags: flags)
    if let question = response.question {
      let fields = question.split(separator: " ")
      builder.addQuestion(wire(String(fields[0])), CaseRecord.type(fields[1]))
    }
    for (section, lines) in [
      (Section.answer, response.answer), (.authority, response.authority), (.additional, response.additional),
    ] {
      for line in lines.map(CaseRecord.init) {
        builder.addRecord(line.owner.wire, line.type, in: section, ttl: line.ttl, rdata: line.rdata)
      }
    }
    if response.hasEDNS {
      builder.addRecord([0], .opt, RecordClass(rawValue: 1_232), in: .additional, ttl: 0, rdata: [])
    }
    return builder.bytes
  }
}

/// A record in the words of a zone file.
private struct CaseRecord {
  let owner: Name, type: RecordType, ttl: UInt32, rdata: [UInt8]

  /// Of a line `OWNER TTL TYPE RDATA`; the test stops when it is none.
  init(_ line: String) {
    let fields = line.split(separator: " ")
    guard fields.count >= 4, let ttl = UInt32(fields[1]) else { preconditionFailure("not a record: \(line)") }
    (owner, type, self.ttl) = (domainName(String(fields[0])), CaseRecord.type(fields[2]), ttl)
    rdata = CaseRecord.rdata(type, fields[3...].map(String.init))
  }

  /// The type of a mnemonic.
  static func type(_ mnemonic: Substring) -> RecordType {
    guard let type = RecordType(mnemonic: mnemonic) else { preconditionFailure("not a type: \(mnemonic)") }
    return type
  }

  /// The RDATA of the types that these tests use; a SOA is written as its serial alone.
  private static func rdata(_ type: RecordType, _ fields: [String]) -> [UInt8] {
    switch type {
    case .a, .aaaa: addressBytes(fields[0])
    case .soa: ZoneRData.soa(domainName("zone."), serial: UInt32(fields[0]) ?? 0)
    case .mx: ZoneRData.mx(UInt16(fields[0]) ?? 0, domainName(fields[1]))
    case .txt: ZoneRData.txt(fields[0])
    case .rrsig: signature(covering: Self.type(fields[0][...]), signer: domainName(fields[1]))
    default: ZoneRData.name(domainName(fields[0]))
    }
  }

  /// An RRSIG that says no more than what it covers and who signed (RFC 4034 §3.1).
  private static func signature(covering type: RecordType, signer: Name) -> [UInt8] {
    octets(type.rawValue) + [13, 2] + [UInt8](repeating: 0, count: 14) + signer.wire
      + [UInt8](repeating: 1, count: 64)
  }

  /// The octets of an address of either family; of IPv6 with at most one `::`.
  static func addressBytes(_ text: String) -> [UInt8] {
    guard text.contains(":") else { return text.split(separator: ".").compactMap { UInt8($0) } }
    let halves = text.replacing("::", with: "|").split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.split(separator: ":").compactMap { UInt16($0, radix: 16) }.flatMap { octets($0) } }
    guard halves.count == 2 else { return halves.flatMap { $0 } }
    return halves[0] + [UInt8](repeating: 0, count: 16 - halves[0].count - halves[1].count) + halves[1]
  }
}

/// A capture that proves nothing.
private struct NoProofs: ProofSource {
  func corroboration(_ record: Int) -> Int? { nil }
  func contradiction(_ record: Int) -> Contradiction? { nil }
  func secureAnswer(_ record: Int) -> Int? { nil }
}
