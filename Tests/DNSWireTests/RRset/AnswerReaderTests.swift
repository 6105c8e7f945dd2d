import Bytes
import DNSWire
import TestSupport
import Testing

/// How records become RRsets with their RRSIGs, and the canonical form that signatures are made over (RFC 4034 §6).
@Suite struct AnswerReaderTests {
  /// The answer of a message, and the store that holds its RRsets.
  private func read(_ build: (inout MessageBuilder) -> Void) throws -> (answer: Answer, store: ResponseStore)
  {
    var builder = MessageBuilder(flags: 0x8400)
    builder.addQuestion(wire("example."), .any)
    build(&builder)
    var store = ResponseStore()
    let bytes = builder.bytes
    let body = store.intern(try MessageView(bytes.span)).body
    return (store.answers.answer(body.answer), store)
  }

  /// RDATA of an RRSIG over a type.
  private func rrsig(_ covered: RecordType, signer: [UInt8] = wire("example.")) -> [UInt8] {
    octets(covered.rawValue) + [13, 1] + [UInt8](repeating: 0, count: 14) + signer + [1, 2, 3]
  }

  @Test("records of one owner, type and class make one RRset, in canonical order and each once (§6.3)")
  func group() throws {
    let (answer, store) = try read { builder in
      for last in [9, 1, 5, 1] as [UInt8] { builder.addRecord(wire("a."), .a, rdata: [192, 0, 2, last]) }
      builder.addRecord(wire("a."), .txt, rdata: [0])
    }
    #expect(answer.rrsets.map(\.type) == [.a, .txt])
    #expect(answer.rrsets[0].recordCount == 4)
    #expect(store.rrsets.records(of: answer.rrsets[0].rrset).map { $0.last } == [1, 5, 9])
  }

  @Test(
    "shorter RDATA stands before longer RDATA that begins with it, and octets count as unsigned numbers (§6.3)"
  )
  func order() throws {
    let values: [[UInt8]] = [[2, 0x61, 0x62], [1, 0x61], [0xff], [2, 0x61, 0x00], [0x80], []]
    let (answer, store) = try read { builder in
      for rdata in values { builder.addRecord(wire("a."), RecordType(rawValue: 65_280), rdata: rdata) }
    }
    let sorted = store.rrsets.records(of: answer.rrsets[0].rrset)
    #expect(sorted == [[], [1, 0x61], [2, 0x61, 0x00], [2, 0x61, 0x62], [0x80], [0xff]])
  }

  @Test(
    "owners that are the same pointer are one name, those that are another pointer another (RFC 1035 §4.1.4)")
  func pointers() throws {
    // The question, example., begins at 12, and its root label is at 20.
    let (answer, store) = try read { builder in
      for (owner, last) in [([0xc0, 12], 1), ([0xc0, 20], 2), ([0xc0, 12], 3), ([0xc0, 20], 4)]
        as [([UInt8], UInt8)]
      {
        builder.addRecord(owner, .a, rdata: [192, 0, 2, last])
      }
      builder.addRecord([1, 0x61, 0xc0, 12], .a, rdata: [192, 0, 2, 5])
      builder.addRecord([0xc0, 12], .rrsig, rdata: rrsig(.a))
    }
    let owners = answer.rrsets.map { store.rrsets.owner(of: $0.rrset).description }
    #expect(owners == ["example.", ".", "a.example."])
    #expect(answer.rrsets.map(\.recordCount) == [2, 2, 1])
    #expect(answer.rrsets.map(\.signatures.count) == [1, 0, 0])
  }

  @Test("RRsets are found by section and type, and RRSIGs wherever they cover one")
  func search() throws {
    let (answer, _) = try read { builder in
      builder.addRecord(wire("a."), .a, rdata: [192, 0, 2, 1])
      builder.addRecord(wire("b."), .txt, rdata: [0])
    }
    #expect(answer.rrsets.first(.txt, in: .answer) == 1)
    #expect(answer.rrsets.first(.txt, in: .authority) == nil)
    #expect(answer.rrsets.hasAny(.a) && !answer.rrsets.hasAny(.aaaa))
    #expect(answer.rrsets.hasAny(in: .answer) && !answer.rrsets.hasAny(in: .additional))
    #expect(!answer.rrsets.hasSignatures)
    let (signed, _) = try read { builder in
      builder.addRecord(wire("b."), .txt, rdata: [0])
      builder.addRecord(wire("a."), .a, rdata: [192, 0, 2, 1])
      builder.addRecord(wire("a."), .rrsig, rdata: rrsig(.a))
    }
    #expect(signed.rrsets.hasSignatures)
  }

  @Test(
    "owners are compared without regard to case and kept in lower case; names in RDATA fold where §6.2 says so"
  )
  func letterCase() throws {
    let (answer, store) = try read { builder in
      builder.addRecord(wire("A.ExAmPle."), .mx, rdata: [0, 1] + wire("MAIL.Example."))
      builder.addRecord(wire("a.example."), .mx, rdata: [0, 1] + wire("mail.example."))
      builder.addRecord(wire("a.example."), .nsec, rdata: wire("B.Example.") + [0, 1, 0x40])
      builder.addRecord(wire("a.example."), RecordType(rawValue: 65_280), rdata: wire("X."))
    }
    #expect(answer.rrsets.count == 3)
    #expect(store.rrsets.owner(of: answer.rrsets[0].rrset).wire == wire("a.example."))
    #expect(store.rrsets.records(of: answer.rrsets[0].rrset) == [[0, 1] + wire("mail.example.")])
    #expect(store.rrsets.records(of: answer.rrsets[1].rrset) == [wire("B.Example.") + [0, 1, 0x40]])
    #expect(store.rrsets.records(of: answer.rrsets[2].rrset) == [wire("X.")])
  }

  @Test("compressed names in owner and RDATA are written out")
  func compression() throws {
    let (answer, store) = try read { builder in
      builder.addRecord(pointer(12), .ns, rdata: [2] + Array("ns".utf8) + pointer(12))
    }
    #expect(store.rrsets.records(of: answer.rrsets[0].rrset) == [wire("ns.example.")])
  }

  @Test("an RRSIG goes to the RRset that it covers, by owner, class and type covered; its signer is folded")
  func signatures() throws {
    let (answer, store) = try read { builder in
      builder.addRecord(wire("a."), .rrsig, rdata: rrsig(.txt, signer: wire("EXAMPLE.")))
      builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
      builder.addRecord(wire("a."), .txt, rdata: [0])
      builder.addRecord(wire("A."), .rrsig, rdata: rrsig(.a))
      builder.addRecord(wire("b."), .rrsig, rdata: rrsig(.a))
    }
    #expect(answer.rrsets.map(\.type) == [.a, .txt, .rrsig])
    #expect(answer.rrsets.map(\.signatures.count) == [1, 1, 0])
    let first = store.rrsets.signature(answer.rrsets[0].signatures[0]),
      second = store.rrsets.signature(answer.rrsets[1].signatures[0])
    let signers = [try RRSIGData(first).signer.wire, try RRSIGData(second).signer.wire]
    #expect(signers == [wire("example."), wire("example.")])
  }

  @Test("RRsets with no RRSIG, one and several keep their own ones, in the order of the message")
  func severalSignatures() throws {
    let counts = [0, 3, 1, 2, 0, 4]
    let (answer, store) = try read { builder in
      for (index, count) in counts.enumerated() {
        builder.addRecord(wire("\(index)."), .a, rdata: [1, 2, 3, 4])
        for number in 0..<count {
          builder.addRecord(wire("\(index)."), .rrsig, rdata: rrsig(.a) + [UInt8(index), UInt8(number)])
        }
      }
    }
    #expect(answer.rrsets.indices.map { answer.rrsets.signatureCount($0) } == counts)
    for (index, rrset) in answer.rrsets.enumerated() {
      let ends = rrset.signatures.map { id in
        let rdata = store.rrsets.signature(id)
        return [rdata[rdata.count - 2], rdata[rdata.count - 1]]
      }
      #expect(ends == (0..<counts[index]).map { [UInt8(index), UInt8($0)] })
    }
  }

  @Test("lists of RRSIGs are equal when their numbers are, wherever they lie")
  func equalSignatures() throws {
    let (answer, _) = try read { builder in
      for owner in ["a.", "b."] {
        builder.addRecord(wire(owner), .a, rdata: [1, 2, 3, 4])
        for number in [5, 6] as [UInt8] {
          builder.addRecord(wire(owner), .rrsig, rdata: rrsig(.a) + [number])
        }
      }
    }
    let first = answer.rrsets[0].signatures, second = answer.rrsets[1].signatures
    #expect(first == second && first == SignatureIDs(Array(second)) && Set([first, second]).count == 1)
    var longer = first
    longer.append(first[0])
    #expect(longer != first && Array(longer) == [first[0], first[1], first[0]])
  }

  @Test("sections are RRsets of their own; an RRSIG in another section serves where its own has none")
  func sections() throws {
    let (answer, _) = try read { builder in
      builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
      builder.addRecord(wire("a."), .rrsig, in: .answer, rdata: rrsig(.a))
      builder.addRecord(wire("b."), .a, in: .authority, rdata: [1, 2, 3, 4])
      builder.addRecord(wire("a."), .a, in: .additional, rdata: [1, 2, 3, 5])
      builder.addRecord(wire("b."), .rrsig, in: .additional, rdata: rrsig(.a))
    }
    #expect(answer.rrsets.map(\.section) == [.answer, .authority, .additional])
    #expect(answer.rrsets.map(\.signatures.count) == [1, 1, 0])
    #expect(answer.rrsets[0].rrset != answer.rrsets[2].rrset)
  }

  @Test("classes are RRsets of their own")
  func classes() throws {
    let (answer, store) = try read { builder in
      builder.addRecord(wire("a."), .txt, rdata: [0])
      builder.addRecord(wire("a."), .txt, RecordClass(rawValue: 3), rdata: [0])
    }
    #expect(answer.rrsets.map { store.rrsets.recordClass(of: $0.rrset).rawValue } == [1, 3])
  }

  @Test("the lowest of differing TTLs is kept")
  func ttl() throws {
    let (answer, _) = try read { builder in
      for ttl in [60, 5, 3600] as [UInt32] {
        builder.addRecord(wire("a."), .a, ttl: ttl, rdata: [1, 2, 3, UInt8(ttl & 255)])
      }
    }
    #expect(answer.rrsets.map(\.ttl) == [5])
  }

  @Test("OPT, TSIG and SIG(0) are no RRsets; SIG over data is one")
  func transactionRecords() throws {
    let (answer, _) = try read { builder in
      builder.addRecord([0], .sig, rdata: [0, 1] + [UInt8](repeating: 0, count: 20))
      builder.addRecord([0], .opt, in: .additional, rdata: [])
      builder.addRecord([0], .sig, in: .additional, rdata: [0, 0] + [UInt8](repeating: 0, count: 20))
      builder.addRecord([0], .tsig, in: .additional, rdata: [0])
    }
    #expect(answer.rrsets.map(\.type) == [.sig])
  }

  @Test("what stands before a fault is kept, and the message counts as malformed")
  func fault() throws {
    var builder = MessageBuilder(flags: 0x8400)
    builder.addQuestion(wire("example."), .a)
    builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
    builder.addRecord(wire("b."), .a, rdata: [1, 2, 3, 4], rdataLength: 400)
    var store = ResponseStore()
    let bytes = builder.bytes
    let body = store.intern(try MessageView(bytes.span)).body
    #expect(body.isMalformed && store.answers.answer(body.answer).rrsets.count == 1)
  }

  @Test("the largest message with nothing but records is read in well under a second a thousand records")
  func largest() throws {
    var builder = MessageBuilder(flags: 0x8400)
    builder.addQuestion([0], .any)
    var index = 0
    while builder.bytes.count < 65_500, index < 4_000 {
      let label = (0..<3).map { UInt8(0x61 + (index >> (4 * $0) & 15)) }
      builder.body += [3] + label + [0] + octets(UInt16(65_280)) + octets(UInt16(1)) + [0, 0, 0, 0, 0, 0]
      builder.counts.an += 1
      index += 1
    }
    var store = ResponseStore()
    let bytes = builder.bytes, clock = ContinuousClock(), start = clock.now
    let body = store.intern(try MessageView(bytes.span)).body
    #expect(store.answers.answer(body.answer).rrsets.count == index && index > 3_000)
    #expect(clock.now - start < .seconds(20), "in a debug build on a busy machine")
  }
}
