import Packets

/// What a query and its responses share beside the question: both ends, the transport and the ID.
///
/// 40 octets, where a `Flow` takes 57: the table keeps one a transaction.
struct ConversationKey: Equatable, Sendable {
  /// The end that asks, as in `IPAddress`.
  private let clientLow: UInt64, clientHigh: UInt64
  /// The end that answers.
  private let serverLow: UInt64, serverHigh: UInt64
  /// The client's port, then the server's.
  private let ports: UInt32
  /// The message ID.
  private let id: UInt16
  /// Bit 0: TCP; bit 1: IPv6.
  private let kind: UInt8

  /// The key of a message; a response's flow runs from the server to the client.
  @inline(__always)
  init(_ message: borrowing Observation) {
    self.init(message.flow, id: message.id, isResponse: message.isResponse)
  }

  /// The key of a message with a flow, an ID and a direction.
  @inline(__always)
  init(_ flow: Flow, id: UInt16, isResponse: Bool) {
    let client = isResponse ? flow.destination : flow.source
    let server = isResponse ? flow.source : flow.destination
    let clientPort = isResponse ? flow.destinationPort : flow.sourcePort
    let serverPort = isResponse ? flow.sourcePort : flow.destinationPort
    (clientLow, clientHigh) = (client.low, client.high)
    (serverLow, serverHigh) = (server.low, server.high)
    ports = UInt32(clientPort) << 16 | UInt32(serverPort)
    self.id = id
    kind = (flow.transport == .tcp ? 1 : 0) | (client.isIPv6 ? 2 : 0)
  }

  /// The standard library's hash, with a key that is random in each process, so that nobody can write packets that
  /// collide. It decides where a transaction lies in memory, and nothing that can be seen.
  @inline(__always)
  var bucketHash: UInt32 {
    var hasher = Hasher()
    hasher.combine(clientLow)
    hasher.combine(serverLow)
    if kind & 2 != 0 {
      hasher.combine(clientHigh)
      hasher.combine(serverHigh)
    }
    hasher.combine(UInt64(ports) << 24 | UInt64(id) << 8 | UInt64(kind))
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }
}
