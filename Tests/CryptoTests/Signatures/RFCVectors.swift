import Crypto
import TestSupport
import Testing

/// A DNSKEY, the octets that RFC 4034 §3.1.8.1 says are signed, and the signature, as an RFC prints them.
struct RFCVector: Sendable, CustomTestStringConvertible {
  /// Document and section.
  let source: String
  /// Number in IANA's registry.
  let algorithm: UInt8
  /// Public key field of the DNSKEY record, base 64.
  let key: String
  /// The RRSIG's RDATA without its signature, and the record in canonical form, hexadecimal.
  let signed: String
  /// Signature field of the RRSIG record, base 64.
  let signature: String

  var testDescription: String { "\(source), algorithm \(algorithm)" }

  /// The three fields as octets.
  func octets() throws -> (key: [UInt8], signed: [UInt8], signature: [UInt8]) {
    (try VectorText.base64(key), try VectorText.hex(signed), try VectorText.base64(signature))
  }

  /// One for each algorithm. Each `signed` reads: type covered, algorithm, labels, original TTL; expiration,
  /// inception, key tag; signer's name; owner; type, class, TTL, RDLENGTH; RDATA.
  static let all = [
    RFCVector(
      source: "RFC 4035 appendix A, ns1.example. A", algorithm: 5,
      key: """
        AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+N
        wILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==
        """,
      signed: """
        0001 05 02 00000e10  409e7a23 4076ed23 9677  07 6578616d706c65 00
        03 6e7331 07 6578616d706c65 00  0001 0001 00000e10 0004  c0000201
        """,
      signature: """
        F1C9HVhIcs10cZU09G5yIVfKJy5yRQQ3qVet5pGhp82pzhAOMZ3K22JnmK4c+IjUeFp/to06im5FVpHtbFisdjyPq84bhTv8
        vrXt5AB1wNB++iAqvIfdgW4sFNC6oADb1hK8QNauw9VePJhKv/iVXSYC0b7mPSU+EOlknFpVECs=
        """),
    RFCVector(
      source: "RFC 5155 appendix A, ns1.example. A", algorithm: 7,
      key: "AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LUsAD0QPWU+wzt89epO6tHzkMBVDkC7qphQO2hTY4hHn9npWFRw5BYubE=",
      signed: """
        0001 07 02 00000e10  553592ff 43582f80 9dee  07 6578616d706c65 00
        03 6e7331 07 6578616d706c65 00  0001 0001 00000e10 0004  c0000201
        """,
      signature: """
        bu6kx73n6XEunoVGuRfAgY7EF/AJqHy7hj0jkiqJjB0dOrx3wuz9SaBeGfqWIdn/uta3SavN4FRvZR9SCFHF5Q==
        """),
    RFCVector(
      source: "RFC 5702 §6.1", algorithm: 8,
      key: "AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=",
      signed: """
        0001 08 03 00000e10  70dbd880 386d4380 2349  07 6578616d706c65 03 6e6574 00
        03 777777 07 6578616d706c65 03 6e6574 00  0001 0001 00000e10 0004  c000025b
        """,
      signature: """
        kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==
        """),
    RFCVector(
      source: "RFC 5702 §6.2", algorithm: 10,
      key: """
        AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6r
        klMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL
        """,
      signed: """
        0001 0a 03 00000e10  70dbd880 386d4380 0e9c  07 6578616d706c65 03 6e6574 00
        03 777777 07 6578616d706c65 03 6e6574 00  0001 0001 00000e10 0004  c000025b
        """,
      signature: """
        tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq
        +9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=
        """),
    RFCVector(
      source: "RFC 6605 §6.1", algorithm: 13,
      key: "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
      signed: """
        0001 0d 03 00000e10  4c88b137 4c63c737 d960  07 6578616d706c65 03 6e6574 00
        03 777777 07 6578616d706c65 03 6e6574 00  0001 0001 00000e10 0004  c0000201
        """,
      signature: """
        qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==
        """),
    RFCVector(
      source: "RFC 6605 §6.2", algorithm: 14,
      key: """
        xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBw
        Y8rp65F6Glur8I/mlVNgF6W/qTI37m40
        """,
      signed: """
        0001 0e 03 00000e10  4c88b4e9 4c63cae9 2a13  07 6578616d706c65 03 6e6574 00
        03 777777 07 6578616d706c65 03 6e6574 00  0001 0001 00000e10 0004  c0000201
        """,
      signature: """
        /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7
        wnqXL5bdcJzusdnI0RSMROxxwGipWcJm
        """),
    RFCVector(
      source: "RFC 8080 §6.1, signature of erratum 4935", algorithm: 15,
      key: "l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
      signed: """
        000f 0f 02 00000e10  55d4fc60 55b94ce0 0e1d  07 6578616d706c65 03 636f6d 00
        07 6578616d706c65 03 636f6d 00  000f 0001 00000e10 0014
        000a 04 6d61696c 07 6578616d706c65 03 636f6d 00
        """,
      signature: """
        oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==
        """),
    RFCVector(
      source: "RFC 8080 §6.2, signature of erratum 4935", algorithm: 16,
      key: "3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA",
      signed: """
        000f 10 02 00000e10  55d4fc60 55b94ce0 25f1  07 6578616d706c65 03 636f6d 00
        07 6578616d706c65 03 636f6d 00  000f 0001 00000e10 0014
        000a 04 6d61696c 07 6578616d706c65 03 636f6d 00
        """,
      signature: """
        3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FS
        vOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA
        """),
    RFCVector(
      source: "RFC 9563, the example, DNSKEY with both keys of the example", algorithm: 17,
      key: "7EQ32PTAp+1ac6R9Ze2nfB8pPc2OJqkHSjugALr4SuD9awuQxhfw7wMpiXv7JK4/VwwTrCxJwu+qUuDsgoBK4w==",
      signed: """
        0030110100000e1064f12980630ff600fe12076578616d706c6500076578616d706c65000030000100000e1000440100
        0311ec4437d8f4c0a7ed5a73a47d65eda77c1f293dcd8e26a9074a3ba000baf84ae0fd6b0b90c617f0ef0329897bfb24
        ae3f570c13ac2c49c2efaa52e0ec82804ae3076578616d706c65000030000100000e100044010103118d96d93012261b
        d76d1964951309efda5df639529c5fb30c26ffbcdfff80e3589a66e3b46a35cc72ec896d3afc51dfa469ee9495faab9e
        c1bab6000320f1f15c
        """,
      signature: "lF2eq49e62Nn4aT5x8ZI6PdRSTPHPDixZdyllM6GWu4lkRWkpTgWLE4lQK/+qHdNS4DdTd36Jsuu0FSO5k48Qg=="),
  ]

  /// Those of GOST, which take an engine. Of the younger algorithm no printed signature was at hand.
  static let gost = [
    RFCVector(
      source: "RFC 5933 §3.1, www.example.net. A", algorithm: 12,
      key: "aRS/DcPWGQj2wVJydT8EcAVoC0kXn5pDVm2IMvDDPXeD32dsSKcmq8KNVzigjL4OXZTV+t/6w4X1gpNrZiC01g==",
      signed: """
        00010c0300000e1070dbd880386d4380e954076578616d706c65036e65740003777777076578616d706c65036e657400
        0001000100000e100004c0000201
        """,
      signature: "7vzzz6iLOmvtjs5FjVjSHT8XnRKFY15ki6KpkNPkUnS8iIns0Kv4APT+D9ibmHhGri6Sfbyyzi67+wBbbW/jrA=="),
    RFCVector(
      source: "openssl dgst with the engine gost, www.example.net. A as in RFC 5933 §3.1", algorithm: 23,
      key: "OIaDtVb2uqPxs1HXEPtvXUU9KR881xkcLIOWxqRFsbr3KYT0kV9V4XfKj69xzOwKUnpdHDje2ttwWMXblqnnYQ==",
      signed: """
        0001170300000e1070dbd880386d4380b3ab076578616d706c65036e65740003777777076578616d706c65036e657400
        0001000100000e100004c0000201
        """,
      signature: "NJyUpHaTsmZ3umvnjXfVwINO1uSgc3a0p/d2ntK9zFkIu6LJThtuj9o5xkW/4axaGmf8Ww1QHpXEJSpkoto3zQ=="),
  ]
}
