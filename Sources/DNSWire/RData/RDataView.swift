import Bytes

/// The RDATA of one record where it stands in its message: its names may be compressed.
package struct RDataView: ~Escapable {
  /// The whole message, which compression pointers count in.
  let message: Span<UInt8>
  /// The record's type, which gives the layout.
  package let type: RecordType
  /// The record's class; some types have their layout in class IN alone.
  package let recordClass: RecordClass
  /// Offset of the RDATA's first octet in the message.
  package let offset: Int
  /// Offset behind the RDATA, at most the message's length.
  package let end: Int

  /// The RDATA of a record of this message.
  @_lifetime(copy message)
  package init(_ message: Span<UInt8>, _ record: RecordHeader) {
    self.message = message
    type = record.type
    recordClass = record.recordClass
    offset = min(max(record.rdataOffset, 0), message.count)
    end = min(offset &+ max(record.rdataLength, 0), message.count)
  }

  /// RDATA that stands alone and has no compressed names.
  @_lifetime(copy rdata)
  package init(uncompressed rdata: Span<UInt8>, type: RecordType, recordClass: RecordClass) {
    message = rdata
    self.type = type
    self.recordClass = recordClass
    offset = 0
    end = rdata.count
  }

  /// Length of the RDATA in octets, as it stands in the message.
  package var count: Int { end - offset }

  /// The octets as they stand in the message.
  package var bytes: Span<UInt8> {
    @_lifetime(copy self)
    get { message.extracting(offset..<end) }
  }

  /// A reader over the RDATA whose offsets count in the message.
  var reader: ByteReader {
    @_lifetime(copy self)
    get { ByteReader(message, from: offset, to: end) }
  }
}
