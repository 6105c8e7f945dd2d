import Bytes

/// Numbers addresses, so that a record holds four bytes for each.
struct AddressBook: Sendable {
  private var numbers: [IPAddress: UInt32] = [:]
  private var addresses: [IPAddress] = []

  /// The number of an address.
  mutating func number(_ address: IPAddress) -> UInt32 {
    if let known = numbers[address] { return known }
    let number = UInt32(truncatingIfNeeded: addresses.count)
    numbers[address] = number
    addresses.append(address)
    return number
  }

  /// The address of a number.
  subscript(_ number: UInt32) -> IPAddress { addresses[Int(number)] }
}
