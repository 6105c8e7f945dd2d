/// IANA "CERT Resource Record Certificate Types" (RFC 4398 §2.1); a plain number where there is no mnemonic.
let certificateTypes = MnemonicTable(
  prefix: "",
  [
    1: "PKIX", 2: "SPKI", 3: "PGP", 4: "IPKIX", 5: "ISPKI", 6: "IPGP", 7: "ACPKIX", 8: "IACPKIX",
    253: "URI", 254: "OID",
  ])

/// A TSIG error (RFC 8945 §3): response codes, but 16 is BADSIG here; a plain number without mnemonic.
func tsigErrorMnemonic(_ error: UInt16) -> String {
  error == 16 ? "BADSIG" : ResponseCode(rawValue: error).registeredMnemonic ?? String(error)
}
