import Bytes

/// What was odd about the fragments of one UDP datagram.
struct FragmentNotes {
  /// The first of its later fragments, when that came before the beginning.
  var tail: LoneFragment?
  /// Its fragments with other bytes than those that came first, and how many more there were.
  var conflicts: [FragmentConflict] = []
  var conflictsLeftOut = 0

  /// The same of a datagram that was given up for want of room.
  var ofDatagramGivenUp: FragmentNotes {
    var notes = self
    if notes.tail?.outcome == .never { notes.tail?.outcome = .givenUp }
    return notes
  }
}

/// A later fragment of a UDP datagram whose beginning was not here when it came. Some hosts send in this order; so does
/// who plants a fragment for a datagram that is yet to be sent.
package struct LoneFragment: Equatable, Sendable {
  /// What became of the datagram.
  package enum Outcome: Sendable {
    /// The beginning came in time, and was of DNS.
    case joined
    /// It did not come in time, or before the capture ended.
    case never
    /// It had not come when the datagram was given up to keep memory bounded.
    case givenUp
  }

  /// The fragment's packet, and when it was captured.
  package let packet: PacketID, time: Timestamp
  /// What names the datagram: sender, receiver and identification.
  package let source: IPAddress, destination: IPAddress, identification: UInt32
  /// The place of the fragment in its datagram, and its length, bytes.
  package let offset: Int, length: Int
  /// What its own headers say.
  package let network: NetworkTraits
  /// How many fragments with new bytes came before the beginning, or came at all without it.
  package let count: Int
  /// The packet with the beginning.
  package let beginning: PacketID?
  /// What became of the datagram.
  package internal(set) var outcome: Outcome
}

/// A fragment of a UDP datagram that has other bytes than those that came first for the same place.
package struct FragmentConflict: Equatable, Sendable {
  /// A packet with a fragment, and what its headers say.
  package struct Side: Equatable, Sendable {
    package let packet: PacketID, network: NetworkTraits
  }

  /// When the fragment with the other bytes was captured.
  package let time: Timestamp
  /// What names the datagram: sender, receiver and identification.
  package let source: IPAddress, destination: IPAddress, identification: UInt32
  /// The earliest packet with bytes for the same place, and the one with the others.
  package let first: Side, other: Side
  /// The place of the other fragment in the datagram, and its length, bytes.
  package let offset: Int, length: Int
}

extension FragmentedDatagram {
  /// What was odd about its fragments; nil when nothing was, or when it is none of UDP.
  var notes: FragmentNotes? {
    // What came late was told with the datagram that it came too late for.
    guard transport == .udp, beginning != nil || !isLate else { return nil }
    let tail = loneFragment
    guard tail != nil || !alternatives.isEmpty else { return nil }
    return FragmentNotes(
      tail: tail, conflicts: alternatives.map(conflict), conflictsLeftOut: alternativesLeftOut)
  }

  /// A fragment with other bytes, beside the earliest packet that has some for its place.
  func conflict(_ alternative: Alternative) -> FragmentConflict {
    let piece = alternative.piece, other = alternative.origin
    let first = packets.first { $0.covered.overlaps(piece.offset..<piece.end) }
    let side = FragmentConflict.Side(packet: other.packet, network: other.network)
    return FragmentConflict(
      time: other.time, source: source, destination: destination, identification: identification ?? 0,
      first: first.map { FragmentConflict.Side(packet: $0.id, network: $0.network) } ?? side, other: side,
      offset: piece.offset, length: piece.bytes.count)
  }

  /// The first fragment to come, when that was a later one.
  private var loneFragment: LoneFragment? {
    guard let first = packets.first, first.covered.lowerBound > 0 else { return nil }
    let start = packets.firstIndex { $0.covered.lowerBound == 0 }
    return LoneFragment(
      packet: first.id, time: firstTime, source: source, destination: destination,
      identification: identification ?? 0, offset: first.covered.lowerBound, length: first.covered.count,
      network: first.network, count: start ?? packets.count, beginning: beginning?.packet,
      outcome: beginning == nil ? .never : .joined)
  }
}
