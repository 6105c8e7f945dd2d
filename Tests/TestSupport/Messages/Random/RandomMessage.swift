import DNSWire

extension RandomRData {
  /// A message with up to so many records of any types, its names partly the same, so that compression finds
  /// something. RDATA longer than `longest` is drawn anew.
  package mutating func message(records: Int, longest: Int = 2_000) -> MessageModel {
    var model = MessageModel(
      id: .random(in: 0...65_535, using: &random), flags: .random(in: 0...65_535, using: &random))
    let names =
      (0..<3).map { _ in name() } + [wire("WWW.Example."), wire("example."), wire("a.www.Example.")]
    for _ in 0..<pick([0, 1, 1, 1, 2]) {
      model.questions.append(
        .init(name: pick(names), type: pick(RandomRData.types), recordClass: pick([1, 1, 3, 255, 0x8001])))
    }
    for section in Section.allCases {
      for _ in 0..<Int.random(in: 0...(records / 3), using: &random) {
        model.records.append(record(in: section, pick(names), longest))
      }
    }
    if Bool.random(using: &random) {
      model.records.append(
        .init(section: .additional, owner: [0], type: 41, recordClass: 1232, ttl: 0x8000, rdata: options()))
    }
    return model
  }

  /// A record of any type.
  private mutating func record(in section: Section, _ owner: [UInt8], _ longest: Int) -> MessageModel.Record {
    let type = pick(RandomRData.types + [10, 100, 103, 65_280]),
      recordClass = pick([1, 1, 1, 1, 3, 254, 255])
    let isChaosnet = type == 1 && recordClass == 3
    var data = isChaosnet ? name() + number16() : rdata(of: type)
    while data.count > longest { data = rdata(of: type) }
    return .init(
      section: section, owner: owner, type: type, recordClass: UInt16(recordClass),
      ttl: pick([0, 60, 0x8000_0000, .max]), rdata: data)
  }

  /// EDNS options of any code.
  private mutating func options() -> [UInt8] {
    (0..<pick([0, 1, 4])).flatMap { _ in
      TestSupport.octets(pick(Array(1...26) + [20_292, 26_946, 65_001] as [UInt16]))
        + counted16(octets(0...24))
    }
  }
}
