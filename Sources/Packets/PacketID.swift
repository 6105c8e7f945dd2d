/// A packet of a run: its capture and its number there.
package struct PacketID: RawRepresentable, Hashable, Comparable, Sendable {
  /// Bits of the number: a capture of 2^40 packets is larger than any disk.
  private static let numberBits = 40

  /// File above, number below, so that order is that of files, then of packets.
  private let value: UInt64

  /// A packet's number from 1, and the index of its capture from 0.
  package init(_ number: Int, file: Int = 0) {
    value =
      UInt64(truncatingIfNeeded: file) << UInt64(Self.numberBits)
      | UInt64(truncatingIfNeeded: number) & (1 << UInt64(Self.numberBits) - 1)
  }

  /// As one number, which is that of the packet in the first capture.
  package var rawValue: Int { Int(truncatingIfNeeded: value) }

  /// From such a number.
  package init(rawValue: Int) { value = UInt64(truncatingIfNeeded: rawValue) }

  /// Number in the capture, from 1.
  package var number: Int { Int(value & (1 << UInt64(Self.numberBits) - 1)) }
  /// Index of the capture, from 0.
  package var file: Int { Int(value >> UInt64(Self.numberBits)) }

  /// Earlier captures first, then by number.
  package static func < (a: PacketID, b: PacketID) -> Bool { a.value < b.value }
}
