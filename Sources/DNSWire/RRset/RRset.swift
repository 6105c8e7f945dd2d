import Bytes

/// Number of an interned RRset: equal owner, type, class and records in canonical form have equal numbers.
@usableFromInline
package struct RRsetID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number, from 0 in order of arrival.
  @usableFromInline package let rawValue: UInt32

  /// From the number.
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// In order of arrival.
  @inlinable package static func < (a: RRsetID, b: RRsetID) -> Bool { a.rawValue < b.rawValue }
}

/// Number of an interned RRSIG: equal RDATA (the signer's letters folded) has equal numbers.
@usableFromInline
package struct SignatureID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number, from 0 in order of arrival.
  @usableFromInline package let rawValue: UInt32

  /// From the number.
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// In order of arrival.
  @inlinable package static func < (a: SignatureID, b: SignatureID) -> Bool { a.rawValue < b.rawValue }
}

/// An RRset in canonical form (RFC 4034 §6): owner in lower case, records ordered, equal ones once.
package struct RRsetView: ~Escapable {
  private let bytes: Span<UInt8>

  /// Views the encoding that `RRsetStore` makes: owner length, owner, type, class, count, then length and RDATA each.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// Length of the owner's wire form.
  private var ownerLength: Int { Int(bytes[0]) }
  /// The owner's wire form in lower case.
  package var ownerWire: Span<UInt8> {
    @_lifetime(copy self) get { bytes.extracting(1..<(1 + ownerLength)) }
  }
  /// The owner as a value.
  package var owner: Name { Name(stored: ownerWire) }
  /// The type.
  package var type: RecordType { RecordType(rawValue: word(1 + ownerLength)) }
  /// The class.
  package var recordClass: RecordClass { RecordClass(rawValue: word(3 + ownerLength)) }
  /// Number of distinct records.
  package var count: Int { Int(word(5 + ownerLength)) }
  /// Offset of the first record's length.
  package var firstRecord: Int { 7 + ownerLength }

  /// The RDATA whose length field is at an offset, and the offset of the next one.
  @_lifetime(copy self)
  package func rdata(at offset: Int) -> Span<UInt8> {
    bytes.extracting((offset + 2)..<(offset + 2 + Int(word(offset))))
  }

  /// The offset of the record behind the one at an offset; nil behind the last.
  package func next(after offset: Int) -> Int? {
    let next = offset + 2 + Int(word(offset))
    return next < bytes.count ? next : nil
  }

  /// Calls a function with each RDATA in canonical order.
  package func forEachRData(_ body: (Span<UInt8>) -> Void) {
    var offset: Int? = count > 0 ? firstRecord : nil
    while let at = offset {
      body(rdata(at: at))
      offset = next(after: at)
    }
  }

  /// Sixteen bits at an offset, network order.
  private func word(_ offset: Int) -> UInt16 { UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1]) }
}
