/// A reader for the little of XML that root-anchors.xml needs: elements, attributes, text and comments. It knows no
/// document types and no entities but the five of XML itself, so that nothing in a file can grow or lead elsewhere.
struct XMLElements {
  /// An element with what is in it.
  struct Element: Sendable {
    /// Its name, and the line that it begins on, from 1.
    let name: String, line: Int
    var attributes: [String: String] = [:]
    /// Its text without the white space around it, and the elements in it.
    var text = "", children: [Element] = []
  }

  /// How deep elements stand in each other: root-anchors.xml has three levels.
  private static let maximumDepth = 8

  private var rest: ArraySlice<UInt8>, line = 1

  /// The root element of a text.
  static func root(of text: String) throws(AnchorFileError) -> Element {
    let octets = Array(text.utf8)
    var reader = XMLElements(
      rest: octets.starts(with: [0xef, 0xbb, 0xbf]) ? octets.dropFirst(3) : octets[...])
    reader.skipBlanks()
    if reader.take("<?xml") { try reader.skip(past: "?>") }
    try reader.skipComments()
    let root = try reader.element(depth: 1)
    try reader.skipComments()
    guard reader.rest.isEmpty else { throw failure(reader.line, "something behind the last element") }
    return root
  }

  /// Reads an element from its `<` on.
  private mutating func element(depth: Int) throws(AnchorFileError) -> Element {
    guard depth <= XMLElements.maximumDepth else {
      throw XMLElements.failure(line, "elements more than \(XMLElements.maximumDepth) deep")
    }
    guard take("<") else { throw XMLElements.failure(line, "no element begins here") }
    var element = Element(name: try name(), line: line)
    skipBlanks()
    while rest.first != 0x3e, rest.first != 0x2f {
      let attribute = try name()
      guard take("=") else { throw XMLElements.failure(line, "an attribute without a value") }
      guard element.attributes.updateValue(try quoted(), forKey: attribute) == nil else {
        throw XMLElements.failure(line, "an attribute given twice")
      }
      skipBlanks()
    }
    if take("/>") { return element }
    guard take(">") else { throw XMLElements.failure(line, "a tag that is not closed") }
    try readContent(of: &element, depth: depth)
    return element
  }

  /// Reads text and elements up to the end tag.
  private mutating func readContent(of element: inout Element, depth: Int) throws(AnchorFileError) {
    var text: [UInt8] = []
    while true {
      let octets = rest.prefix { $0 != 0x3c }
      text += octets
      skip(octets.count)
      if rest.starts(with: "<!--".utf8) {
        try skip(past: "-->")
      } else if take("</") {
        guard try name() == element.name else {
          throw XMLElements.failure(line, "an end tag without its start tag")
        }
        skipBlanks()
        guard take(">") else { throw XMLElements.failure(line, "a tag that is not closed") }
        break
      } else {
        guard !rest.isEmpty else { throw XMLElements.failure(element.line, "an element that is not closed") }
        element.children.append(try self.element(depth: depth + 1))
      }
    }
    element.text = try XMLElements.plain(text, line)
  }

  /// A name: letters, digits and a few signs, ASCII all of them.
  private mutating func name() throws(AnchorFileError) -> String {
    let octets = rest.prefix { octet in
      (0x61...0x7a).contains(octet | 0x20) || (0x30...0x39).contains(octet)
        || [0x2d, 0x2e, 0x3a, 0x5f].contains(octet)
    }
    guard !octets.isEmpty else { throw XMLElements.failure(line, "no name of an element or attribute") }
    skip(octets.count)
    return String(decoding: octets, as: UTF8.self)
  }

  /// The value of an attribute.
  private mutating func quoted() throws(AnchorFileError) -> String {
    guard let quote = rest.first, quote == 0x22 || quote == 0x27 else {
      throw XMLElements.failure(line, "an attribute whose value is not in quotes")
    }
    skip(1)
    let octets = rest.prefix { $0 != quote && $0 != 0x3c }
    skip(octets.count)
    guard rest.first == quote else { throw XMLElements.failure(line, "a quotation that is not closed") }
    skip(1)
    return try XMLElements.plain(Array(octets), line)
  }

  /// Text without blanks around it, and with the five entities of XML in place.
  private static func plain(_ octets: [UInt8], _ line: Int) throws(AnchorFileError) -> String {
    var text = String(decoding: octets.trimmed, as: UTF8.self)
    guard text.contains("&") else { return text }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")] {
      text = text.replacing(entity, with: character)
    }
    guard !text.replacing("&amp;", with: "").contains("&") else {
      throw failure(line, "an entity that is not one of XML's own five")
    }
    return text.replacing("&amp;", with: "&")
  }
}

extension XMLElements {
  /// Takes octets if they come next.
  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    skip(text.utf8.count)
    return true
  }

  /// Passes over octets and counts the lines among them.
  private mutating func skip(_ count: Int) {
    line += rest.prefix(count).count { $0 == 0x0a }
    rest = rest.dropFirst(count)
  }

  /// Passes over white space.
  private mutating func skipBlanks() { skip(rest.prefix { [0x20, 0x09, 0x0a, 0x0d].contains($0) }.count) }

  /// Passes over everything up to the end of a mark.
  private mutating func skip(past mark: String) throws(AnchorFileError) {
    let opened = line
    while !rest.isEmpty {
      if take(mark) { return }
      skip(1)
    }
    throw XMLElements.failure(opened, "what begins here is not closed")
  }

  /// Passes over white space and comments.
  private mutating func skipComments() throws(AnchorFileError) {
    skipBlanks()
    while rest.starts(with: "<!--".utf8) {
      try skip(past: "-->")
      skipBlanks()
    }
    if rest.starts(with: "<!".utf8) || rest.starts(with: "<?".utf8) {
      throw XMLElements.failure(line, "a document type or an instruction, which are not read")
    }
  }

  /// An error in such a file.
  static func failure(_ line: Int, _ problem: String) -> AnchorFileError {
    AnchorFileError(line: line, problem: problem, expected: AnchorFile.Form.xml.expectation)
  }
}

extension [UInt8] {
  /// Without white space at both ends.
  fileprivate var trimmed: ArraySlice<UInt8> {
    let isBlank = { (octet: UInt8) in octet <= 0x20 }
    let start = drop(while: isBlank)
    return start.dropLast(start.reversed().prefix(while: isBlank).count)
  }
}
