/// What stopped a decoder, and where: one value for every layer, small enough to be thrown cheaply.
@usableFromInline
package struct DecodingError: Error, Equatable, Sendable {
  /// The fault.
  @usableFromInline package let fault: DecodingFault
  /// Byte offset of the fault from the start of the data that was handed to the decoder.
  @usableFromInline package let offset: Int

  /// An error at a byte offset.
  @inlinable package init(_ fault: DecodingFault, at offset: Int) {
    self.fault = fault
    self.offset = offset
  }
}

/// The faults that a decoder can meet, each with a sentence for people.
@usableFromInline
package enum DecodingFault: UInt8, Sendable, CaseIterable {
  /// Fewer bytes are left than the field needs.
  case truncated
  /// A label length octet with the reserved bits 01 or 10 (RFC 1035 §4.1.4).
  case reservedLabelType
  /// A name longer than 255 octets (RFC 1035 §2.3.4).
  case nameTooLong
  /// A compression pointer to itself, or to a place visited before.
  case pointerLoop
  /// More compression pointers in one name than a name can need.
  case tooManyPointers
  /// The header announces more records than a message can hold.
  case tooManyRecords
  /// RDATA that does not have the layout of its type.
  case badRData
  /// A field with a value that its protocol does not allow.
  case badValue

  /// The fault in words.
  package var sentence: String {
    switch self {
    case .truncated: "the data ends before the field does"
    case .reservedLabelType: "label with a reserved type"
    case .nameTooLong: "name of more than 255 octets"
    case .pointerLoop: "compression pointer that loops"
    case .tooManyPointers: "name with too many compression pointers"
    case .tooManyRecords: "more records than the message can hold"
    case .badRData: "RDATA does not have the layout of its type"
    case .badValue: "a field has a value that is not allowed"
    }
  }

  /// A short name for programs.
  package var code: String {
    switch self {
    case .truncated: "truncated"
    case .reservedLabelType: "reserved-label-type"
    case .nameTooLong: "name-too-long"
    case .pointerLoop: "pointer-loop"
    case .tooManyPointers: "too-many-pointers"
    case .tooManyRecords: "too-many-records"
    case .badRData: "bad-rdata"
    case .badValue: "bad-value"
    }
  }

  /// The rule of DNS that is broken.
  package var reference: String {
    switch self {
    case .truncated: "RFC 1035 §4.1"
    case .reservedLabelType, .pointerLoop, .tooManyPointers: "RFC 1035 §4.1.4"
    case .nameTooLong: "RFC 1035 §2.3.4"
    case .tooManyRecords: "RFC 1035 §4.1.1"
    case .badRData, .badValue: "RFC 1035 §3.2.1"
    }
  }
}
