import Bytes
import DNSWire
import Packets

/// What came of an attack, as far as the capture shows it.
struct AttackOutcome {
  /// Whether forged data were taken; nil when nothing shows it. Whether a forged packet came where and when the host
  /// would take it.
  var succeeded: Bool?, isDelivered = false
  /// Packets in which honest hosts pass forged data on, and when the last of them came.
  var served: [PacketID] = [], lastTime: Timestamp?
  /// The forged data, who got them, and their connections to forged addresses afterwards.
  var poisoned: [PoisonedRecord] = [], victims: [Victim] = [], contacts: [VictimContact] = []
  /// Answers of the servers that forged data lead to.
  var attackerAnswers: [PacketID] = []
  /// The first clean answer afterwards.
  var recovery: (packet: PacketID, time: Timestamp)?
  /// Charges of the rules that tell of it (A1 to A4).
  var charges: [Charge] = []
}
