import DNSWire

/// The versions of the RRsets of one owner, and which of them have nothing in common with the others.
///
/// Each record is looked at once, whoever has it: to compare the versions in pairs would take the square of what an
/// attacker makes up.
final class RivalVersions {
  /// The versions, and those that share no record with another one though there are others of their type.
  let versions: [RRsetID], apart: [RRsetID]
  /// By an address of a server that a version names this version, or nil when several name it.
  private lazy var addresses = RivalVersions.addresses(versions, delegations, store)
  private let delegations: Delegations, store: RRsetStore

  /// Addresses of the servers of one version that are compared: a zone has up to 13 servers with some addresses each.
  private static let addressLimit = 256

  /// Compares versions.
  init(_ versions: [RRsetID], _ delegations: Delegations, _ store: RRsetStore) {
    (self.versions, self.delegations, self.store) = (versions, delegations, store)
    var holders: [[UInt8]: Int] = [:], types: [RecordType: Int] = [:]
    let records = versions.map { store.records(of: $0) }
    for (version, records) in zip(versions, records) {
      types[store.type(of: version), default: 0] += 1
      for record in records { holders[record, default: 0] += 1 }
    }
    apart = zip(versions, records).filter { version, records in
      (types[store.type(of: version)] ?? 0) > 1 && records.allSatisfy { holders[$0] == 1 }
    }.map(\.0)
  }

  /// Whether the servers that the other versions name have an address.
  func isUsual(_ address: [UInt8], besides version: RRsetID) -> Bool {
    guard let holder = addresses[address] else { return false }
    return holder != version
  }

  /// The addresses of the servers that versions name, some of them.
  private static func addresses(_ versions: [RRsetID], _ delegations: Delegations, _ store: RRsetStore)
    -> [[UInt8]: RRsetID?]
  {
    var holders: [[UInt8]: RRsetID?] = [:]
    for version in versions {
      for address in delegations.addresses(ofServersIn: version, limit: addressLimit) {
        if let known = holders[address] {
          if known != version { holders[address] = .some(nil) }
        } else {
          holders[address] = .some(version)
        }
      }
    }
    return holders
  }
}
