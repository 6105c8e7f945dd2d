import Bytes
import DNSWire

/// A DNS message as values that can be written again: what round trips compare. Letters are as spelled, RDATA has
/// its names uncompressed.
package struct MessageModel: Equatable, Sendable {
  /// A question.
  package struct Question: Equatable, Sendable {
    /// QNAME in wire form.
    package var name: [UInt8]
    /// QTYPE and QCLASS.
    package var type: UInt16, recordClass: UInt16
  }

  /// A record.
  package struct Record: Equatable, Sendable {
    /// The section it stands in.
    package var section: Section
    /// The owner in wire form.
    package var owner: [UInt8]
    /// TYPE, CLASS and TTL.
    package var type: UInt16, recordClass: UInt16, ttl: UInt32
    /// RDATA.
    package var rdata: [UInt8]
  }

  /// The message ID and the flags word behind it.
  package var id: UInt16, flags: UInt16
  /// The question section.
  package var questions: [Question] = []
  /// The records of the three other sections, in their order.
  package var records: [Record] = []

  /// A message without questions and records.
  package init(id: UInt16, flags: UInt16) { (self.id, self.flags) = (id, flags) }

  /// What a message holds in front of its first fault. Records whose RDATA cannot be uncompressed are left out:
  /// the pointers in them mean another thing wherever else they stand.
  package init(_ view: MessageView) {
    self.init(id: view.header.id, flags: view.header.flags.rawValue)
    var cursor = view.makeCursor()
    while let question = try? cursor.nextQuestion() {
      guard let name = try? view.name(at: question.nameOffset).name() else { return }
      questions.append(
        Question(name: name.wire, type: question.type.rawValue, recordClass: question.recordClass.rawValue))
    }
    while let record = try? cursor.nextRecord() {
      guard let owner = try? view.name(at: record.ownerOffset).name() else { return }
      var rdata: [UInt8] = []
      guard (try? RDataView(view.bytes, record).appendUncompressed(to: &rdata)) != nil else { continue }
      guard rdata.count <= Int(UInt16.max) else { continue }
      records.append(
        Record(
          section: record.section, owner: owner.wire, type: record.type.rawValue,
          recordClass: record.recordClass.rawValue, ttl: record.ttl, rdata: rdata))
    }
  }

  /// The message on the wire, with the names compressed or not.
  package func encoded(compressing: Bool) -> [UInt8] {
    var encoder = MessageEncoder(id: id, flags: flags, compresses: compressing)
    for question in questions { encoder.add(question) }
    for record in records { encoder.add(record) }
    return encoder.builder.bytes
  }
}

/// Writes messages; a name that ends like an earlier one points there (RFC 1035 §4.1.4).
private struct MessageEncoder {
  /// The message so far.
  var builder: MessageBuilder
  /// Whether names are compressed.
  let compresses: Bool
  /// Where a name, or the end of one, stands for the first time.
  private var offsets: [[UInt8]: Int] = [:]

  /// A message without questions and records.
  init(id: UInt16, flags: UInt16, compresses: Bool) {
    builder = MessageBuilder(id: id, flags: flags)
    self.compresses = compresses
  }

  /// Adds a question.
  mutating func add(_ question: MessageModel.Question) {
    builder.addQuestion(
      compressed(question.name, at: builder.offset), RecordType(rawValue: question.type),
      RecordClass(rawValue: question.recordClass))
  }

  /// Adds a record.
  mutating func add(_ record: MessageModel.Record) {
    let owner = compressed(record.owner, at: builder.offset)
    let rdata = compressedRData(of: record, at: builder.offset + owner.count + 10)
    builder.addRecord(
      owner, RecordType(rawValue: record.type), RecordClass(rawValue: record.recordClass),
      in: record.section, ttl: record.ttl, rdata: rdata)
  }

  /// A name that will stand at an offset, letters as spelled.
  private mutating func compressed(_ name: [UInt8], at start: Int) -> [UInt8] {
    guard compresses else { return name }
    var out: [UInt8] = [], position = 0
    while name[position] != 0 {
      let rest = Array(name[position...])
      if let target = offsets[rest] { return out + pointer(target) }
      if start + out.count < 0x4000 { offsets[rest] = start + out.count }
      let next = position + Int(name[position]) + 1
      out += name[position..<next]
      position = next
    }
    return out + [0]
  }

  /// RDATA that will stand at an offset.
  private mutating func compressedRData(of record: MessageModel.Record, at start: Int) -> [UInt8] {
    guard compresses, record.recordClass == 1, let layout = MessageEncoder.layouts[record.type] else {
      return record.rdata
    }
    guard record.rdata.count >= layout.lead else { return record.rdata }
    var out = Array(record.rdata[..<layout.lead]), position = layout.lead
    for _ in 0..<layout.names {
      guard let end = MessageEncoder.endOfName(record.rdata, at: position) else { return record.rdata }
      out += compressed(Array(record.rdata[position..<end]), at: start + out.count)
      position = end
    }
    return out + record.rdata[position...]
  }

  /// The offset behind an uncompressed name.
  private static func endOfName(_ octets: [UInt8], at start: Int) -> Int? {
    var position = start
    while position < octets.count, octets[position] != 0 { position += Int(octets[position]) + 1 }
    return position < octets.count ? position + 1 : nil
  }

  /// Octets in front of the names, and how many names: the types of RFC 1035, whose names may be compressed, and
  /// those of RFC 3597 §4, whose names are to be understood compressed.
  private static let layouts: [UInt16: (lead: Int, names: Int)] = [
    2: (0, 1), 3: (0, 1), 4: (0, 1), 5: (0, 1), 6: (0, 2), 7: (0, 1), 8: (0, 1), 9: (0, 1), 12: (0, 1),
    14: (0, 2), 15: (2, 1), 17: (0, 2), 18: (2, 1), 21: (2, 1), 24: (18, 1), 26: (2, 2), 30: (0, 1),
    33: (6, 1),
  ]
}
