import Bytes
import DNSWire
import Packets

/// What kept a message from being shown in full.
struct ShownFault {
  /// What happened.
  enum Kind: Equatable {
    /// A decoder stopped.
    case decoding(DecodingFault)
    /// The capture holds so many of the message's octets.
    case cut(captured: Int, declared: Int)
    /// An EDNS option has a length that its record has no room for.
    case optionOverrun
    /// A DSO element has a length that the message has no room for.
    case operationOverrun
    /// So many octets stand behind the last record.
    case trailingOctets(Int)
    /// So many questions and records would have taken too much room.
    case leftOut(Int)
  }

  /// Offset in the message; what stands in front of it is shown.
  let offset: Int
  /// What happened.
  let kind: Kind

  /// A fault at an offset.
  init(_ kind: Kind, at offset: Int) { (self.kind, self.offset) = (kind, offset) }

  /// A decoder's fault; a message that the capture has only a part of says so.
  init(_ error: DecodingError, in message: MessageBytes) {
    offset = error.offset
    if error.fault == .truncated, let declared = message.declaredLength {
      kind = .cut(captured: message.bytes.count, declared: declared)
    } else {
      kind = .decoding(error.fault)
    }
  }

  /// Of all that kept a walked message from being shown in full, what weighs most; nil when it was shown in full.
  /// `elementFault` is the one that ended EDNS options or DSO elements early.
  init?(
    _ cursor: borrowing SectionCursor, of view: MessageView, _ shown: ShownLength,
    _ elementFault: ShownFault?, in message: MessageBytes
  ) {
    let left = message.bytes.count - cursor.offset
    if let fault = cursor.fault {
      self.init(fault, in: message)
    } else if let fault = shown.fault ?? elementFault {
      self = fault
    } else if left > 0, !view.isStatefulOperation {
      self.init(.trailingOctets(left), at: cursor.offset)
    } else {
      return nil
    }
  }
}

extension ShownFault.Kind {
  /// A short name for programs.
  var code: String {
    switch self {
    case .decoding(let fault): fault.code
    case .cut: "cut-by-capture"
    case .optionOverrun: "option-overrun"
    case .operationOverrun: "operation-overrun"
    case .trailingOctets: "trailing-octets"
    case .leftOut: "left-out"
    }
  }

  /// The fault in words.
  var sentence: String {
    switch self {
    case .decoding(let fault): return fault.sentence
    case .cut(let captured, let declared):
      return "the capture has \(captured) of the message's \(declared) octets"
    case .optionOverrun: return "EDNS option that runs past its record"
    case .operationOverrun: return "DSO element that runs past the message"
    case .trailingOctets(let count): return "\(count) octet\(count == 1 ? "" : "s") behind the last record"
    case .leftOut(let count):
      let limit = "they would take more than \(ShownLength.maximumGrowth) times the message's length"
      return "\(count) questions or records left out: \(limit)"
    }
  }

  /// The rule that is broken; nil where none is.
  var reference: String? {
    switch self {
    case .decoding(let fault): fault.reference
    case .cut, .leftOut: nil
    case .optionOverrun: "RFC 6891 §6.1.2"
    case .operationOverrun: "RFC 8490 §5.4.4"
    case .trailingOctets: "RFC 1035 §4.1"
    }
  }
}
