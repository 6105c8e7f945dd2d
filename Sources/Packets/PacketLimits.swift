/// How much a `PacketDecoder` keeps and follows, whatever a capture holds.
package struct PacketLimits: Sendable {
  /// IPv6 extension headers in one packet: RFC 8200 §4.1 lists seven places; what hosts refuse is still worth reading.
  package static let extensionHeaders = 24
  /// Bytes in an IP datagram (RFC 791 §3.1; RFC 8200 §4.5 for the fragmentable part).
  package static let datagramBytes = 65_535

  /// Fragments of one datagram that are kept beside others with different bytes: Linux holds as many datagrams of one
  /// pair of hosts open at a time (`ipfrag_max_dist`), and each takes a whole decoding.
  package static let alternatives = 64
  /// How many of these are the first ones that came; the others are the last ones.
  package static let firstAlternatives = 8
  /// Bytes of other versions of datagrams that are handed on before fragments have paid for them: 256 of the largest. A
  /// fragment of 8 bytes makes a version of 65,535, each of which is decoded and kept, so that these are rationed.
  static let versionBytes = 16_777_216
  /// Bytes of other versions for each byte of a fragment: enough for three fragments in four to differ.
  static let versionShare = 4
  /// Packets kept as examples of an oddity.
  package static let examples = 5

  /// Datagrams under reassembly: 270 a second that never become whole, as in captures of `port 53` alone. Linux's
  /// bound is one of memory alone.
  package var datagrams = 8_192
  /// Datagrams remembered after they were whole.
  package var doneDatagrams = 4_096
  /// Bytes of all datagrams under reassembly, and of all that are remembered: twice Linux's `ipfrag_high_thresh`.
  package var datagramsBytes = 8_388_608
  /// Fragments of one datagram that bring something: 65,535 bytes in the smallest fragments there can be, 8 bytes each.
  package var fragments = 8_192
  /// Nanoseconds that a datagram waits for its fragments: Linux's `ipfrag_time`, 30 s (RFC 8200 §4.5 allows 60).
  package var fragmentWait: Int64 = 30_000_000_000

  /// TCP streams, each one direction of a connection. A busy root server has a few thousand open connections.
  package var streams = 16_384
  /// Bytes of one stream that wait for a hole to be filled: four windows of 64 KiB.
  package var heldBytes = 262_144
  /// Segments of one stream that wait: `heldBytes` in segments of 1,024 bytes.
  package var heldSegments = 256
  /// Bytes that all streams hold together.
  package var streamsBytes = 16_777_216
  /// Nanoseconds that a stream may be silent before what it holds back is handed on: twice the 2 minutes of RFC 793's MSL.
  package var streamIdle: Int64 = 240_000_000_000
  /// Nanoseconds that a hole is left open although the receiver has acknowledged what was in it: time enough for a
  /// capture that shows packets in the wrong order.
  package var acknowledgedHoleWait: Int64 = 1_000_000_000
  /// Nanoseconds that any hole is left open: a sender repeats within a few seconds (RFC 6298 §2).
  package var holeWait: Int64 = 30_000_000_000

  /// ICMP errors that are kept as evidence, of 128 bytes each: Linux hosts send at most a thousand a second
  /// (`icmp_msgs_per_sec`), so these are 16 seconds of the busiest probing there can be of one.
  package var icmpErrors = 16_384
  /// Lone fragments and conflicts of fragments that are kept as evidence, of about 100 bytes each: an attacker plants 64
  /// for one datagram (`ipfrag_max_dist`), so that these are 256 attempts.
  package var fragmentNotes = 16_384
  /// Who turned to which address, about 160 bytes each with the index: a network of some thousand clients in an hour.
  package var contacts = 65_536

  /// The limits above.
  package init() {}
}
