import Bytes
import DNSWire
import Packets

/// Findings that belong together: one attack on one host about one zone or name, without a long pause.
package struct Incident: Sendable {
  /// `I1`, `I2` ... in the order of the output.
  package var id = ""
  /// The kind, severity and how sure it is.
  package var kind: IncidentKind, severity: Severity, confidence: Confidence
  /// One sentence.
  package var summary: String
  /// Ids of the findings.
  package var findings: [String] = []
  /// The host that was to be deceived, the zone, and the name when it is one.
  package var resolver: IPAddress?, zone: Name?, name: Name?
  /// Who the forged packets claim to be from.
  package var spoofedServers: [IPAddress]
  /// First and last packet, forged or served on.
  package var firstTime: Timestamp, lastTime: Timestamp
  /// Forged packets; whether forged data were taken, nil when the capture does not show it.
  package var attempts: Int, succeeded: Bool?
  /// The forged and the genuine packets, up to `frameLimit` each.
  package var forged: [PacketID], genuine: [PacketID]
  /// What the forged and the genuine answers say, each once, up to `dataLimit`.
  package var forgedData: [String] = [], genuineData: [String] = []
  /// Packets in which an honest host passes forged data on.
  package var served: [PacketID]
  /// The forged data.
  package var poisoned: [PoisonedRecord]
  /// Who got them.
  package var victims: [Victim]
  /// Connections of victims to forged addresses afterwards.
  package var contacts: [VictimContact]
  /// The first clean answer afterwards, if any was seen.
  package var recovery: (packet: PacketID, time: Timestamp)?
  /// How sure one may be and why: families with sentences that name the frames.
  package var arithmetic: [(family: EvidenceFamily, text: String)]
  /// Facts of floods: tried IDs, order, rate, ports, odds.
  package var facts: [(name: String, value: EvidenceValue)]

  /// Forged frames listed: an attacker needs 65,536 to try every ID once.
  package static let frameLimit = 65_536
  /// Contents of answers listed: more of them tell a reader nothing new.
  package static let dataLimit = 8

  /// From the fields that every incident has.
  package init(
    kind: IncidentKind, severity: Severity, confidence: Confidence, summary: String, resolver: IPAddress?,
    zone: Name?, name: Name?, spoofedServers: [IPAddress], firstTime: Timestamp, lastTime: Timestamp,
    attempts: Int, succeeded: Bool?, forged: [PacketID], genuine: [PacketID], served: [PacketID],
    poisoned: [PoisonedRecord], victims: [Victim], contacts: [VictimContact],
    recovery: (packet: PacketID, time: Timestamp)?, arithmetic: [(family: EvidenceFamily, text: String)],
    facts: [(name: String, value: EvidenceValue)]
  ) {
    (self.kind, self.severity, self.confidence, self.summary) = (kind, severity, confidence, summary)
    (self.resolver, self.zone, self.name, self.spoofedServers) = (resolver, zone, name, spoofedServers)
    (self.firstTime, self.lastTime, self.attempts, self.succeeded) = (
      firstTime, lastTime, attempts, succeeded
    )
    (self.forged, self.genuine, self.served) = (forged, genuine, served)
    (self.poisoned, self.victims, self.contacts, self.recovery) = (poisoned, victims, contacts, recovery)
    (self.arithmetic, self.facts) = (arithmetic, facts)
  }
}

/// A forged record.
package struct PoisonedRecord: Sendable, Hashable {
  /// Owner, type and data in presentation format.
  package var name: Name, type: RecordType, data: String
  /// Its TTL in seconds, and when the last copy seen runs out.
  package var ttl: UInt32, expires: Timestamp

  /// From the fields.
  package init(name: Name, type: RecordType, data: String, ttl: UInt32, expires: Timestamp) {
    (self.name, self.type, self.data, self.ttl, self.expires) = (name, type, data, ttl, expires)
  }
}

/// A client that got forged data.
package struct Victim: Sendable {
  /// Who.
  package var client: IPAddress
  /// First and last packet with forged data to it, and these packets, up to `Finding.frameLimit`.
  package var firstTime: Timestamp, lastTime: Timestamp, packets: [PacketID]
  /// When the last copy that it got runs out.
  package var expires: Timestamp

  /// From the fields.
  package init(
    client: IPAddress, firstTime: Timestamp, lastTime: Timestamp, packets: [PacketID], expires: Timestamp
  ) {
    (self.client, self.firstTime, self.lastTime) = (client, firstTime, lastTime)
    (self.packets, self.expires) = (packets, expires)
  }
}

/// A connection of a victim to a forged address.
package struct VictimContact: Sendable {
  /// From whom, whereto, with which protocol.
  package var client: IPAddress, address: IPAddress, port: UInt16, transport: String
  /// First and last packet, and how many.
  package var packet: PacketID, firstTime: Timestamp, lastTime: Timestamp, count: Int

  /// From the fields.
  package init(
    client: IPAddress, address: IPAddress, port: UInt16, transport: String, packet: PacketID,
    firstTime: Timestamp, lastTime: Timestamp, count: Int
  ) {
    (self.client, self.address, self.port, self.transport) = (client, address, port, transport)
    (self.packet, self.firstTime, self.lastTime, self.count) = (packet, firstTime, lastTime, count)
  }
}
