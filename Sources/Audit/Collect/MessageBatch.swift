import Bytes
import DNSWire
import Packets
import Transactions

/// Some hundred messages in the order of the capture, their bytes copied together: what the reader hands to the ordered
/// stage, so that both may work at the same time, and so that what is known of many messages is brought near at once.
struct MessageBatch: Sendable {
  /// The messages.
  private(set) var messages: [BatchedMessage] = []
  /// The bytes of all of them.
  private(set) var bytes: [UInt8] = []
  /// The packets of those that came in several, by their place in the batch.
  private(set) var fragments: [Int: [PacketID]] = [:]
  /// What they are recognised by, and the keys of their conversations.
  private(set) var identities: [MessageIdentity] = [], conversations: [ConversationKey] = []
  /// When the capture began, in the first batch.
  private(set) var beginning: Timestamp?
  private let keys: BatchKeys

  /// Messages of a batch: with some 300 bytes each they stay in a second-level cache of 1 MiB.
  static let capacity = 1_024

  /// An empty batch.
  init(_ keys: BatchKeys) {
    self.keys = keys
    messages.reserveCapacity(MessageBatch.capacity)
  }

  /// Whether it should be handed on.
  var isFull: Bool { messages.count >= MessageBatch.capacity || bytes.count >= 1 << 20 }

  /// Notes the time of the first packet of a capture.
  mutating func begin(at time: Timestamp) { beginning = time }

  /// Adds the next message.
  mutating func add(_ message: borrowing MessageBytes) {
    if !message.frames.isEmpty { fragments[messages.count] = message.frames }
    let head = BatchedMessage(message, start: bytes.count)
    unsafe message.bytes.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    messages.append(head)
    let identity = MessageIdentity(message.bytes, keys.content)
    identities.append(identity)
    conversations.append(keys.conversation(message, identity))
  }

  /// Empties it and keeps its memory.
  mutating func removeAll() {
    beginning = nil
    messages.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    if !fragments.isEmpty { fragments = [:] }
    identities.removeAll(keepingCapacity: true)
    conversations.removeAll(keepingCapacity: true)
  }
}

/// What the hashes of a run are made with.
struct BatchKeys: Sendable {
  /// Of the bytes of messages, and of conversations.
  let content: HashKey, conversations: HashKey

  /// The key of a message's conversation.
  @inline(__always)
  func conversation(_ message: borrowing MessageBytes, _ identity: MessageIdentity) -> ConversationKey {
    let hasID = message.bytes.count >= 2
    let id = hasID ? UInt16(message.bytes[0]) &<< 8 | UInt16(message.bytes[1]) : 0
    return ConversationKey(message.flow, id: id, isResponse: identity.isResponse, conversations)
  }
}

/// A message in a batch, without its bytes.
struct BatchedMessage: Sendable {
  /// Where its bytes lie in the batch.
  let start: Int, count: Int
  /// Who sent it to whom, when, and the packet that completed it.
  let flow: Flow, time: Timestamp, packet: PacketID
  /// What headers say of its sender.
  let network: NetworkTraits, ipID: UInt32?
  /// The protocol, told by the ports.
  let protocolName: ProtocolName
  private let facts: UInt8

  /// Whether an ICMP error quotes it.
  var isQuoted: Bool { facts & 1 != 0 }
  /// Whether bytes that the headers promise are missing at the end.
  var isCut: Bool { facts & 2 != 0 }
  /// Whether its checksum is wrong.
  var isDamaged: Bool { facts & 4 != 0 }
  /// Whether it is the beginning of a datagram.
  var isUnfinished: Bool { facts & 8 != 0 }
  /// Whether it was found by its looks.
  var isRecovered: Bool { facts & 16 != 0 }
  /// Whether other bytes stand in it than those that came first.
  var isOtherVersion: Bool { facts & 32 != 0 }

  /// Of a message whose bytes begin at a place of the batch.
  @inline(__always)
  init(_ message: borrowing MessageBytes, start: Int) {
    (self.start, count) = (start, message.bytes.count)
    (flow, time, packet) = (message.flow, message.time, message.packet)
    (network, ipID, protocolName) = (message.network, message.ipID, message.protocolName)
    facts =
      (message.quote == nil ? 0 : 1) | (message.isCut ? 2 : 0) | (message.checksum == .wrong ? 4 : 0)
      | (message.isUnfinished ? 8 : 0) | (message.isRecovered ? 16 : 0) | (message.isOtherVersion ? 32 : 0)
  }
}
