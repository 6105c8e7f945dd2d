import Packets

/// What keeps a capture from being read, or from being read any further.
package enum CaptureError: Error, Equatable, Sendable {
  /// There is no file of that name.
  case notFound(path: String)
  /// The file may not be read.
  case noPermission(path: String)
  /// The path names a directory without any capture in it.
  case noCaptures(path: String)
  /// The file has no bytes.
  case isEmpty(path: String)
  /// The bytes are not those of a capture; `reason` says what they are, or what is wrong with them.
  case notACapture(path: String, reason: String)
  /// A capture whose packets nothing here can read, with what they start with.
  case unknownLinkTypes(path: String, linkTypes: [LinkType])
  /// Bytes in the middle of the file could not be read; the reading went on behind them.
  case skipped(path: String, place: CapturePlace, lost: Int, detail: String)
  /// The file ends inside a packet; what came before it has been read.
  case truncated(path: String, place: CapturePlace, detail: String)
  /// The file cannot be read past a place; what came before it has been read.
  case damaged(path: String, place: CapturePlace, detail: String)
  /// The system cannot read on; what came before has been read.
  case readFailed(path: String, place: CapturePlace, detail: String)
  /// A packet filter that libpcap does not take.
  case badFilter(expression: String, detail: String)
  /// There is no interface of that name, or it is not up.
  case noSuchInterface(name: String, detail: String)
  /// The user may not capture.
  case captureNotPermitted(name: String, detail: String)
  /// The interface cannot be captured on, or no longer.
  case captureFailed(name: String, detail: String)
  /// Root's privileges could not be given up.
  case privilegesKept(detail: String)
}

/// A place in a capture.
package struct CapturePlace: Equatable, Sendable {
  /// Number of the packet that could not be read, or of the next one, from 1.
  package let frame: Int
  /// Byte offset at which its record begins.
  package let offset: Int
  /// Whether that is an offset in what a compressed file inflates to.
  package let isInflated: Bool
  /// What should stand there, when it is not the packet.
  package let name: String?

  /// From the fields.
  package init(frame: Int, offset: Int, isInflated: Bool = false, name: String? = nil) {
    (self.frame, self.offset, self.isInflated, self.name) = (frame, offset, isInflated, name)
  }

  /// What should stand there, in words.
  fileprivate var thing: String { name ?? "packet \(frame)" }

  /// The offset in words.
  fileprivate var byte: String { isInflated ? "byte \(offset) of what it inflates to" : "byte \(offset)" }
}

extension CaptureError {
  /// The path of what could not be read; empty when the error is about something else.
  var path: String {
    switch self {
    case .notFound(let path), .noPermission(let path), .noCaptures(let path), .isEmpty(let path),
      .notACapture(let path, _), .unknownLinkTypes(let path, _), .skipped(let path, _, _, _),
      .truncated(let path, _, _), .damaged(let path, _, _), .readFailed(let path, _, _):
      path
    default: ""
    }
  }

  /// What happened, where, and what can be done; printable whatever the path and the library's message hold.
  package var sentence: String {
    switch self {
    case .notFound(let path): "\(shown(path)): there is no such file"
    case .noPermission(let path):
      "\(shown(path)): no permission to read it; run as a user who may, or change its mode"
    case .noCaptures(let path): "\(shown(path)) is a directory without a capture in it"
    case .isEmpty(let path):
      "\(shown(path)) is empty; nothing was captured, or its writer has not flushed yet"
    case .notACapture(let path, let reason): "\(shown(path)) is not a capture file: \(printable(reason))"
    case .unknownLinkTypes(let path, let types):
      "\(shown(path)): packets of link type "
        + types.map { "\($0.mnemonic) (\($0.rawValue))" }.joined(separator: ", ") + " cannot be read; "
        + "capture with Ethernet or Linux cooked headers"
    case .skipped(let path, let place, let lost, let detail):
      "\(shown(path)): \(lost) bytes from \(place.byte) on, where \(place.thing) should begin, cannot be read "
        + "(\(printable(detail))); the packets before and behind them were read"
    case .truncated(let path, let place, let detail):
      "\(shown(path)) is cut short inside \(place.thing), which begins at \(place.byte) "
        + "(\(printable(detail))); the packets before it were read"
    case .damaged(let path, let place, let detail):
      "\(shown(path)) cannot be read past \(place.byte), where \(place.thing) should begin: "
        + "\(printable(detail)); the packets before it were read"
    case .readFailed(let path, let place, let detail):
      "\(shown(path)): reading failed at \(place.byte), at \(place.thing): \(printable(detail)); "
        + "the packets before it were read"
    default: liveSentence
    }
  }

  /// The same for filters and interfaces.
  private var liveSentence: String {
    switch self {
    case .badFilter(let expression, let detail):
      "the filter \"\(printable(expression))\" is not understood: \(printable(detail)); see pcap-filter(7)"
    case .noSuchInterface(let name, let detail):
      "interface \(shown(name)) cannot be captured on: \(printable(detail)); -D lists the interfaces"
    case .captureNotPermitted(let name, let detail):
      "no permission to capture on \(shown(name)): \(printable(detail)); run as root or with CAP_NET_RAW"
    case .captureFailed(let name, let detail): "capturing on \(shown(name)) failed: \(printable(detail))"
    case .privilegesKept(let detail): "root's privileges could not be given up: \(printable(detail))"
    default: ""
    }
  }

}

/// A path or interface for a sentence.
func shown(_ path: String) -> String { path == "-" ? "standard input" : printable(path) }

/// Text with everything that could steer a terminal, or hide itself, as `\u{HEX}`: file names and messages of libraries
/// may quote what a capture holds.
func printable(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }.joined()
}
