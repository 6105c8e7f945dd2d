/// What tells the TCP streams of a capture apart: tenants of a network may use the same addresses and ports.
struct StreamKey: Hashable {
  /// Who sends to whom.
  let flow: Flow
  /// The VLAN and the tunnel of the packets.
  let vlan: UInt16?, tunnelID: UInt32?
  /// Whether this is the place of a second stream between the same ports.
  let isRival: Bool

  /// From the fields.
  private init(_ flow: Flow, _ vlan: UInt16?, _ tunnelID: UInt32?, isRival: Bool) {
    (self.flow, self.vlan, self.tunnelID, self.isRival) = (flow, vlan, tunnelID, isRival)
  }

  /// The key of a packet's stream.
  init(_ flow: Flow, _ carrier: Carrier) {
    self.init(flow, carrier.vlan, carrier.tunnelID, isRival: false)
  }

  /// The other direction of the connection.
  var reversed: StreamKey { StreamKey(flow.reversed, vlan, tunnelID, isRival: false) }

  /// The place of the second stream.
  var rival: StreamKey { StreamKey(flow, vlan, tunnelID, isRival: true) }

  /// The place of the first stream.
  var main: StreamKey { StreamKey(flow, vlan, tunnelID, isRival: false) }
}
