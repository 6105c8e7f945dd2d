extension Opcode {
  /// IANA "DNS OpCodes".
  private static let registry = MnemonicTable(
    prefix: "OPCODE", [0: "QUERY", 1: "IQUERY", 2: "STATUS", 4: "NOTIFY", 5: "UPDATE", 6: "DSO"])

  /// The mnemonic, or OPCODE and the number.
  package var mnemonic: String { Opcode.registry.mnemonic(of: UInt16(rawValue)) }

  /// An opcode 0...15 from its mnemonic or from OPCODE and the number, in any case.
  package init?(mnemonic: some StringProtocol) {
    guard let number = Opcode.registry.number(of: mnemonic), number <= 15 else { return nil }
    self.init(rawValue: UInt8(number))
  }
}

extension ResponseCode {
  /// IANA "DNS RCODEs" as headers and OPT carry them. 16 is BADVERS there; TSIG's BADSIG has the same number.
  private static let registry = MnemonicTable(
    prefix: "RCODE",
    [
      0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED",
      6: "YXDOMAIN", 7: "YXRRSET", 8: "NXRRSET", 9: "NOTAUTH", 10: "NOTZONE", 11: "DSOTYPENI",
      16: "BADVERS", 17: "BADKEY", 18: "BADTIME", 19: "BADMODE", 20: "BADNAME", 21: "BADALG",
      22: "BADTRUNC", 23: "BADCOOKIE",
    ])

  /// The mnemonic, or RCODE and the number.
  package var mnemonic: String { ResponseCode.registry.mnemonic(of: rawValue) }

  /// The mnemonic; nil for a number without one.
  var registeredMnemonic: String? { ResponseCode.registry.registered(rawValue) }

  /// A response code from its mnemonic or from RCODE and the number, in any case.
  package init?(mnemonic: some StringProtocol) {
    guard let number = ResponseCode.registry.number(of: mnemonic) else { return nil }
    self.init(rawValue: number)
  }
}
