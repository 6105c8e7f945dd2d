/// The type of a block (draft-ietf-opsawg-pcapng §11.1).
struct PcapngBlockType: RawRepresentable, Equatable {
  /// The number.
  let rawValue: UInt32

  static let interfaceDescription = PcapngBlockType(rawValue: 1)
  /// Obsolete; tools of 2010 and before write it.
  static let packet = PcapngBlockType(rawValue: 2)
  static let simplePacket = PcapngBlockType(rawValue: 3)
  static let nameResolution = PcapngBlockType(rawValue: 4)
  static let interfaceStatistics = PcapngBlockType(rawValue: 5)
  static let enhancedPacket = PcapngBlockType(rawValue: 6)
  static let systemdJournal = PcapngBlockType(rawValue: 9)
  static let decryptionSecrets = PcapngBlockType(rawValue: 10)
  /// Custom blocks that may be copied into another file, and those that must not.
  static let custom = PcapngBlockType(rawValue: 0xbad),
    customUncopied = PcapngBlockType(rawValue: 0x4000_0bad)
  /// The same in both byte orders.
  static let sectionHeader = PcapngBlockType(rawValue: 0x0a0d_0d0a)

  /// Whether the specification knows the type: then it is worth to look whether a block begins there.
  var isKnown: Bool {
    switch self {
    case .sectionHeader, .decryptionSecrets, .systemdJournal, .custom, .customUncopied: true
    default: (1...6).contains(rawValue)
    }
  }

  /// What such a block is called in a sentence; nil for packets and unknown types.
  var name: String? {
    switch self {
    case .sectionHeader: "a section header"
    case .interfaceDescription: "an interface's description"
    case .nameResolution: "a block of resolved names"
    case .interfaceStatistics: "an interface's statistics"
    case .systemdJournal: "a journal entry"
    case .decryptionSecrets: "a block of decryption secrets"
    case .custom, .customUncopied: "a custom block"
    default: nil
    }
  }

  /// Whether Wireshark shows the block as a frame although it is no packet: journal entries, custom blocks and events
  /// of sysdig. It counts with the packets, so that frame numbers are the same.
  var isFrameWithoutPacket: Bool {
    switch rawValue {
    case 9, 0xbad, 0x4000_0bad, 0x204, 0x208, 0x216, 0x217, 0x221, 0x222: true
    default: false
    }
  }
}
