import Bytes
import DNSWire
import Findings
import Packets

extension JSONLineWriter {
  /// Writes the members of `incident`.
  mutating func write(_ incident: Incident) {
    field("event", "incident")
    field("id", incident.id)
    field("kind", incident.kind.rawValue)
    field("severity", incident.severity.word)
    field("confidence", incident.confidence.word)
    field("summary", incident.summary)
    field("findings", incident.findings)
    object("target") { target in
      if let resolver = incident.resolver {
        target.field("resolver", resolver)
      } else {
        target.nullField("resolver")
      }
      target.field("zone", incident.zone)
      target.field("name", incident.name)
    }
    array("spoofed_servers") { list in
      for server in incident.spoofedServers { list.element(ascii: server.appendText) }
    }
    field("first_time", incident.firstTime)
    field("last_time", incident.lastTime)
    field("attempts", incident.attempts)
    field("succeeded", incident.succeeded)
    packets("forged", incident.forged)
    packets("genuine", incident.genuine)
    field("forged_data", incident.forgedData)
    field("genuine_data", incident.genuineData)
    packets("served", incident.served)
    array("poisoned") { list in for record in incident.poisoned { list.object { $0.write(record) } } }
    array("victims") { list in for victim in incident.victims { list.object { $0.write(victim) } } }
    array("contacts") { list in for contact in incident.contacts { list.object { $0.write(contact) } } }
    recovery(incident)
    array("arithmetic") { list in
      for line in incident.arithmetic {
        list.object {
          $0.field("family", line.family.rawValue)
          $0.field("text", line.text)
        }
      }
    }
    object("facts") { object in for fact in incident.facts { object.field(fact.name, fact.value) } }
  }

  /// Writes packets as objects: the number, and the input where it is not the first.
  private mutating func packets(_ key: String, _ packets: [PacketID]) {
    array(key) { list in
      for packet in packets {
        list.object { object in
          object.field("frame", packet.number)
          if packet.file > 0 { object.field("file", packet.file) }
        }
      }
    }
  }

  /// Writes a forged record.
  private mutating func write(_ record: PoisonedRecord) {
    field("name", record.name)
    field("type", record.type.mnemonic)
    field("rdata", record.data)
    field("ttl", record.ttl)
    field("expires", record.expires)
  }

  /// Writes who got forged data.
  private mutating func write(_ victim: Victim) {
    field("client", victim.client)
    field("first_time", victim.firstTime)
    field("last_time", victim.lastTime)
    field("frames", victim.packets.map(\.number))
    field("expires", victim.expires)
  }

  /// Writes a connection to a forged address.
  private mutating func write(_ contact: VictimContact) {
    field("client", contact.client)
    field("address", contact.address)
    field("port", contact.port)
    field("transport", contact.transport)
    field("frame", contact.packet.number)
    field("first_time", contact.firstTime)
    field("last_time", contact.lastTime)
    field("count", contact.count)
  }

  /// Writes the first clean answer, or null.
  private mutating func recovery(_ incident: Incident) {
    guard let recovery = incident.recovery else { return nullField("recovery") }
    object("recovery") {
      $0.field("frame", recovery.packet.number)
      $0.field("time", recovery.time)
    }
  }
}
