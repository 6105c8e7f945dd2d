import DNSSEC
import Findings

/// Lays text out in lines of a given width, and colours it where that is wanted.
///
/// Everything that comes from outside is `Printable`; literals of this module are ASCII.
struct TextCanvas {
  /// The text so far.
  private(set) var bytes: [UInt8] = []
  /// Columns.
  let width: Int
  /// Whether colours are used.
  private let color: ColorMode

  /// An empty canvas.
  init(width: Int, color: ColorMode) { (self.width, self.color) = (width, color) }

  /// Forgets the text and keeps the memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// A line as it is.
  mutating func line(_ text: String = "") {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0a)
  }

  /// A heading behind an empty line, with a remark.
  mutating func heading(_ title: String, _ remark: String = "") {
    if !bytes.isEmpty { line() }
    line(paint(title, .bold) + (remark.isEmpty ? "" : "  \(remark)"))
  }

  /// A paragraph: `first` in front of its first line, the others under where the text began.
  /// - Parameter firstWidth: columns that `first` takes, when it is coloured.
  mutating func paragraph(_ first: String, firstWidth: Int? = nil, _ text: Printable, style: Style? = nil) {
    let indent = firstWidth ?? first.utf8.count
    var prefix = first
    for piece in wrap(text.description, width: max(width - indent, 20)) {
      line(prefix + (style.map { paint(piece, $0) } ?? piece))
      prefix = String(repeating: " ", count: indent)
    }
  }

  /// Text in a colour, where colours are used.
  func paint(_ text: String, _ style: Style) -> String {
    color == .ansi && !text.isEmpty ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// Text filled with spaces up to a width, coloured without them.
  func column(_ text: String, _ width: Int, _ style: Style? = nil) -> String {
    let painted = style.map { paint(text, $0) } ?? text
    return painted + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}

/// What colours say (ECMA-48 SGR parameters). None says anything that the words do not.
enum Style: String {
  case bold = "1"
  case faint = "2"
  case good = "32"
  case notice = "33"
  case alarm = "1;31"
  case unknown = "36"
}

extension SecurityStatus {
  /// The word's colour.
  var style: Style {
    switch self {
    case .secure: .good
    case .insecure: .notice
    case .indeterminate: .unknown
    case .bogus: .alarm
    }
  }
}

extension Severity {
  /// The word's colour.
  var style: Style {
    switch self {
    case .critical, .high: .alarm
    case .medium: .notice
    case .low: .unknown
    case .info: .faint
    }
  }
}

/// Breaks text at spaces into pieces of at most `width` columns, longer words at the width.
func wrap(_ text: String, width: Int) -> [String] {
  var pieces: [String] = [], current = ""
  for word in text.split(separator: " ") {
    var rest = word[...]
    if !current.isEmpty, current.utf8.count + 1 + rest.utf8.count <= width {
      current += " " + rest
      continue
    }
    if !current.isEmpty { pieces.append(current) }
    while rest.utf8.count > width {
      pieces.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    current = String(rest)
  }
  return current.isEmpty && !pieces.isEmpty ? pieces : pieces + [current]
}
