import Bytes

/// Numbers addresses, so that a record holds four bytes for each.
package struct AddressBook: Sendable {
  private var numbers: [IPAddress: UInt32] = [:]
  private var addresses: [IPAddress] = []
  /// Numbers given last, by the low bits of their address.
  private var recent: [(address: IPAddress, number: UInt32)?] = Array(repeating: nil, count: 1 << 13)

  /// None numbered.
  package init() {}

  /// Addresses numbered.
  package var count: Int { addresses.count }

  /// The number that an address has been given; nil when it has none.
  package func known(_ address: IPAddress) -> UInt32? { numbers[address] }

  /// The number of an address.
  package mutating func number(_ address: IPAddress) -> UInt32 {
    let slot = Int(truncatingIfNeeded: address.low ^ address.low >> 10) & (recent.count - 1)
    if let hit = recent[slot], hit.address == address { return hit.number }
    let number = numbers[address] ?? add(address)
    recent[slot] = (address, number)
    return number
  }

  /// Gives the next number.
  private mutating func add(_ address: IPAddress) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: addresses.count)
    numbers[address] = number
    addresses.append(address)
    return number
  }

  /// The address of a number.
  package subscript(_ number: UInt32) -> IPAddress { addresses[Int(number)] }
}
