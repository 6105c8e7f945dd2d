import COpenSSL

/// Verifies the ECDSA signatures (FIPS 186-5 §6.4.2) of one key together, for one worker: the inverses of all s come
/// from a single inversion, the products from tables where the key has one, and r is compared without a division.
@safe final class CurveBatch {
  /// The most signatures that are verified together: the inversion, 15 µs, is lost among so many.
  static let capacity = 256

  /// One signature that waits.
  private struct Item {
    /// r, s in Montgomery form and the digest as a number below the order.
    let r = Number(), s = Number(), e = Number()
    /// The product of all s up to this one.
    let product = Number()
  }

  private let curve: PrimeCurve, scratch: NumberScratch
  private var items: [Item] = []
  /// Signatures that wait.
  private(set) var count = 0
  /// The EC_POINTs of the first product and the sum.
  private let first: OpaquePointer, sum: OpaquePointer
  private let u1 = Number(), u2 = Number(), x = Number(), z = Number(), inverse = Number(), rest = Number(),
    right = Number(), wrapped = Number()

  /// An empty batch.
  init(_ curve: PrimeCurve, _ scratch: NumberScratch) {
    (self.curve, self.scratch) = (curve, scratch)
    guard let first = unsafe EC_POINT_new(curve.group), let sum = unsafe EC_POINT_new(curve.group) else {
      CryptoLibrary.fail("allocate a point")
    }
    unsafe self.first = first
    unsafe self.sum = sum
  }

  deinit {
    unsafe EC_POINT_free(first)
    unsafe EC_POINT_free(sum)
  }

  /// Takes r || s over a digest as long as a number of the curve; false when it cannot be valid, and is not taken.
  func append(_ signature: Span<UInt8>, digest: borrowing [UInt8]) -> Bool {
    let half = curve.byteCount, n = curve.order.value
    guard count < CurveBatch.capacity, signature.count == 2 * half, digest.count == half else { return false }
    if count == items.count { items.append(Item()) }
    let item = items[count]
    item.r.set(signature.extracting(..<half))
    item.s.set(signature.extracting(half...))
    guard !item.r.isZero, item.r < n, !item.s.isZero, item.s < n else { return false }
    item.e.set(digest.span)
    // n has as many bits as the digest, so that once is enough.
    if !(item.e < n) { item.e.subtract(n) }
    curve.order.enter(item.s, into: item.s, scratch)
    if count == 0 {
      item.product.set(item.s)
    } else {
      curve.order.multiply(items[count - 1].product, item.s, into: item.product, scratch)
    }
    count += 1
    return true
  }

  /// Judges all that was taken, in an order of its own, and is empty afterwards.
  /// - Parameter valid: called with the place, from 0, of each valid signature.
  func judge(_ key: KeyMultiples, valid: (Int) -> Void) {
    guard count > 0 else { return }
    let order = curve.order
    order.invert(items[count - 1].product, into: rest, scratch)
    for place in stride(from: count - 1, through: 0, by: -1) {
      // `rest` is the inverse of the product of all s up to this one.
      let item = items[place]
      if place == 0 {
        inverse.set(rest)
      } else {
        order.multiply(rest, items[place - 1].product, into: inverse, scratch)
        order.multiply(rest, item.s, into: rest, scratch)
      }
      order.multiply(item.e, inverse, into: u1, scratch)
      order.multiply(item.r, inverse, into: u2, scratch)
      if isSolution(item.r, key) { valid(place) }
    }
    count = 0
  }

  /// Whether u1 G + u2 Q is a point, not infinity, whose x is r modulo n.
  private func isSolution(_ r: Number, _ key: KeyMultiples) -> Bool {
    guard addProducts(key), unsafe EC_POINT_is_at_infinity(curve.group, sum) == 0,
      unsafe co_projective(curve.group, sum, x.pointer, z.pointer, scratch.pointer) == 1
    else {
      ERR_clear_error()
      return false
    }
    // x = X / Z², so r Z² is compared with X; r + n too where that is below p, since r is x modulo n.
    let p = curve.field
    p.enter(z, into: z, scratch)
    p.multiply(z, z, into: z, scratch)
    p.multiply(r, z, into: right, scratch)
    if right == x { return true }
    wrapped.set(r)
    wrapped.add(curve.order.value)
    guard wrapped < p.value else { return false }
    p.multiply(wrapped, z, into: right, scratch)
    return right == x
  }

  /// sum = u1 G + u2 Q; false when libcrypto cannot.
  private func addProducts(_ key: KeyMultiples) -> Bool {
    switch key {
    case .point(let key):
      unsafe EC_POINT_mul(curve.group, sum, u1.pointer, key.point, u2.pointer, scratch.pointer) == 1
    case .table(let table): addTabled(table)
    }
  }

  /// The same by tables.
  private func addTabled(_ table: KeyTable) -> Bool {
    let group = unsafe curve.group, own = unsafe table.group, memory = unsafe scratch.pointer
    switch curve.tables {
    case .walk:
      return unsafe EC_POINT_mul(group, first, u1.pointer, nil, nil, memory) == 1
        && EC_POINT_mul(own, sum, u2.pointer, nil, nil, memory) == 1
        && EC_POINT_add(group, sum, first, sum, memory) == 1
    case .windows:
      // The point that has to be added for the table to be used is G itself: (u1 - 1) G + G.
      if u1.isZero { u1.add(curve.order.value) }
      u1.decrement()
      return unsafe co_multiply_and_add(group, first, u1.pointer, EC_GROUP_get0_generator(group), memory) == 1
        && co_multiply_and_add(own, sum, u2.pointer, first, memory) == 1
    }
  }
}
