import DNSSEC

extension SecurityStatus {
  /// What the word means (RFC 4035 §4.3), for people who have not read the RFC.
  var meaning: String {
    switch self {
    case .secure: "An unbroken chain of signatures leads from a trust anchor to the data."
    case .insecure:
      "A proof shows that the chain ends above the data: nothing vouches for it, nothing speaks against it."
    case .indeterminate: "No trust anchor covers the name, or the capture lacks a link of the chain."
    case .bogus:
      "The chain should hold and something in it fails. Forgery is one cause, a mistake of the zone's owner another."
    }
  }
}

extension Line {
  /// The words of the page that have a meaning of their own.
  static let glossary: [Line] =
    SecurityStatus.allCases.map { Line($0.word, "\($0.meaning) RFC 4035 section 4.3.") } + [
      Line("EDE", "Extended DNS error, the code that says why: RFC 8914 section 4."),
      Line("DS", "The parent zone's record that names a key of the child: RFC 4034 section 5."),
      Line("DNSKEY", "A public key of a zone: RFC 4034 section 2. A KSK signs keys, a ZSK data, a CSK both."),
      Line("RRSIG", "A signature over records of one name and type: RFC 4034 section 3."),
      Line("NSEC, NSEC3", "Signed proof that something does not exist: RFC 4034 section 4, RFC 5155."),
      Line("frame", "A packet by its number in its capture, counted from 1 as Wireshark counts."),
    ]
}
