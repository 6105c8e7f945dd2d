import DNSWire
import Packets

/// What a query and its responses share beside the question: both ends, the transport and the ID.
///
/// It is a keyed hash of them, 8 octets where they take 40, because the table keeps one a transaction: of 2^18 that are
/// remembered, one in 2^46 messages would find another's. Nobody who does not know the key can write two that collide.
package struct ConversationKey: Equatable, Sendable {
  /// The hash.
  let hash: UInt64
}

extension ConversationKey {
  /// The key of a message; a response's flow runs from the server to the client.
  @inline(__always)
  init(_ message: borrowing Observation, _ key: HashKey) {
    self.init(message.flow, id: message.id, isResponse: message.isResponse, key)
  }

  /// The key of a message with a flow, an ID and a direction.
  @inline(__always)
  package init(_ flow: Flow, id: UInt16, isResponse: Bool, _ key: HashKey) {
    let client = isResponse ? flow.destination : flow.source
    let server = isResponse ? flow.source : flow.destination
    let clientPort = isResponse ? flow.destinationPort : flow.sourcePort
    let serverPort = isResponse ? flow.sourcePort : flow.destinationPort
    let ports = UInt64(clientPort) &<< 16 | UInt64(serverPort)
    let rest =
      ports &<< 24 | UInt64(id) &<< 8 | (flow.transport == .tcp ? 1 : 0) | (client.isIPv6 ? 2 : 0)
    if client.isIPv6 {
      // Each step is hidden by the one before, so that no part of an address can undo another.
      let ends = key.hash(key.hash(client.low, client.high) ^ server.low, server.high)
      hash = key.hash(ends, rest)
    } else {
      hash = key.hash(client.low &<< 32 | server.low, rest)
    }
  }
}
