import Bytes

/// Keeps every distinct RRset and every distinct RRSIG of a run once.
package struct RRsetStore: Sendable {
  private var rrsetBytes = ByteArena(), rrsetPlaces: [ByteArena.Place] = [], rrsetTable = InternTable()
  private var signatureBytes = ByteArena(), signaturePlaces: [ByteArena.Place] = [],
    signatureTable = InternTable()

  /// An empty store.
  package init() {}

  /// Number of distinct RRsets and RRSIGs.
  package var rrsetCount: Int { rrsetPlaces.count }
  /// Number of distinct RRSIGs.
  package var signatureCount: Int { signaturePlaces.count }

  /// Bytes held, nearly.
  var byteCount: Int {
    let count = rrsetPlaces.count + signaturePlaces.count
    return rrsetBytes.byteCount + signatureBytes.byteCount + count * ByteStringStore.bytesBeside
  }

  /// The number of an RRset in the encoding of `RRsetView`.
  mutating func intern(rrset bytes: Span<UInt8>) -> RRsetID {
    let hash = rrsetTable.key.hash(bytes)
    if let known = rrsetTable.find(
      hash, matches: { equalBytes(rrsetBytes.bytes(rrsetPlaces[Int($0)]), bytes) })
    {
      return RRsetID(rawValue: known)
    }
    rrsetPlaces.append(rrsetBytes.append(bytes))
    return RRsetID(rawValue: rrsetTable.insert(hash))
  }

  /// The number of an RRSIG with its RDATA in canonical form.
  mutating func intern(signature rdata: Span<UInt8>) -> SignatureID {
    let hash = signatureTable.key.hash(rdata)
    if let known = signatureTable.find(
      hash, matches: { equalBytes(signatureBytes.bytes(signaturePlaces[Int($0)]), rdata) })
    {
      return SignatureID(rawValue: known)
    }
    signaturePlaces.append(signatureBytes.append(rdata))
    return SignatureID(rawValue: signatureTable.insert(hash))
  }

  /// Gives back what finds an RRset or RRSIG, when no more are interned.
  mutating func endInterning() {
    rrsetTable.end()
    signatureTable.end()
  }

  /// The RRset of a number that this store gave.
  @_lifetime(borrow self)
  package func rrset(_ id: RRsetID) -> RRsetView {
    RRsetView(rrsetBytes.bytes(rrsetPlaces[Int(id.rawValue)]))
  }

  /// The RDATA of an RRSIG of a number that this store gave.
  @_lifetime(borrow self)
  package func signature(_ id: SignatureID) -> Span<UInt8> {
    signatureBytes.bytes(signaturePlaces[Int(id.rawValue)])
  }
}

extension RRsetStore {
  /// The owner of an RRset, canonical.
  package func owner(of id: RRsetID) -> Name { rrset(id).owner }

  /// Calls a function with the wire form of an RRset's owner.
  package func withOwner(of id: RRsetID, _ body: (Span<UInt8>) -> Void) {
    let rrset = rrset(id)
    body(rrset.ownerWire)
  }

  /// The type of an RRset.
  package func type(of id: RRsetID) -> RecordType { rrset(id).type }

  /// The class of an RRset.
  package func recordClass(of id: RRsetID) -> RecordClass { rrset(id).recordClass }

  /// Calls a function with each RDATA of an RRset in canonical order.
  package func forEachRData(of id: RRsetID, _ body: (Span<UInt8>) -> Void) { rrset(id).forEachRData(body) }

  /// The RDATA of an RRset as values, in canonical order.
  /// - Parameter limit: how many at most; those behind are not read.
  package func records(of id: RRsetID, limit: Int = .max) -> [[UInt8]] {
    let rrset = rrset(id)
    var found: [[UInt8]] = [], offset: Int? = rrset.count > 0 ? rrset.firstRecord : nil
    while let at = offset, found.count < limit {
      let rdata = rrset.rdata(at: at)
      found.append((0..<rdata.count).map { rdata[$0] })
      offset = rrset.next(after: at)
    }
    return found
  }
}

/// RDATA of a store in presentation format; the generic form of RFC 3597 where it does not have the layout of its type.
package func presentation(of rdata: [UInt8], _ type: RecordType, _ recordClass: RecordClass) -> String {
  let header = RecordHeader(
    section: .answer, ownerOffset: 0, type: type, recordClass: recordClass, ttl: 0, rdataOffset: 0,
    rdataLength: rdata.count)
  var text: [UInt8] = []
  guard (try? RDataView(rdata.span, header).appendPresentation(to: &text)) != nil else {
    return "\\# \(rdata.count) \(Hex.encode(rdata))"
  }
  return String(decoding: text, as: UTF8.self)
}
