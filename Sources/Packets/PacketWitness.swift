import Bytes
package struct PacketWitness: Sendable {
  package init() {}
  package struct Contact: Sendable { package var source: IPAddress, destination: IPAddress, port: UInt16, transport: Transport, firstPacket: PacketID, firstTime: Timestamp, lastTime: Timestamp, count: Int }
  package var contacts: [Contact] = []
}
extension PacketDecoder { package mutating func takeWitness() -> PacketWitness { PacketWitness() } }
