import Bytes
import DNSWire
import Packets

/// Keeps the messages that hold links of chains of trust, so that answers can be judged when everything else from the
/// time of these messages has been let go. A link that several messages hold is kept once, as seen last.
struct LiveChain {
  /// A message and how it came.
  private struct Entry {
    var bytes: [UInt8], flow: Flow, origin: MessageOrigin
  }

  /// DNSKEY or DS records, or those that deny DS, with the RRSIGs beside them.
  private struct Link: Hashable {
    let rrset: RRsetID, signatures: [SignatureID]
  }

  private var entries: [Entry] = [], byteCount = 0
  /// For every link the entry that holds it.
  private var holders: [Link: Int] = [:]
  private let limits: LiveLimits
  /// The last frame of the time before.
  private var lastFrame = 0
  /// Links that were let go of for want of room.
  private(set) var leftOut = 0

  /// Nothing kept yet.
  init(limits: LiveLimits) { self.limits = limits }

  /// Takes the response that was collected last.
  mutating func note(_ message: borrowing MessageBytes, _ collector: MessageCollector) {
    guard let record = collector.records.last, !record.traits.contains(.damaged), !message.isCut else {
      return
    }
    let links = LiveChain.links(collector.store, BodyID(rawValue: record.body)), number = entries.count
    var isNew = false
    for link in links {
      if let holder = holders[link] { entries[holder].origin = message.origin } else { isNew = true }
    }
    guard isNew else { return }
    guard number < limits.chainMessages, byteCount + message.bytes.count <= limits.chainBytes else {
      leftOut += 1
      return
    }
    keep(
      Entry(
        bytes: (0..<message.bytes.count).map { message.bytes[$0] }, flow: message.flow, origin: message.origin
      ), links)
  }

  /// Keeps a message with its links.
  private mutating func keep(_ entry: Entry, _ links: [Link]) {
    for link in links { holders[link] = entries.count }
    byteCount += entry.bytes.count
    entries.append(entry)
  }

  /// The links in a response: DNSKEY and DS RRsets, and the NSEC and NSEC3 RRsets of a referral or an answer without DS.
  private static func links(_ store: ResponseStore, _ id: BodyID) -> [Link] {
    var links: [Link] = [], denials: [Link] = [], isDelegation = false
    for rrset in store.answers.answer(store.body(id).answer).rrsets {
      switch rrset.type {
      case .dnskey, .ds: links.append(Link(rrset: rrset.rrset, signatures: Array(rrset.signatures)))
      case .ns where rrset.section == .authority: isDelegation = true
      case .nsec where rrset.section == .authority, .nsec3 where rrset.section == .authority:
        denials.append(Link(rrset: rrset.rrset, signatures: Array(rrset.signatures)))
      default: break
      }
    }
    if !isDelegation, !denials.isEmpty, let question = store.body(id).foldedQuestion {
      isDelegation = store.questions[question].type == .ds
    }
    return isDelegation ? links + denials : links
  }

  /// A collector that holds these messages and nothing else; those not seen since the last one was made are let go of
  /// when they take half the room.
  mutating func makeCollector() -> MessageCollector {
    let isCrowded = entries.count > limits.chainMessages / 2 || byteCount > limits.chainBytes / 2
    let kept = entries.filter { !isCrowded || $0.origin.frame > lastFrame }
    leftOut += entries.count - kept.count
    (entries, byteCount, holders) = ([], 0, [:])
    var collector = MessageCollector()
    for entry in kept.sorted(by: { $0.origin.frame < $1.origin.frame }) {
      let count = collector.records.count
      collector.receive(
        MessageBytes(bytes: entry.bytes.span, flow: entry.flow, origin: entry.origin))
      guard collector.records.count > count, let record = collector.records.last else { continue }
      keep(entry, LiveChain.links(collector.store, BodyID(rawValue: record.body)))
      lastFrame = entry.origin.frame
    }
    collector.endCarrying()
    return collector
  }
}
