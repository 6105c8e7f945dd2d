/// What packets show that is no DNS message and matters to whoever asks for forgeries: errors that probes and lies leave
/// behind, fragments without their beginning, and who turned to which address. Each list is bounded; what does not fit is
/// counted as an oddity.
package struct PacketWitness: Sendable {
  /// ICMP and ICMPv6 errors that quote a packet from or to a DNS port.
  package internal(set) var icmpErrors: BothEnds<ICMPError>
  /// The first of the later fragments of each UDP datagram whose beginning was not here when it came, as far as the
  /// datagram may be of DNS; in the order in which it showed what became of them.
  package internal(set) var loneFragments: BothEnds<LoneFragment>
  /// Fragments of UDP datagrams with other bytes than those that came first, as far as these may be of DNS. One that came
  /// after its datagram was whole is here if the version with it was handed on.
  package internal(set) var fragmentConflicts: BothEnds<FragmentConflict>
  /// Who turned to which address on a port that is not of DNS.
  package internal(set) var contacts: ContactTable

  /// Nothing seen.
  package init(_ limits: PacketLimits = PacketLimits()) {
    icmpErrors = BothEnds(limit: limits.icmpErrors)
    loneFragments = BothEnds(limit: limits.fragmentNotes)
    fragmentConflicts = BothEnds(limit: limits.fragmentNotes)
    contacts = ContactTable(limit: limits.contacts)
  }
}

extension PacketDecoder {
  /// Hands over what was witnessed since the last time.
  package mutating func takeWitness() -> PacketWitness {
    let taken = witness
    witness = PacketWitness(limits)
    return taken
  }

  /// Notes an ICMP error that quotes a packet of DNS.
  mutating func witness(_ error: ICMPError) {
    guard keepsWitness else { return }
    if !witness.icmpErrors.append(error) { counters.count(.icmpLeftOut) }
  }

  /// Notes that a packet on ports that are not of DNS goes to somebody.
  mutating func witnessContact(_ flow: Flow, _ origin: MessageOrigin) {
    guard keepsWitness else { return }
    if !witness.contacts.note(flow, origin) { counters.count(.contactLeftOut) }
  }

  /// Notes what was odd about a datagram's fragments.
  mutating func witness(_ notes: FragmentNotes) {
    guard keepsWitness else { return }
    var leftOut = notes.conflictsLeftOut
    if let tail = notes.tail, !witness.loneFragments.append(tail) { leftOut += 1 }
    for conflict in notes.conflicts where !witness.fragmentConflicts.append(conflict) { leftOut += 1 }
    for _ in 0..<leftOut { counters.count(.fragmentNoteLeftOut) }
  }
}
