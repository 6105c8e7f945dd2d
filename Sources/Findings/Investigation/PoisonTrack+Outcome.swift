import Bytes
import DNSWire
import Packets
import Transactions

/// Tells what came of an attack that was followed.
extension PoisonTrack {
  /// What came of it.
  func outcome() -> AttackOutcome {
    var outcome = AttackOutcome()
    outcome.isDelivered = isDelivered
    outcome.served = served.prefix(Finding.frameLimit).map { caseFile.packet($0) }
    outcome.lastTime = served.last.map { caseFile.time($0) }
    outcome.victims = order.compactMap { victims[$0] }
    outcome.attackerAnswers = extraForged.prefix(Finding.frameLimit).flatMap(caseFile.packets)
    outcome.poisoned = poisoned()
    outcome.contacts = contacts(outcome)
    if let clearedAt { outcome.recovery = (caseFile.packet(clearedAt), caseFile.time(clearedAt)) }
    if cluster.isUndecided {
      outcome.succeeded = nil
    } else if !served.isEmpty || reachedStub || hasAttackerAnswer {
      outcome.succeeded = true
    } else if clearedAt != nil || isClearedElsewhere || answeredWithFailure
      || (!isDelivered && !accused.isEmpty) || accused.isEmpty
    {
      outcome.succeeded = false
    }
    return outcome
  }

  /// Where the forged data stand.
  var story: PoisonStory {
    PoisonStory(
      forged: (accused + extraForged).sorted(), served: served, rrsets: Set(rrsets.keys),
      denials: Set(denials.keys), cleared: clearedAt)
  }

  /// The forged data in presentation format.
  private func poisoned() -> [PoisonedRecord] {
    guard isDelivered || !served.isEmpty else { return [] }
    let store = caseFile.store.rrsets
    var list: [PoisonedRecord] = []
    for id in rrsets.keys.sorted() {
      guard let taint = rrsets[id] else { continue }
      let type = store.type(of: id), recordClass = store.recordClass(of: id), owner = store.owner(of: id)
      for data in store.records(of: id) where list.count < PoisonTrack.listed {
        list.append(
          PoisonedRecord(
            name: owner, type: type, data: presentation(of: data, type, recordClass), ttl: taint.ttl,
            expires: taint.expires))
      }
    }
    return list
  }

  /// Forged records listed.
  private static var listed: Int { 1_000 }

  /// Connections of victims to forged addresses after they got them.
  private func contacts(_ outcome: AttackOutcome) -> [VictimContact] {
    var addresses: Set<IPAddress> = []
    for id in rrsets.keys where [.a, .aaaa].contains(caseFile.store.rrsets.type(of: id)) {
      addresses.formUnion(caseFile.store.rrsets.records(of: id).compactMap { IPAddress(bytes: $0.span) })
    }
    guard !addresses.isEmpty else { return [] }
    var first: [IPAddress: Timestamp] = [:]
    for victim in outcome.victims { first[victim.client] = victim.firstTime }
    return caseFile.witness.contacts.compactMap { contact in
      guard addresses.contains(contact.destination), let since = first[contact.source],
        contact.lastTime >= since
      else {
        return nil
      }
      return VictimContact(
        client: contact.source, address: contact.destination, port: contact.port,
        transport: contact.transport.name,
        packet: contact.firstPacket, firstTime: contact.firstTime, lastTime: contact.lastTime,
        count: contact.count)
    }
  }
}
