import Bytes
import DNSWire
import Findings
import Packets

/// What is said of an incident, in words that text and page share. Whoever prints them escapes them.
struct IncidentTexts {
  let incident: Incident
  /// Whether there are several inputs, so that a frame's number alone does not tell which is meant.
  private let severalInputs: Bool

  /// The words on an incident.
  init(_ incident: Incident, severalInputs: Bool) {
    (self.incident, self.severalInputs) = (incident, severalInputs)
  }

  /// Whom it was aimed at, and about what.
  var target: String {
    let about = incident.name.map { "\($0)" } ?? incident.zone.map { "names in \($0)" }
    let host = incident.resolver.map { "\($0)" }
    switch (host, about) {
    case (let host?, let about?): return "\(host), about \(about)"
    case (let host?, nil): return host
    case (nil, let about?): return about
    case (nil, nil): return "not known"
    }
  }

  /// What became of it, in a sentence without a full stop.
  var outcome: String {
    let forged = counted(incident.attempts, "forged packet")
    switch incident.succeeded {
    case true?:
      guard !incident.victims.isEmpty else { return "\(forged); forged data were taken" }
      return "\(forged); forged data were taken and reached \(counted(incident.victims.count, "host"))"
    case false?: return "\(forged); forged data were not taken"
    case nil: return "\(forged); the capture does not show whether forged data were taken"
    }
  }

  /// The forged and the genuine frames, those that pass forged data on, and whom the forged packets name as sender.
  func forged(_ limit: Int) -> String { frames(incident.forged, incident.attempts, limit) }
  func genuine(_ limit: Int) -> String { frames(incident.genuine, incident.genuine.count, limit) }
  func served(_ limit: Int) -> String { frames(incident.served, incident.served.count, limit) }
  var senders: String { someOf(incident.spoofedServers.map(\.description), limit: 4) }

  /// When it was.
  var period: String { periodText(from: incident.firstTime, to: incident.lastTime) }

  /// Why it is held for an attack: each family of evidence with its sentences.
  /// - Parameter limit: sentences of one family.
  func reasons(_ limit: Int) -> [(family: EvidenceFamily, text: String)] {
    EvidenceFamily.allCases.compactMap { family in
      let texts = incident.arithmetic.filter { $0.family == family }.map(\.text)
      guard !texts.isEmpty else { return nil }
      let rest = texts.count > limit ? "; and \(grouped(texts.count - limit)) more" : ""
      return (family, texts.prefix(limit).joined(separator: "; ") + rest)
    }
  }

  /// Forged records that somebody may hold: none when they were not taken.
  var held: [PoisonedRecord] { incident.succeeded == false ? [] : incident.poisoned }

  /// These with the time at which their last copy runs out.
  func poisoned(_ limit: Int) -> [String] {
    lines(held, limit, "forged record") { record in
      "\(record.name) \(record.type.mnemonic) \(record.data), TTL \(grouped(Int(record.ttl))) s, until \(timeText(record.expires))"
    }
  }

  /// Who got forged data.
  func victims(_ limit: Int) -> [String] {
    lines(incident.victims, limit, "host") { victim in
      "\(victim.client) \(periodText(from: victim.firstTime, to: victim.lastTime)), \(frames(victim.packets, victim.packets.count, 4)), good until \(timeText(victim.expires))"
    }
  }

  /// Connections to forged addresses.
  func contacts(_ limit: Int) -> [String] {
    lines(incident.contacts, limit, "connection") { contact in
      "\(contact.client) to \(contact.address) port \(contact.port)/\(contact.transport), \(periodText(from: contact.firstTime, to: contact.lastTime)), \(counted(contact.count, "packet")) from \(frames([contact.packet], 1, 1)) on"
    }
  }

  /// The first clean answer; nil where forged data were not taken, so that there is nothing to recover from.
  var recovery: String? {
    guard incident.succeeded == true, !incident.served.isEmpty else { return nil }
    guard let recovery = incident.recovery else { return "no clean answer was seen afterwards" }
    return "first clean answer \(timeText(recovery.time)), \(frames([recovery.packet], 1, 1))"
  }

  /// The facts of floods: what was tried, in which order, how fast, against which odds. What single answers say stands
  /// among the forged and the genuine ones, and in what they differ among the reasons.
  var facts: [(name: String, value: EvidenceValue)] {
    incident.facts.filter { !$0.name.hasPrefix("answer_") && $0.name != "traits" }
  }

  /// When the last copy that anybody got runs out.
  var end: Timestamp? { incident.victims.map(\.expires).max() }

  /// Frames of one input, or of several.
  private func frames(_ packets: [PacketID], _ total: Int, _ limit: Int) -> String {
    guard severalInputs else { return frameList(packets.map(\.number), total: total, limit: limit) }
    return Set(packets.map(\.file)).sorted().map { file in
      let frames = packets.filter { $0.file == file }.map(\.number)
      return "input \(file), " + frameList(frames, total: frames.count, limit: limit)
    }.joined(separator: "; ")
  }

  /// A line for each element, as many as there is room for, and one about the rest.
  private func lines<Element>(
    _ elements: [Element], _ limit: Int, _ noun: String, _ line: (Element) -> String
  ) -> [String] {
    let rest = elements.count - min(limit, elements.count)
    return elements.prefix(limit).map(line) + (rest > 0 ? ["and \(counted(rest, "more \(noun)"))"] : [])
  }
}

extension IncidentKind {
  /// What happened, for people who do not know the word.
  var plain: String {
    switch self {
    case .race: "forged answers raced the true ones"
    case .onPathInjection: "somebody who hears the questions injected forged answers"
    case .kaminsky: "somebody who does not hear the questions guessed at them with floods of forged answers"
    case .fragmentInjection: "forged fragments were slipped into answers that came in pieces"
    case .replay: "signed answers from another time or place were played back"
    case .clientSideSpoof: "forged answers were sent to a client in the name of its resolver"
    case .outOfBailiwickTakeover: "answers carried data about names that were not theirs to tell"
    case .interception: "somebody answered in place of the server that was asked"
    case .downgrade: "the protection of answers was taken away"
    case .unsolicited: "answers came that nobody had asked for"
    }
  }
}
