import Bytes
import DNSWire
import TestSupport
import Testing

/// RDATA without the layout of its type. Each refused one stands beside one that is accepted.
@Suite struct RDataFaultTests {
  /// Whether the presentation format of RDATA is refused: as not having its type's layout, or for a pointer
  /// where none may be.
  private func isRefused(_ type: RecordType, _ rdata: [UInt8]) -> Bool {
    var text: [UInt8] = []
    do throws(DecodingError) {
      try RDataView(uncompressed: rdata.span, type: type, recordClass: .in).appendPresentation(to: &text)
      return false
    } catch {
      #expect(
        [.badRData, .reservedLabelType].contains(error.fault) && error.offset <= rdata.count && text.isEmpty)
      return true
    }
  }

  /// So many zeros.
  private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  @Test(
    "RDATA of a fixed length is refused one octet shorter and one longer",
    arguments: [
      (.a, 4), (.aaaa, 16), (.loc, 16), (.eui48, 6), (.eui64, 8), (.nid, 10), (.l64, 10), (.l32, 6),
      (.ipn, 8),
    ] as [(RecordType, Int)])
  func fixedLength(type: RecordType, length: Int) {
    // Zeros are an address of every kind; LOC needs angles in their range.
    let rdata: [UInt8] = type == .loc ? zeros(4) + [0x80, 0, 0, 0, 0x80, 0, 0, 0] + zeros(4) : zeros(length)
    #expect(!isRefused(type, rdata))
    #expect(isRefused(type, Array(rdata.dropLast())) && isRefused(type, rdata + [0]))
  }

  @Test("fields that have to hold something are refused empty")
  func emptyFields() {
    let signature = zeros(18) + wire("a.")
    let cases: [(RecordType, [UInt8])] = [
      (.ds, zeros(4)), (.dnskey, zeros(4)), (.rrsig, signature), (.sshfp, zeros(2)), (.tlsa, zeros(3)),
      (.zonemd, zeros(6)), (.cert, zeros(5)), (.uri, zeros(4)), (.eid, []), (.nsap, []), (.dhcid, []),
      (.openpgpkey, []), (.txt, []), (.a, []), (.ns, []),
    ]
    for (type, rdata) in cases {
      #expect(isRefused(type, rdata), "\(type.mnemonic)")
      #expect(
        type == .a || type == .ns || type == .txt || !isRefused(type, rdata + [0x41]), "\(type.mnemonic)")
    }
    #expect(!isRefused(.apl, []) && !isRefused(.caa, [0, 1, 0x61]))
  }

  @Test("octets behind the last field are refused")
  func trailing() {
    let cases: [(RecordType, [UInt8])] = [
      (.ns, wire("a.")), (.mx, [0, 1] + wire("a.")), (.soa, wire("a.") + wire("b.") + zeros(20)),
      (.x25, [1, 0x31]), (.isdn, [1, 0x31, 1, 0x32]), (.hinfo, [0, 0]), (.nsec3param, zeros(5)),
      (.amtrelay, [1, 0]), (.a6, [128] + wire("a.")), (.tkey, wire("a.") + zeros(16)),
    ]
    for (type, rdata) in cases {
      #expect(!isRefused(type, rdata) && isRefused(type, rdata + [0]), "\(type.mnemonic)")
    }
  }

  @Test("LOC has version 0, angles of at most 90 and 180 degrees, and sizes of decimal digits (RFC 1876 §2)")
  func location() {
    func loc(
      _ version: UInt8 = 0, _ size: UInt8 = 0x12, latitude: UInt32 = 1 << 31, longitude: UInt32 = 1 << 31
    ) -> [UInt8] {
      [version, size, 0x16, 0x13] + octets(latitude) + octets(longitude) + octets(10_000_000 as UInt32)
    }
    #expect(!isRefused(.loc, loc()) && isRefused(.loc, loc(1)))
    for size in [0x00, 0x10, 0x99] as [UInt8] { #expect(!isRefused(.loc, loc(0, size))) }
    for size in [0x01, 0x1a, 0xa1, 0xff] as [UInt8] { #expect(isRefused(.loc, loc(0, size))) }
    let middle = UInt32(1) << 31
    for (limit, isLatitude) in [(90 * 3_600_000, true), (180 * 3_600_000, false)] as [(UInt32, Bool)] {
      for (inside, outside) in [(middle + limit, middle + limit + 1), (middle - limit, middle - limit - 1)] {
        #expect(!isRefused(.loc, isLatitude ? loc(latitude: inside) : loc(longitude: inside)))
        #expect(isRefused(.loc, isLatitude ? loc(latitude: outside) : loc(longitude: outside)))
      }
    }
  }

  @Test(
    "APL has families 1 and 2, prefixes and addresses that fit, and no zeros at an address's end (RFC 3123 §4)"
  )
  func addressPrefixes() {
    #expect(!isRefused(.apl, [0, 1, 32, 4, 192, 0, 2, 1]) && !isRefused(.apl, [0, 2, 128, 0x81, 1]))
    #expect(isRefused(.apl, [0, 3, 0, 0]) && isRefused(.apl, [0, 0, 0, 0]))
    #expect(isRefused(.apl, [0, 1, 33, 1, 1]) && isRefused(.apl, [0, 2, 129, 1, 1]))
    #expect(
      isRefused(.apl, [0, 1, 32, 5, 1, 2, 3, 4, 5])
        && isRefused(.apl, [0, 2, 128, 17] + [UInt8](repeating: 1, count: 17)))
    #expect(isRefused(.apl, [0, 1, 24, 3, 192, 0, 0]) && isRefused(.apl, [0, 1, 24, 3, 192, 0]))
  }

  @Test("type bitmaps have ascending windows of 1...32 octets without zeros at the end (RFC 4034 §4.1.2)")
  func typeBitmap() {
    func nsec(_ bitmap: [UInt8]) -> [UInt8] { wire("a.") + bitmap }
    #expect(!isRefused(.nsec, nsec([0, 1, 0x40, 1, 1, 0x40])))
    #expect(
      isRefused(.nsec, nsec([1, 1, 0x40, 1, 1, 0x40])) && isRefused(.nsec, nsec([1, 1, 0x40, 0, 1, 0x40])))
    #expect(
      isRefused(.nsec, nsec([0, 2, 0x40, 0])) && isRefused(.nsec, nsec([0, 0])) && isRefused(.nsec, nsec([0]))
    )
    #expect(
      !isRefused(.nsec, nsec([0, 32] + zeros(31) + [1])) && isRefused(.nsec, nsec([0, 33] + zeros(32) + [1])))
  }

  @Test("KEY has a key, and none where both upper bits of its flags are set (RFC 2535 §3.1.2)")
  func formerKey() {
    #expect(isRefused(.key, [0x80, 0, 3, 5]) && !isRefused(.key, [0x80, 0, 3, 5, 1]))
    #expect(!isRefused(.key, [0xc0, 0, 3, 0]) && isRefused(.key, [0xc0, 0, 3, 0, 1]))
  }

  @Test("NXT's bitmap has at most 16 octets, type 0 clear and no zeros at the end (RFC 2535 §5.2)")
  func oldTypeBitmap() {
    #expect(!isRefused(.nxt, wire("a.") + zeros(15) + [1]) && isRefused(.nxt, wire("a.") + zeros(16) + [1]))
    #expect(isRefused(.nxt, wire("a.") + [0x80]) && isRefused(.nxt, wire("a.") + [0x40, 0]))
  }

  @Test("WKS's bitmap has at most 65,536 bits and no zeros at the end")
  func services() {
    #expect(!isRefused(.wks, zeros(5) + zeros(8191) + [1]) && isRefused(.wks, zeros(5) + zeros(8192) + [1]))
    #expect(isRefused(.wks, zeros(5) + [0x40, 0]))
  }

  @Test("service parameters ascend, and each value has the form of its key (RFC 9460 §2.2, §7)")
  func serviceParameters() {
    func refused(_ parameters: [UInt8]) -> Bool { isRefused(.https, [0, 1, 0] + parameters) }
    func value(_ key: UInt8, _ value: [UInt8]) -> [UInt8] { [0, key, 0, UInt8(value.count)] + value }
    #expect(
      !refused(value(8, []) + value(9, [])) && refused(value(9, []) + value(9, []))
        && refused(value(9, []) + value(8, [])))
    #expect(refused([0, 9, 0, 2, 0]) && refused([0, 9, 0]))
    for mandatory in [[], [0], [0, 0], [0, 2, 0, 1], [0, 2, 0, 2], [0, 1, 0]] as [[UInt8]] {
      #expect(refused(value(0, mandatory)))
    }
    #expect(!refused(value(0, [0, 1, 0, 2])))
    for alpn in [[], [0], [3, 0x68, 0x32], [2, 0x68, 0x32, 0]] as [[UInt8]] {
      #expect(refused(value(1, alpn)))
    }
    #expect(!refused(value(2, [])) && refused(value(2, [1])))
    #expect(
      !refused(value(3, [0, 53])) && refused(value(3, [])) && refused(value(3, [53]))
        && refused(value(3, [0, 0, 53])))
    for (key, size) in [(4, 4), (6, 16)] as [(UInt8, Int)] {
      #expect(
        !refused(value(key, zeros(size * 2))) && refused(value(key, zeros(size + 1)))
          && refused(value(key, [])))
      #expect(refused(value(key, zeros(size - 1))))
    }
    #expect(!refused(value(5, [1])) && refused(value(5, [])))
  }

  @Test("a value that runs into the next parameter is refused")
  func parameterOverrun() {
    #expect(isRefused(.https, [0, 1, 0] + [0, 1, 0, 2, 3, 0x68] + [0, 8] + [0, 9, 0, 0]))
    #expect(isRefused(.https, [0, 1, 0, 0, 0, 0, 3, 0, 1, 0, 9, 0, 0]))
  }

  @Test("gateways have four types, and their names are not compressed (RFC 4025 §2.5, RFC 8777 §4.2.3)")
  func gateways() {
    #expect(!isRefused(.ipseckey, [1, 3, 0] + wire("a.")) && isRefused(.ipseckey, [1, 3, 0, 0xc0, 0]))
    #expect(isRefused(.ipseckey, [1, 4, 0]) && isRefused(.ipseckey, [1, 1, 0, 1, 2, 3]))
    #expect(
      !isRefused(.amtrelay, [1, 0x83] + wire("a.")) && isRefused(.amtrelay, [1, 0x84])
        && isRefused(.amtrelay, [1, 2, 0]))
  }

  @Test("HIP has a tag, a key and uncompressed servers (RFC 8005 §5)")
  func hostIdentity() {
    #expect(!isRefused(.hip, [1, 2, 0, 1, 9, 9] + wire("a.")))
    #expect(
      isRefused(.hip, [0, 2, 0, 1, 9]) && isRefused(.hip, [1, 2, 0, 0, 9])
        && isRefused(.hip, [1, 2, 0, 1, 9, 9, 0xc0, 0]))
  }

  @Test("NSEC3 has a hash of at least one octet and a salt that may be empty (RFC 5155 §3.2)")
  func nsec3() {
    #expect(!isRefused(.nsec3, [1, 0, 0, 0, 0, 1, 7]) && isRefused(.nsec3, [1, 0, 0, 0, 0, 0]))
    #expect(isRefused(.nsec3, [1, 0, 0, 0, 9, 1, 7]) && isRefused(.nsec3, [1, 0, 0, 0, 0, 2, 7]))
  }

  @Test("A6 has a prefix of at most 128 bits, and zeros in its place (RFC 2874 §3.1)")
  func a6() {
    #expect(
      !isRefused(.a6, [127, 1] + wire("a.")) && isRefused(.a6, [127, 2] + wire("a."))
        && isRefused(.a6, [129] + wire("a.")))
    #expect(isRefused(.a6, [0] + zeros(15)) && isRefused(.a6, [0] + zeros(17)))
  }

  @Test("ATMA has two formats, E.164 has digits alone")
  func atmAddress() {
    #expect(
      !isRefused(.atma, [1] + Array("0123456789".utf8)) && isRefused(.atma, [1, 0x2f])
        && isRefused(.atma, [1, 0x3a]))
    #expect(!isRefused(.atma, [0, 0x2f]) && isRefused(.atma, [2, 0x31]) && isRefused(.atma, [0]))
  }

  @Test("a CAA tag has letters and digits, at least one (RFC 8659 §4.1)")
  func tag() {
    for octet in [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a] as [UInt8] { #expect(!isRefused(.caa, [0, 1, octet])) }
    for octet in [0x2d, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b] as [UInt8] {
      #expect(isRefused(.caa, [0, 1, octet]))
    }
    #expect(isRefused(.caa, [0, 0]) && isRefused(.caa, [0, 2, 0x61]))
  }
}
