import Bytes
import DNSWire
import Findings

/// One incident on the page.
struct IncidentCard {
  /// Its name on the page, how bad, how sure, the kind, and the kind in plain words.
  let id: Printable, anchor: Printable, severity: Printable, confidence: Printable, kind: Printable
  let plain: Printable
  /// The target, what became of it, and when.
  let incidentFacts: [Line]
  /// What happened when.
  let timeline: [Line]
  /// The forged and the genuine answers side by side.
  let forgedFrames: Printable, forgedSays: [Printable], hasGenuine: Bool
  let genuineFrames: Printable, genuineSays: [Printable]
  /// Why it is held for an attack, by family.
  let arithmetic: [Line]
  /// Facts of floods.
  let hasFloodFacts: Bool, floodFacts: [Line]
  /// Forged records, who got them, and who went to forged addresses.
  let hasPoison: Bool, poison: [PoisonRow], hasVictims: Bool, victimRows: [VictimRow]
  let hasContacts: Bool, contactRows: [ContactRow]
  /// What is said of rows that the card has no room for.
  let hasMoreRows: Bool, moreRows: Printable
  /// Honest explanations of its findings.
  let hasDoubts: Bool, doubts: [Printable]
  /// Links to its findings.
  let links: [FindingLink]

  /// The card of an incident.
  /// - Parameter findings: those on the page, by id.
  init(_ incident: Incident, severalInputs: Bool, findings: [String: Finding]) {
    let texts = IncidentTexts(incident, severalInputs: severalInputs), limit = Page.listLimit
    id = Printable(incident.id)
    anchor = Printable(anchorName("incident", incident.id))
    (severity, confidence) = (Printable(incident.severity.word), Printable(incident.confidence.word))
    (kind, plain) = (Printable(incident.kind.rawValue), Printable(capitalized(incident.kind.plain)))
    incidentFacts = IncidentCard.facts(texts)
    timeline = IncidentCard.timeline(texts)
    (forgedFrames, genuineFrames) = (Printable(texts.forged(limit)), Printable(texts.genuine(limit)))
    forgedSays = incident.forgedData.map { Printable($0) }
    genuineSays = incident.genuineData.map { Printable($0) }
    hasGenuine = !incident.genuine.isEmpty
    arithmetic = texts.reasons(5).map { Line("\($0.family.rawValue) \($0.family.word)", $0.text) }
    floodFacts = texts.facts.prefix(limit).map { Line($0.name, $0.value.text) }
    hasFloodFacts = !floodFacts.isEmpty
    poison = texts.held.prefix(limit).map { PoisonRow($0) }
    victimRows = incident.victims.prefix(limit).map { VictimRow($0) }
    contactRows = incident.contacts.prefix(limit).map { ContactRow($0) }
    (hasPoison, hasVictims, hasContacts) = (!poison.isEmpty, !victimRows.isEmpty, !contactRows.isEmpty)
    let rest = [texts.held.count, incident.victims.count, incident.contacts.count].map { max(0, $0 - limit) }
    hasMoreRows = rest.contains { $0 > 0 }
    moreRows = Printable("Not shown: \(rest[0]) records, \(rest[1]) hosts, \(rest[2]) connections.")
    let own = incident.findings.compactMap { findings[$0] }
    doubts = unique(own.flatMap(\.benignExplanations)).prefix(limit).map { Printable($0) }
    hasDoubts = !doubts.isEmpty
    links = own.prefix(limit).map { FindingLink($0) }
  }

  /// Whom it was aimed at and what became of it.
  private static func facts(_ texts: IncidentTexts) -> [Line] {
    let lines = [
      Line("Aimed at", texts.target), Line("In the name of", texts.senders, isCode: true),
      Line("When", texts.period), Line("What came of it", capitalized(texts.outcome)),
      Line("Recovery", texts.recovery.map(capitalized) ?? ""),
    ]
    return lines.filter { !$0.value.description.isEmpty }
  }

  /// The steps that have a time, in their order.
  private static func timeline(_ texts: IncidentTexts) -> [Line] {
    let incident = texts.incident
    var steps: [(Timestamp, String)] = [(incident.firstTime, "first packet of the attack")]
    for victim in incident.victims.prefix(Page.listLimit) {
      steps.append((victim.firstTime, "\(victim.client) gets forged data for the first time"))
    }
    for contact in incident.contacts.prefix(Page.listLimit) {
      steps.append(
        (
          contact.firstTime,
          "\(contact.client) goes to the forged address \(contact.address), port \(contact.port)"
        ))
    }
    if let last = incident.victims.map(\.lastTime).max(), last > incident.firstTime {
      steps.append((last, "forged data are given for the last time"))
    }
    if texts.recovery != nil, let recovery = incident.recovery {
      steps.append((recovery.time, "first clean answer"))
    }
    if let end = texts.end { steps.append((end, "the last copy that was seen runs out")) }
    steps.sort { $0.0 < $1.0 }
    return steps.map { Line($0.0.rfc3339, $0.1) }
  }
}

/// A forged record.
struct PoisonRow {
  /// The record, its TTL in seconds, and when its last copy runs out.
  let record: Printable, ttl: Printable, expires: Printable

  /// The row of a record.
  init(_ record: PoisonedRecord) {
    self.record = Printable("\(record.name) \(record.type.mnemonic) \(record.data)")
    (ttl, expires) = (Printable(grouped(Int(record.ttl))), Printable(timeText(record.expires)))
  }
}

/// A host that got forged data.
struct VictimRow {
  /// The host, its first and last forged answer, in which frames, and until when these are good.
  let host: Printable, first: Printable, last: Printable, seenIn: Printable, until: Printable

  /// The row of a host.
  init(_ victim: Victim) {
    host = Printable("\(victim.client)")
    (first, last) = (Printable(timeText(victim.firstTime)), Printable(timeText(victim.lastTime)))
    seenIn = Printable(frameList(victim.packets.map(\.number), total: victim.packets.count, limit: 4))
    until = Printable(timeText(victim.expires))
  }
}

/// A connection to a forged address.
struct ContactRow {
  /// From whom to whom, when, and how much of it.
  let from: Printable, toward: Printable, contactPeriod: Printable, amount: Printable

  /// The row of a connection.
  init(_ contact: VictimContact) {
    from = Printable("\(contact.client)")
    toward = Printable("\(contact.address) port \(contact.port)/\(contact.transport)")
    contactPeriod = Printable(periodText(from: contact.firstTime, to: contact.lastTime))
    amount = Printable("\(counted(contact.count, "packet")) from frame \(contact.packet.number) on")
  }
}

/// A link to a finding on the page.
struct FindingLink {
  /// Where it leads, and what stands there.
  let findingAnchor: Printable, findingLabel: Printable

  /// The link to a finding.
  init(_ finding: Finding) {
    findingAnchor = Printable(anchorName("finding", finding.id))
    findingLabel = Printable("\(finding.id) \(finding.rule.rawValue)")
  }
}

/// The name of a place on the page, of letters and digits alone.
func anchorName(_ kind: String, _ id: String) -> String {
  "\(kind)-" + id.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
}

/// A sentence with its first letter in upper case, as far as that letter is ASCII.
func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
