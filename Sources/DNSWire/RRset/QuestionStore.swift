import Bytes

/// Keeps distinct questions once and numbers them: QNAME, QTYPE and QCLASS as on the wire.
package struct QuestionStore: Sendable {
  private var strings: ByteStringStore, scratch: [UInt8] = []

  /// An empty store.
  /// - Parameter storage: see `ByteArena`.
  init(storage: (any BlockStorage)?) { strings = ByteStringStore(storage: storage) }

  /// Numbers a question, as spelled and with its letters folded.
  mutating func intern(_ question: QuestionHeader, _ message: MessageView) -> (
    spelled: UInt32, folded: UInt32
  )? {
    scratch.removeAll(keepingCapacity: true)
    let name = message.name(at: question.nameOffset)
    guard (try? name.appendWire(to: &scratch, lowercase: false)) != nil else { return nil }
    let end = scratch.count
    scratch.append(networkOrder: question.type.rawValue)
    scratch.append(networkOrder: question.recordClass.rawValue)
    let spelled = strings.intern(scratch)
    var hasUpperCase = false
    for i in 0..<end {
      let letter = lowercased(scratch[i])
      if letter != scratch[i] { (hasUpperCase, scratch[i]) = (true, letter) }
    }
    return (spelled, hasUpperCase ? strings.intern(scratch) : spelled)
  }

  /// The number of a message's first question with its letters folded, without keeping anything; nil for one that was not
  /// met before.
  mutating func known(_ message: MessageView) -> UInt32? {
    var cursor = message.makeCursor()
    guard let question = try? cursor.nextQuestion() else { return nil }
    scratch.removeAll(keepingCapacity: true)
    let name = message.name(at: question.nameOffset)
    guard (try? name.appendWire(to: &scratch, lowercase: true)) != nil else { return nil }
    scratch.append(networkOrder: question.type.rawValue)
    scratch.append(networkOrder: question.recordClass.rawValue)
    return strings.find(scratch.span)
  }

  /// The question of a number: QNAME, QTYPE and QCLASS.
  package subscript(number: UInt32) -> (name: Name, type: RecordType, recordClass: RecordClass) {
    let bytes = strings.bytes(number), end = bytes.count - 4
    return (
      Name(stored: bytes.extracting(..<end)), RecordType(rawValue: bytes.uint16(at: end)),
      RecordClass(rawValue: bytes.uint16(at: end + 2))
    )
  }

  /// The question of a number as on the wire.
  @_lifetime(borrow self)
  package func wire(_ number: UInt32) -> Span<UInt8> { strings.bytes(number) }

  /// QTYPE of every question by its number, for passes over all bodies: asking for one copies the store in other modules.
  package var types: [RecordType] {
    (0..<strings.count).map { number in
      let bytes = strings.bytes(UInt32(truncatingIfNeeded: number))
      return RecordType(rawValue: bytes.uint16(at: bytes.count - 4))
    }
  }

  /// Gives back what finds a question, when no more are numbered.
  mutating func endInterning() { strings.endInterning() }

  /// Gives back memory; see `ByteArena`.
  func letGo() { strings.letGo() }

  /// Bytes held, nearly.
  var byteCount: Int { strings.byteCount }
}
