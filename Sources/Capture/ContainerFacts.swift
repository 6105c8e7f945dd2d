import Packets

/// What a container says beside its packets, and what is wrong with it.
package struct ContainerFacts: Sendable {
  /// Faults and link types that are kept; further ones are counted. A report shows a handful.
  static let listLimit = 16

  /// What the packets start with, each type once, in the order of their first interface.
  package internal(set) var linkTypes: [LinkType] = []
  /// The largest snap length in bytes; 0 when an interface names none.
  package internal(set) var snapLength = 0
  /// Names of the interfaces, or their descriptions where they have none.
  package internal(set) var interfaces: [String] = []
  /// What people wrote into the file.
  package internal(set) var comments: [String] = []
  /// Comments and interface names for which there was no room.
  package internal(set) var textsLeftOut = 0
  /// Packets that the capturing system says it lost; nil when it says nothing.
  package internal(set) var dropped: Int?
  /// Packets without a time of their own, which get that of the packet before.
  package internal(set) var packetsWithoutTime = 0
  /// Packets of link types that are not read.
  package internal(set) var undecodedPackets = 0
  /// Blocks with keys, and of private kinds, by the thousand first bytes of all of them.
  package internal(set) var keptBlocks: [KeptBlock] = []
  /// Blocks of these kinds for which there was no room.
  package internal(set) var blocksLeftOut = 0
  /// What could not be read, in the order of the file.
  package internal(set) var damages: [CaptureError] = []
  /// How many times something could not be read, and how many bytes that cost.
  package internal(set) var damageCount = 0, lostBytes = 0

  /// Nothing known yet.
  init() {}

  /// What could not be read, a sentence each.
  package var damageSentences: [String] {
    let more = damageCount - damages.count
    guard more > 0, let last = damages.last else { return damages.map(\.sentence) }
    return damages.map(\.sentence) + ["\(shown(last.path)): \(more) places more cannot be read"]
  }

  /// Notes what could not be read.
  mutating func note(_ damage: CaptureError, lost: Int) {
    damageCount &+= 1
    lostBytes &+= lost
    if damages.count < Self.listLimit { damages.append(damage) }
  }

  /// Notes a link type.
  mutating func note(_ linkType: LinkType) {
    guard linkTypes.count < Self.listLimit, !linkTypes.contains(linkType) else { return }
    linkTypes.append(linkType)
  }
}

/// A block that is kept as it is: decryption secrets, or one that only its maker understands.
package struct KeptBlock: Equatable, Sendable {
  /// The block's type, and its body in the byte order of its section.
  package let type: UInt32, body: [UInt8]
}
