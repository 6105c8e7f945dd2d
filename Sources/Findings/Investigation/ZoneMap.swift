import DNSWire

/// Zones as the capture shows them: every owner of an SOA or NS RRset begins one.
struct ZoneMap {
  private var apexes: Set<Name> = []

  /// Of all RRsets of a store. Forged ones are among them; they can make a zone seem smaller, and no more.
  init(_ store: RRsetStore) {
    for number in 0..<store.rrsetCount {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number)), type = store.type(of: id)
      if type == .soa || type == .ns { apexes.insert(store.owner(of: id)) }
    }
  }

  /// The zone that a name is in as far as it is known: the nearest apex at or above it that is not the root or a name of
  /// one label, or else the name above it.
  func zone(of name: Name) -> Name {
    var next: Name? = name
    while let candidate = next, candidate.labelCount >= 2 {
      if apexes.contains(candidate) { return candidate }
      next = candidate.parent
    }
    guard name.labelCount > 2, let parent = name.parent else { return name }
    return parent
  }
}
