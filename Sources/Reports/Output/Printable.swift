/// Text that nothing can misunderstand: printable ASCII, and `\u{...}` in place of every other character. The
/// section sign, which this program itself uses, is spelled out.
///
/// This is the border between what packets, files and servers say and a terminal or a page. Names are printable
/// already (RFC 1035 §5.1); sentences, paths, comments and texts of servers become so here. Other alphabets are
/// escaped too: marks and direction controls among them rearrange what stands beside them, and code that works
/// by grapheme clusters does not see a `<` that a prepended mark belongs to.
struct Printable: Hashable, Sendable, CustomStringConvertible {
  /// The text, printable ASCII.
  let description: String

  /// The most characters taken from one text: a server may send 64 KiB of reasons, which no person reads and
  /// which JSON lines have in full.
  static let limit = 2_000

  /// Escapes text; what is longer than the limit is cut, and says so.
  init(_ text: some StringProtocol) {
    if text.utf8.count <= Printable.limit, text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) {
      description = String(text)
      return
    }
    var escaped = ""
    for scalar in text.unicodeScalars.prefix(Printable.limit) {
      if (0x20...0x7e).contains(scalar.value) {
        escaped.unicodeScalars.append(scalar)
      } else if scalar == "\u{a7}" {
        escaped += "section "
      } else {
        escaped += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    let rest = text.unicodeScalars.dropFirst(Printable.limit).count
    description = rest > 0 ? "\(escaped) ... (\(grouped(rest)) more characters)" : escaped
  }

  /// How many columns it takes.
  var width: Int { description.utf8.count }
}
