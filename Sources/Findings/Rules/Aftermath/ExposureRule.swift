import Bytes
import DNSWire

/// A2: who got forged data, how long these stay good, and who then went to a forged address.
enum ExposureRule: AftermathRule {
  /// Clients and connections that are told one by one.
  private static let told = FindingDraft.listLimit

  static func charge(_ story: PoisonStory, _ outcome: AttackOutcome, _ investigation: Investigation)
    -> Charge?
  {
    guard outcome.succeeded == true, let last = outcome.victims.map(\.expires).max() else { return nil }
    let caseFile = investigation.caseFile, contacts = outcome.contacts
    let clients = Set(contacts.map(\.client)).count
    let visits =
      contacts.isEmpty
      ? "" : "; \(clients) of them \(clients == 1 ? "connects" : "connect") to a forged address afterwards"
    var charge = Charge(
      .exposure, .history, .follows, contacts.isEmpty ? .medium : .high, .high,
      "\(counted(outcome.victims.count, "host")) got forged data; the last copy that was seen runs out at \(last.rfc3339)\(visits)"
    )
    let packets = Set(outcome.victims.flatMap(\.packets))
    charge.records = (story.served + story.forged).filter { packets.contains(caseFile.packet($0)) }.sorted()
    charge.packets = contacts.map(\.packet)
    (charge.firstTime, charge.lastTime) = (contacts.map(\.firstTime).min(), contacts.map(\.lastTime).max())
    charge.facts = [
      ("victims", .texts(outcome.victims.prefix(told).map(text))),
      ("victim_count", .number(outcome.victims.count)),
      ("contacts", .texts(contacts.prefix(told).map(text))), ("contact_count", .number(contacts.count)),
    ]
    charge.benign = ["an address that honest names share with the forged one"]
    return charge
  }

  /// One client.
  private static func text(_ victim: Victim) -> String {
    "\(victim.client): \(counted(victim.packets.count, "answer")) from \(victim.firstTime.rfc3339) to \(victim.lastTime.rfc3339), good until \(victim.expires.rfc3339)"
  }

  /// One connection.
  private static func text(_ contact: VictimContact) -> String {
    "\(contact.client) to \(contact.address) port \(contact.port)/\(contact.transport): \(counted(contact.count, "packet")) from \(contact.firstTime.rfc3339) to \(contact.lastTime.rfc3339)"
  }
}
