import DNSSEC
import DNSWire
import Packets

/// RRsets of one response body that have nothing to do with its question (RFC 2181 §5.4.1): no name on the way from the
/// question to its answer owns them, and nothing that does names their owner.
struct ForeignData {
  /// RRsets that nothing connects with the question.
  private(set) var strangers: [AnswerRRset] = []
  /// Addresses of servers and hosts that the answer names, in zones of their own.
  private(set) var companions: [AnswerRRset] = []
  /// The question's name, the names that it leads to, and the names that records of the answer name.
  private var chain: [Name], referenced: Set<Name> = []
  /// Below the last so many labels of a question nothing is foreign: who serves one name below a registry's zone may well
  /// serve all.
  private static let homeLabels = 2

  /// Aliases that are followed, as many as resolvers follow (11 in Unbound, 16 in BIND).
  private static let aliasLimit = 16

  /// Looks at a body; nil when it holds nothing foreign.
  init?(_ body: ResponseBody, _ question: CanonicalQuestion, _ store: ResponseStore) {
    let rrsets = store.answers.answer(body.answer).rrsets
    guard !body.isMalformed, !body.isTransfer else { return nil }
    chain = [question.name]
    let home = question.name.suffix(labels: ForeignData.homeLabels).wire
    let away = rrsets.filter {
      let rrset = store.rrsets.rrset($0.rrset)
      return !ForeignData.isBelow(home.span, rrset.ownerWire)
    }
    guard !away.isEmpty else { return nil }
    followAliases(rrsets, store.rrsets)
    for rrset in rrsets { note(rrset, store.rrsets) }
    for rrset in away { sort(rrset, store.rrsets) }
    if strangers.isEmpty && companions.isEmpty { return nil }
  }

  /// Whether all RRsets of a body are near the name of its question, or such as are never foreign: seen without making
  /// names, since most bodies are so.
  static func isHome(_ answer: Answer, _ question: UInt32, _ store: ResponseStore) -> Bool {
    let wire = store.questions.wire(question), name = wire.extracting(0..<(wire.count - 4)),
      rrsets = answer.rrsets
    var starts: (Int, Int) = (0, 0), offset = 0
    while offset < name.count, name[offset] != 0 {
      starts = (starts.1, offset)
      offset += Int(name[offset]) + 1
    }
    let home = name.extracting(min(starts.0, name.count)..<name.count)
    for index in rrsets.indices {
      let rrset = store.rrsets.rrset(rrsets.id(index))
      if isBelow(home, rrset.ownerWire) { continue }
      switch Place(rrsets.section(index), rrsets.type(index)) {
      case .apex where isBelow(rrset.ownerWire, name): continue
      case .none: continue
      default: return false
      }
    }
    return true
  }

  /// Where an RRset stands, as far as it can be foreign there.
  private enum Place {
    /// It belongs to a zone, or is told of one; is in the answer; tells more of what is named elsewhere; is something else.
    case apex, answer, more, none

    /// Of a section and a type.
    init(_ section: Section, _ type: RecordType) {
      let isAddress = type == .a || type == .aaaa
      switch section {
      case _ where type == .opt || type == .rrsig: self = .none
      case .answer: self = type == .dname ? .apex : .answer
      case .authority: self = isAddress || type == .ns || type == .soa ? .apex : .none
      case .additional: self = isAddress || type == .ns || type == .cname ? .more : .none
      }
    }
  }

  /// Whether a name in wire form is another one or below it: without making names of them, since most are.
  private static func isBelow(_ ancestor: Span<UInt8>, _ name: Span<UInt8>) -> Bool {
    var offset = 0
    while name.count - offset > ancestor.count { offset += Int(name[offset]) + 1 }
    guard name.count - offset == ancestor.count else { return false }
    return equalBytes(name.extracting(offset..<name.count), ancestor)
  }

  /// Follows CNAME (RFC 1034 §3.6.2) and DNAME (RFC 6672) records from the question.
  private mutating func followAliases(_ rrsets: AnswerRRsets, _ store: RRsetStore) {
    let aliases = rrsets.filter { $0.section == .answer && ($0.type == .cname || $0.type == .dname) }
    for _ in aliases.prefix(ForeignData.aliasLimit) {
      for alias in aliases {
        let owner = store.owner(of: alias.rrset)
        guard let target = store.records(of: alias.rrset).first.flatMap({ Name(wire: $0) }) else { continue }
        if alias.type == .cname, chain.contains(owner), !chain.contains(target) { chain.append(target) }
        if alias.type == .dname, chain.contains(where: { $0.isSubdomain(of: owner) }), !chain.contains(target)
        {
          chain.append(target)
        }
      }
    }
  }

  /// Notes the names that a record names.
  private mutating func note(_ rrset: AnswerRRset, _ store: RRsetStore) {
    guard let lead = ForeignData.leads[rrset.type.rawValue] else { return }
    for rdata in store.records(of: rrset.rrset) {
      if let name = ForeignData.name(in: rdata, at: lead) { referenced.insert(name) }
    }
  }

  /// Decides what an RRset is.
  private mutating func sort(_ rrset: AnswerRRset, _ store: RRsetStore) {
    switch Place(rrset.section, rrset.type) {
    case .apex:
      let owner = store.owner(of: rrset.rrset)
      if !chain.contains(where: { $0.isSubdomain(of: owner) }) { strangers.append(rrset) }
    case .answer:
      let owner = store.owner(of: rrset.rrset)
      if !chain.contains(where: { $0 == owner || ($0.isSubdomain(of: owner) && rrset.type == .cname) }) {
        strangers.append(rrset)
      }
    case .more:
      let owner = store.owner(of: rrset.rrset)
      guard !chain.contains(owner) else { return }
      if referenced.contains(owner) { companions.append(rrset) } else { strangers.append(rrset) }
    case .none: return
    }
  }

  /// Octets in front of the name in RDATA of types that name hosts: RFC 1035 §3.3, 1183, 2230, 2782, 9460.
  private static let leads: [UInt16: Int] = [
    2: 0, 5: 0, 12: 0, 15: 2, 18: 2, 21: 2, 33: 6, 36: 2, 39: 0, 64: 2, 65: 2,
  ]

  /// The name at an offset of RDATA without compression; nil where there is none.
  private static func name(in rdata: [UInt8], at start: Int) -> Name? {
    var end = start
    while end < rdata.count, rdata[end] != 0 { end += Int(rdata[end]) + 1 }
    guard end < rdata.count else { return nil }
    return Name(wire: Array(rdata[start...end]))
  }
}

/// Bodies with foreign data, each looked at when the first response with it comes.
struct ForeignBodies {
  /// The data of these bodies.
  private(set) var foreign: [ForeignData] = []
  /// By the number of a body its place in `foreign`, or one of the two words below.
  private var places: [UInt32]
  private let caseFile: CaseFile
  /// Of a body that was not met, and of one with nothing foreign in it.
  private static let unmet = UInt32.max, home = UInt32.max - 1
  /// Bodies whose foreign data are looked at, the first ones of a run: what an attacker sends, not what he floods with.
  private static let limit = 65_536

  /// None met.
  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    places = Array(repeating: ForeignBodies.unmet, count: caseFile.facts.count)
  }

  /// Whether a body was not met, or has foreign data.
  @inline(__always)
  func mayBeForeign(_ body: UInt32) -> Bool { places[Int(body)] != ForeignBodies.home }

  /// The place of a body's foreign data; nil where there are none.
  mutating func place(of body: UInt32) -> Int? {
    if places[Int(body)] == ForeignBodies.unmet {
      places[Int(body)] = ForeignBodies.home
      if let data = look(at: body) {
        places[Int(body)] = UInt32(truncatingIfNeeded: foreign.count)
        foreign.append(data)
      }
    }
    return mayBeForeign(body) ? Int(places[Int(body)]) : nil
  }

  /// Looks at a body.
  private func look(at body: UInt32) -> ForeignData? {
    let question = caseFile.facts[Int(body)].question
    guard foreign.count < ForeignBodies.limit, question != BodyFacts.noQuestion,
      !ForeignData.isHome(caseFile.answer(ofBody: body), question, caseFile.store)
    else { return nil }
    return ForeignData(
      caseFile.store.body(BodyID(rawValue: body)), caseFile.question(number: question), caseFile.store)
  }
}
