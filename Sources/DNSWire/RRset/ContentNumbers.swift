/// Numbers what responses say: equal numbers stand for equal content, and nobody asks what a number stands for.
struct ContentNumbers: Sendable {
  private var contents = WordLists(), essences = WordLists(), data: [UInt32] = []

  /// Bytes held, nearly.
  var byteCount: Int { contents.byteCount + essences.byteCount }

  /// Numbers the data of an answer.
  mutating func content(_ rcode: ResponseCode, _ rrsets: AnswerRRsets) -> UInt32 {
    data.removeAll(keepingCapacity: true)
    data.append(UInt32(rcode.rawValue))
    for position in rrsets.indices
    where rrsets.section(position) == .answer && rrsets.type(position) != .rrsig {
      data.append(rrsets.id(position).rawValue)
    }
    if data.count == 1 {
      for position in rrsets.indices
      where rrsets.section(position) == .authority && rrsets.type(position) == .ns {
        data.append(rrsets.id(position).rawValue)
      }
    }
    if data.count > 2 { data[1...].sort() }
    return contents.intern(data)
  }

  /// Numbers what a judgement depends on.
  mutating func essence(
    _ flags: HeaderFlags, _ rcode: ResponseCode, _ question: UInt32?, _ answer: AnswerID, _ dnssecOK: Bool?,
    _ isMalformed: Bool
  ) -> UInt32 {
    data.removeAll(keepingCapacity: true)
    data.append(UInt32(flags.rawValue) &<< 16 | UInt32(rcode.rawValue))
    data.append(question ?? .max)
    data.append(answer.rawValue)
    data.append((dnssecOK == nil ? 0 : dnssecOK == true ? 2 : 1) | (isMalformed ? 4 : 0))
    return essences.intern(data)
  }
}
