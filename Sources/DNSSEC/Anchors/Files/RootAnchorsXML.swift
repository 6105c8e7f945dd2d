import Bytes
import DNSWire

/// Reads IANA's root-anchors.xml (RFC 9718 §2, which takes the place of RFC 7958).
enum RootAnchorsXML {
  private typealias Element = XMLElements.Element

  /// The anchors in a text, each with its period.
  static func parse(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    let root = try XMLElements.root(of: text)
    guard root.name == "TrustAnchor" else {
      throw XMLElements.failure(root.line, "the first element is not TrustAnchor")
    }
    let zones = root.children.filter { $0.name == "Zone" }
    guard zones.count == 1, let zone = Name(zones[0].text) else {
      throw XMLElements.failure(root.line, "not one Zone that is a domain name")
    }
    var anchors: [TrustAnchor] = []
    for element in root.children where element.name != "Zone" {
      guard element.name == "KeyDigest" else { throw unknown(element) }
      try AnchorFile.add(anchor(element, of: zone, source), to: &anchors, line: element.line)
    }
    return anchors
  }

  /// The anchor of a KeyDigest; a PublicKey in it has to have the digest (RFC 9718 §2.1.2).
  private static func anchor(_ element: Element, of zone: Name, _ source: String) throws(AnchorFileError)
    -> TrustAnchor
  {
    let fields = try fields(of: element)
    let words = ["KeyTag", "Algorithm", "DigestType", "Digest"].compactMap { fields[$0] }
    guard words.count == 4, case .digest(let ds)? = AnchorFields.digest(words) else {
      throw XMLElements.failure(element.line, "KeyTag, Algorithm, DigestType and Digest cannot be read")
    }
    try checkKey(fields, ds, zone, element.line)
    guard let from = try time("validFrom", of: element) else {
      throw XMLElements.failure(element.line, "no validFrom")
    }
    let until = try time("validUntil", of: element)
    if let until, until < from { throw XMLElements.failure(element.line, "validUntil lies before validFrom") }
    return TrustAnchor(
      zone: zone, key: .digest(ds), validFrom: from, validUntil: until, source: "\(source):\(element.line)")
  }

  /// The elements of a KeyDigest by name, each once.
  private static func fields(of element: Element) throws(AnchorFileError) -> [String: String] {
    var fields: [String: String] = [:]
    for child in element.children {
      guard ["KeyTag", "Algorithm", "DigestType", "Digest", "PublicKey", "Flags"].contains(child.name) else {
        throw unknown(child)
      }
      let text = child.text.filter { !$0.isWhitespace }
      guard child.children.isEmpty, fields.updateValue(text, forKey: child.name) == nil else {
        throw XMLElements.failure(child.line, "\(child.name) twice, or with elements in it")
      }
    }
    return fields
  }

  /// Holds the key against its digest, where both are given.
  private static func checkKey(
    _ fields: [String: String], _ ds: DSData, _ zone: Name, _ line: Int
  ) throws(AnchorFileError) {
    guard fields["PublicKey"] != nil || fields["Flags"] != nil else { return }
    let words = [fields["Flags"] ?? "", "3", fields["Algorithm"] ?? "", fields["PublicKey"] ?? ""]
    guard case .key(let key)? = AnchorFields.dnskey(words) else {
      throw XMLElements.failure(line, "PublicKey and Flags cannot be read")
    }
    let entry = KeyStore.Entry(owner: zone.canonical, data: key, keyTag: key.keyTag, publicKey: nil)
    guard ds.digest(of: entry) == nil || ds.names(entry) else {
      throw XMLElements.failure(line, "PublicKey has another digest or key tag than those given")
    }
  }

  /// An attribute that is a time as XML Schema writes it, in seconds since 1970.
  private static func time(_ attribute: String, of element: Element) throws(AnchorFileError) -> Int64? {
    guard let text = element.attributes[attribute] else { return nil }
    guard let time = XMLTime.seconds(text) else {
      throw XMLElements.failure(element.line, "\(attribute) is not a time such as 2017-02-02T00:00:00+00:00")
    }
    return time
  }

  /// The error for an element that does not belong here.
  private static func unknown(_ element: Element) -> AnchorFileError {
    XMLElements.failure(element.line, "an element that root-anchors.xml does not have")
  }
}

/// Reads xsd:dateTime with its offset, which is a time as RFC 3339 §5.6 writes it.
enum XMLTime {
  /// Seconds since 1970; fractions are left out.
  static func seconds(_ text: String) -> Int64? {
    let octets = Array(text.utf8)
    guard octets.count >= 20, octets[4] == 0x2d, octets[7] == 0x2d, octets[10] | 0x20 == 0x74,
      octets[13] == 0x3a, octets[16] == 0x3a
    else { return nil }
    let parts = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].compactMap { number(octets[$0]) }
    guard parts.count == 6, let offset = offset(octets[19...]) else { return nil }
    return CivilTime.seconds(
      year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5]
    ).map { $0 - offset }
  }

  /// Seconds east of UTC at the end of a time, behind a fraction.
  private static func offset(_ octets: ArraySlice<UInt8>) -> Int64? {
    var rest = octets
    if rest.first == 0x2e {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(1 + digits.count)
    }
    if rest.count == 1, let zone = rest.first, zone | 0x20 == 0x7a { return 0 }
    let zone = Array(rest)
    guard zone.count == 6, zone[0] == 0x2b || zone[0] == 0x2d, zone[3] == 0x3a,
      let hours = number(zone[1..<3]),
      let minutes = number(zone[4..<6]), hours < 24, minutes < 60
    else { return nil }
    return (hours * 3_600 + minutes * 60) * (zone[0] == 0x2d ? -1 : 1)
  }

  /// A decimal number.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits.allSatisfy { (0x30...0x39).contains($0) } ? Int64(String(decoding: digits, as: UTF8.self)) : nil
  }
}
