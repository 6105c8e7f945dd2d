import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4034 §5.4: the DS of the RFC's own key.
@Suite struct RFC4034Section5Tests {
  /// The key of dskey.example.com., as it is printed.
  private static let key = """
    AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+
    X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==
    """

  /// The key as a validator keeps it, at an owner.
  private func entry(_ owner: String = "dskey.example.com.") throws -> KeyStore.Entry {
    let rdata = [1, 0, 3, 5] + (try VectorText.base64(Self.key))
    var store = KeyStore()
    let id = store.intern(try DNSKEYData(rdata.span), owner: domainName(owner))
    return store[id]
  }

  /// The DS as it is printed: 60485 5 1 and a digest, or with other fields.
  private func ds(tag: UInt16 = 60485, algorithm: UInt8 = 5, type: UInt8 = 1, flipped: Int? = nil) throws
    -> DSData
  {
    var digest = try VectorText.hex("2BB183AF5F22588179A53B0A 98631FAD1A292118")
    if let flipped { digest[flipped] ^= 1 }
    return DSData(keyTag: tag, algorithm: algorithm, digestType: type, digest: digest)
  }

  @Test("the printed DS names the printed key")
  func example() throws {
    #expect(try ds().names(try entry()))
  }

  @Test("any other owner, tag, algorithm, digest type or octet of the digest names another key")
  func others() throws {
    #expect(try !ds().names(try entry("dskey.example.net.")))
    #expect(try !ds(tag: 60486).names(try entry()))
    #expect(try !ds(algorithm: 7).names(try entry()))
    #expect(try !ds(type: 2).names(try entry()))
    for octet in 0..<20 { #expect(try !ds(flipped: octet).names(try entry())) }
  }
}
