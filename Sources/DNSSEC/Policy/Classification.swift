import Crypto
import DNSWire

extension WeakClasses {
  /// The classes that an algorithm, the key that goes with it and a digest type belong to.
  ///
  /// What resolvers may, should and must not validate stands in the columns of IANA's two registries (RFC 9904 §2), which
  /// RFC 9905 and RFC 9906 filled last. The sizes of keys stand elsewhere: see `WeakClass.references`.
  package static func of(algorithm: UInt8, key: PublicKey? = nil, digestType: UInt8? = nil) -> WeakClasses {
    var found: WeakClasses = []
    switch algorithm {
    case 1: found.insert(WeakClasses(.md5))  // RFC 6725: deprecated; RFC 8624 §3.1: must not be validated
    case 3, 6: found.formUnion([WeakClasses(.dsa), WeakClasses(.sha1)])  // RFC 8624 §3.1
    case 5, 7: found.insert(WeakClasses(.sha1))  // RFC 9905 §2: must not be used to sign
    case 12: found.insert(WeakClasses(.gost))  // RFC 9906 §2: must not be validated
    default: break
    }
    switch digestType {
    case 1: found.insert(WeakClasses(.sha1DS))  // RFC 8624 §3.3: must not be used to delegate
    case 3: found.insert(WeakClasses(.gost))  // RFC 9906 §2
    default: break
    }
    if let key, let exponentBits = key.exponentBits {
      if key.bits < 1024 { found.insert(WeakClasses(.rsaSmall)) }  // RFC 6781 §3.4.2
      if (1024..<2048).contains(key.bits) { found.insert(WeakClasses(.rsa1024)) }  // NIST SP 800-57
      // FIPS 186-5 §A.1.1: 2^16 < e < 2^256. A short one has forgeries where padding is read carelessly.
      if exponentBits <= 16 || exponentBits > 256 { found.insert(WeakClasses(.rsaExponent)) }
    }
    return found
  }

  /// The classes of a DS record.
  package static func of(_ ds: DSData) -> WeakClasses {
    of(algorithm: ds.algorithm, digestType: ds.digestType)
  }
}
