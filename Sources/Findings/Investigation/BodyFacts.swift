import DNSWire

/// What passes over all responses ask of each body, from one walk over its RRsets: 20 bytes, so that the facts of the
/// bodies of a run stay near the processor.
struct BodyFacts {
  /// What kind of response it is in the upper half, and its flags and sections in the lower.
  let shape: UInt32
  /// The folded question; `noQuestion` with QDCOUNT 0.
  let question: UInt32
  /// The EDNS size in octets and one more; 0 without EDNS.
  let edns: UInt32
  /// The longest TTL in the answer section, RRSIGs left out; seconds, 0 without data.
  let longestTTL: UInt32
  /// What else is so.
  let marks: Marks

  /// Stands for no question.
  static let noQuestion = UInt32.max

  /// Single facts.
  struct Marks: OptionSet {
    let rawValue: UInt16

    /// Header flags.
    static let aa = Marks(rawValue: 1), ra = Marks(rawValue: 2), rd = Marks(rawValue: 4),
      tc = Marks(rawValue: 8)
    /// RCODE 0, RCODE 3.
    static let noError = Marks(rawValue: 16), nxDomain = Marks(rawValue: 32)
    /// A DS RRset is in it.
    static let hasDS = Marks(rawValue: 64)
    /// A referral with neither DS nor any record that denies it.
    static let isNakedReferral = Marks(rawValue: 128)
    /// There are RRSIGs in it.
    static let isSigned = Marks(rawValue: 256)
  }

  /// Looks at all bodies of a store.
  static func all(_ store: ResponseStore) -> [BodyFacts] {
    let answers = store.answers, types = store.questions.types, sizes = store.edns.udpSizes
    return store.bodies.map { BodyFacts($0, answers.answer($0.answer), types, sizes) }
  }

  /// Looks at a body.
  /// - Parameters:
  ///   - types: QTYPE of every question.
  ///   - sizes: UDP size of every OPT record, octets.
  private init(_ body: ResponseBody, _ answer: Answer, _ types: [RecordType], _ sizes: [UInt16]) {
    let sections = Sections(answer.rrsets)
    question = body.foldedQuestion ?? BodyFacts.noQuestion
    if let number = body.edns { edns = UInt32(sizes[Int(number)]) + 1 } else { edns = 0 }
    longestTTL = sections.longestTTL
    marks = BodyFacts.marks(body, sections)
    let type = body.foldedQuestion.map { types[Int($0)].rawValue } ?? RecordType.a.rawValue
    shape = BodyFacts.shape(body.rcode, sections, marks, type)
  }

  /// The single facts of a body.
  private static func marks(_ body: ResponseBody, _ sections: Sections) -> Marks {
    let flags = body.flags
    var marks: Marks = []
    if flags.aa { marks.insert(.aa) }
    if flags.ra { marks.insert(.ra) }
    if flags.rd { marks.insert(.rd) }
    if flags.tc { marks.insert(.tc) }
    if body.rcode.rawValue == ResponseCode.noError.rawValue { marks.insert(.noError) }
    if body.rcode.rawValue == ResponseCode.nxDomain.rawValue { marks.insert(.nxDomain) }
    if sections.hasDS { marks.insert(.hasDS) }
    if body.signatureCount > 0 { marks.insert(.isSigned) }
    let isReferral =
      marks.contains(.noError) && !flags.aa && !flags.tc && !sections.hasAnswer && sections.hasNS
    if isReferral, !sections.deniesDS { marks.insert(.isNakedReferral) }
    return marks
  }

  /// The shape of a body, as habits are learned of it.
  private static func shape(_ rcode: ResponseCode, _ sections: Sections, _ marks: Marks, _ type: UInt16)
    -> UInt32
  {
    let kind: UInt32 = sections.hasAnswer ? 1 : sections.hasSOA ? 2 : sections.hasNS ? 3 : 4
    var low: UInt32 = (marks.contains(.aa) ? 1 : 0) | (marks.contains(.ra) ? 2 : 0)
    if sections.hasAnswer { low |= (sections.hasNS ? 4 : 0) | (sections.hasMore ? 8 : 0) }
    // Answers about addresses look alike, and unlike those about keys.
    let asked = UInt32(type == RecordType.aaaa.rawValue ? RecordType.a.rawValue : type) & 0x3ff
    return ((kind - 1) << 14 | UInt32(rcode.rawValue & 15) << 10 | asked) << 16 | low
  }
}

/// What the sections of an answer hold.
private struct Sections {
  var hasAnswer = false, hasSOA = false, hasNS = false, hasMore = false, hasDS = false, deniesDS = false
  var longestTTL: UInt32 = 0

  /// Looks at RRsets.
  init(_ rrsets: AnswerRRsets) {
    for index in rrsets.indices {
      let type = rrsets.type(index).rawValue
      if type == RecordType.ds.rawValue { hasDS = true }
      switch rrsets.section(index) {
      case .answer:
        hasAnswer = true
        if type != RecordType.rrsig.rawValue { longestTTL = max(longestTTL, rrsets.ttl(index)) }
      case .authority: note(authority: type)
      case .additional: if type != RecordType.opt.rawValue { hasMore = true }
      }
    }
  }

  /// Notes the type of an RRset of the authority section.
  private mutating func note(authority type: UInt16) {
    if type == RecordType.ns.rawValue {
      hasNS = true
    } else if type == RecordType.soa.rawValue {
      (hasSOA, deniesDS) = (true, true)
    } else if type == RecordType.ds.rawValue || type == RecordType.nsec.rawValue
      || type == RecordType.nsec3.rawValue
    {
      deniesDS = true
    }
  }
}
