import Bytes
import Packets

/// Reads a pcapng file (draft-ietf-opsawg-pcapng) block by block: any number of sections in either byte order, each
/// with its own interfaces. A packet is lent from the block that it stands in.
final class PcapngReader: ContainerReader {
  /// The reader itself: a value, so that the class is entered once a packet.
  private var state: PcapngState

  /// A reader of what an input has.
  init(_ input: CaptureInput) { state = PcapngState(input) }

  var facts: ContainerFacts { state.finalFacts }

  func next() -> StoredPacket? { state.next() }
}
