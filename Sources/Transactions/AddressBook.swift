import Bytes

/// Numbers addresses, so that a record holds four bytes for each.
package struct AddressBook: Sendable {
  /// The addresses of each family: IPv4 ones would be met again among those of IPv6.
  private var table4 = PairTable(), table6 = PairTable()
  /// For every address of a family its number, and the addresses by number.
  private var numbers4: [UInt32] = [], numbers6: [UInt32] = [], addresses: [IPAddress] = []

  /// None numbered.
  package init() {}

  /// Addresses numbered.
  package var count: Int { addresses.count }

  /// The number that an address has been given; nil when it has none.
  package func known(_ address: IPAddress) -> UInt32? {
    let pair = AddressBook.pair(address)
    return address.isIPv6
      ? table6.find(pair).map { numbers6[Int($0)] } : table4.find(pair).map { numbers4[Int($0)] }
  }

  /// The number of an address.
  package mutating func number(_ address: IPAddress) -> UInt32 {
    let pair = AddressBook.pair(address)
    if address.isIPv6 {
      let place = Int(table6.number(pair))
      if place == numbers6.count { numbers6.append(add(address)) }
      return numbers6[place]
    }
    let place = Int(table4.number(pair))
    if place == numbers4.count { numbers4.append(add(address)) }
    return numbers4[place]
  }

  /// Gives the next number.
  private mutating func add(_ address: IPAddress) -> UInt32 {
    addresses.append(address)
    return UInt32(truncatingIfNeeded: addresses.count - 1)
  }

  /// The address of a number.
  package subscript(_ number: UInt32) -> IPAddress { addresses[Int(number)] }

  /// What an address is looked up by.
  @inline(__always)
  private static func pair(_ address: IPAddress) -> PairTable.Pair {
    PairTable.Pair(first: address.low, second: address.high)
  }
}
