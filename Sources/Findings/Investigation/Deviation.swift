/// In what a response departs from what is usual for its server.
package struct Deviation: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  /// R4: time to live of its packet.
  package static let ipTTL = Deviation(rawValue: 1)
  /// R6: IP identification: zero where the server counts, a number where it has none, out of its sequence.
  package static let identification = Deviation(rawValue: 2)
  /// Don't-fragment bit, traffic class, missing checksum.
  package static let dontFragment = Deviation(rawValue: 4), trafficClass = Deviation(rawValue: 8)
  package static let checksum = Deviation(rawValue: 16)
  /// R9: station on the link.
  package static let station = Deviation(rawValue: 32)
  /// R5: faster than the server ever is.
  package static let tooFast = Deviation(rawValue: 64)
  /// EDNS missing where the server has it.
  package static let ednsMissing = Deviation(rawValue: 128)
  /// Another EDNS size than the server's.
  package static let ednsSize = Deviation(rawValue: 256)
  /// AA or RA other than the server's, or sections filled that it leaves empty, or the other way round.
  package static let flags = Deviation(rawValue: 512)
  /// P11: letter case of the question not echoed where the server does.
  package static let letterCase = Deviation(rawValue: 1_024)
  /// P12: client cookie missing where the server sends it, or another one.
  package static let cookieMissing = Deviation(rawValue: 2_048), cookieWrong = Deviation(rawValue: 4_096)
  /// R6: time to live that mirrors the query's.
  package static let mirroredTTL = Deviation(rawValue: 8_192)
  /// B9: a DNS TTL far above all others of that RRset.
  package static let dnsTTL = Deviation(rawValue: 16_384)
  /// Other data than the server gave at other times, though it never gives several.
  package static let otherData = Deviation(rawValue: 32_768)

  /// From the bits.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// What link and IP headers say.
  static let network: Deviation = [
    .ipTTL, .identification, .dontFragment, .trafficClass, .checksum, .station,
  ]
  /// How the message is made.
  static let structure: Deviation = [
    .ednsMissing, .ednsSize, .flags, .letterCase, .cookieMissing, .cookieWrong,
  ]

  /// The families of evidence that it amounts to. EDNS size alone says little, and a mirrored TTL only beside others.
  package var families: Set<EvidenceFamily> {
    var families: Set<EvidenceFamily> = []
    if !isDisjoint(with: Deviation.network) { families.insert(.network) }
    if !isDisjoint(with: Deviation.structure) { families.insert(.structure) }
    if contains(.tooFast) { families.insert(.timing) }
    if !isDisjoint(with: [.dnsTTL, .otherData]) { families.insert(.history) }
    return families
  }
}
