import Bytes
import DNSWire
import Findings
import Packets

extension Sample {
  /// A race that was won, and a flood that was not.
  static var incidents: [Incident] { [wonRace, flood] }

  /// A forged answer that was taken and passed on to two clients, one of which went to the forged address.
  static var wonRace: Incident {
    var incident = Incident(
      kind: .race, severity: .critical, confidence: .confirmed,
      summary: "race: 1 forged packet to 192.0.2.1 about www.example.org.; forged data reached 2 clients",
      resolver: flow.destination, zone: name("example.org."), name: name("www.example.org."),
      spoofedServers: [flow.source], firstTime: time(0, 250_000_001), lastTime: time(9), attempts: 1,
      succeeded: true, forged: [PacketID(13)], genuine: [PacketID(12)], served: [PacketID(14), PacketID(40)],
      poisoned: [
        PoisonedRecord(
          name: name("www.example.org."), type: .a, data: "203.0.113.66", ttl: 3_600, expires: time(3_600))
      ],
      victims: [victim(1, 14), victim(2, 40)],
      contacts: [
        VictimContact(
          client: IPAddress(v4: 0xc000_0281), address: IPAddress(v4: 0xcb00_7142), port: 443,
          transport: "tcp",
          packet: PacketID(21), firstTime: time(2), lastTime: time(3), count: 12)
      ],
      recovery: (PacketID(90), time(60)),
      arithmetic: [
        (.crypto, "it is bogus"), (.crypto, "DNSSEC proves the answer in frame 12"),
        (.content, "2 different answers to www.example.org. A"),
        (.network, "frame 13 has an IP TTL that this server does not have"),
      ],
      facts: [("answer_1", .text("NOERROR www.example.org. A 203.0.113.66"))])
    (incident.id, incident.findings) = ("I1", ["F1"])
    incident.forgedData = ["NOERROR www.example.org. A 203.0.113.66"]
    incident.genuineData = ["NOERROR www.example.org. A 192.0.2.80"]
    return incident
  }

  /// A client that got forged data in one frame.
  private static func victim(_ number: UInt32, _ frame: Int) -> Victim {
    Victim(
      client: IPAddress(v4: 0xc000_0280 + number), firstTime: time(Int64(number)),
      lastTime: time(Int64(number)),
      packets: [PacketID(frame)], expires: time(3_600))
  }

  /// Guesses none of which fitted.
  static var flood: Incident {
    var incident = Incident(
      kind: .kaminsky, severity: .medium, confidence: .medium,
      summary: "kaminsky: 50000 forged packets to 192.0.2.1 about names in example.net.; they were not taken",
      resolver: flow.destination, zone: name("example.net."), name: nil, spoofedServers: [flow6.source],
      firstTime: time(20), lastTime: time(25), attempts: 50_000, succeeded: false,
      forged: (1_000..<1_100).map { PacketID($0) }, genuine: [], served: [], poisoned: [], victims: [],
      contacts: [], recovery: nil,
      arithmetic: [(.volume, "50,000 answers to questions that were open, with wrong IDs")],
      facts: [("ids_tried", .number(49_822)), ("order", .text("random"))])
    (incident.id, incident.findings) = ("I2", ["F2"])
    return incident
  }

  /// An incident whose every string is hostile.
  static var hostileIncident: Incident {
    var incident = wonRace
    (incident.id, incident.findings, incident.summary) = (hostile, [hostile], hostile)
    (incident.name, incident.zone) = (hostileName, hostileName)
    incident.poisoned = [
      PoisonedRecord(name: hostileName, type: .txt, data: hostile, ttl: 1, expires: time(1))
    ]
    incident.contacts[0].transport = hostile
    incident.arithmetic = [(.content, hostile)]
    incident.facts = [(hostile, .text(hostile)), ("texts", .texts([hostile]))]
    (incident.forgedData, incident.genuineData) = ([hostile], [hostile])
    return incident
  }
}
