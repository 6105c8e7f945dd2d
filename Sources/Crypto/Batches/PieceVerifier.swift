/// One worker of a pool: verifies pieces, and keeps what makes the next one cheap. One thread has it at a time.
final class PieceVerifier: @unchecked Sendable {
  private let verifier = SignatureVerifier(), scratch = NumberScratch()
  private var power: RSAPower?, point: KeyPoint?
  private var batches: [SignatureScheme: CurveBatch] = [:]
  private var digest: [UInt8] = [], numbers: [UInt32] = []

  /// Appends the numbers of the valid signatures of a key's pieces to `valid`.
  func verify(_ task: VerificationTask, valid: inout [UInt32]) {
    switch task.form {
    case .plain: verifyPlainly(task, &valid)
    case .power:
      if power?.key !== task.key { power = RSAPower(task.key, scratch) }
      if let power { verify(task, power, &valid) } else { verifyPlainly(task, &valid) }
    case .point:
      if point?.key !== task.key { point = KeyPoint(task.key, scratch) }
      if let point { verify(task, .point(point), &valid) } else { verifyPlainly(task, &valid) }
    case .table(let table): verify(task, .table(table), &valid)
    }
  }

  /// By libcrypto's own verification.
  private func verifyPlainly(_ task: VerificationTask, _ valid: inout [UInt32]) {
    let context = verifier.context(for: task.key)
    task.forEach { data, signature, number in
      if verifier.verify(task.key, context, data: data, signature: signature) { valid.append(number) }
    }
  }

  /// By a power.
  private func verify(_ task: VerificationTask, _ power: RSAPower, _ valid: inout [UInt32]) {
    task.forEach { data, signature, number in
      hash(data, task.key)
      if power.verify(signature, digest: digest) { valid.append(number) }
    }
  }

  /// By multiples of the key, as many together as go.
  private func verify(_ task: VerificationTask, _ multiples: KeyMultiples, _ valid: inout [UInt32]) {
    let batch = batches[task.key.scheme] ?? CurveBatch(multiples.curve, scratch)
    batches[task.key.scheme] = batch
    numbers.removeAll(keepingCapacity: true)
    task.forEach { data, signature, number in
      hash(data, task.key)
      if batch.append(signature, digest: digest) { numbers.append(number) }
      if batch.count == CurveBatch.capacity { settle(batch, multiples, &valid) }
    }
    settle(batch, multiples, &valid)
  }

  /// Judges what a batch holds.
  private func settle(_ batch: CurveBatch, _ multiples: KeyMultiples, _ valid: inout [UInt32]) {
    batch.judge(multiples) { valid.append(numbers[$0]) }
    numbers.removeAll(keepingCapacity: true)
  }

  /// Sets `digest` to that of data by the key's function.
  private func hash(_ data: Span<UInt8>, _ key: PublicKey) {
    guard let algorithm = key.scheme.digest else { return }
    if digest.count != algorithm.byteCount { digest = [UInt8](repeating: 0, count: algorithm.byteCount) }
    verifier.hash(algorithm, data, into: &digest)
  }
}

/// Pieces of one key, and how they are to be verified.
struct VerificationTask: Sendable {
  /// How.
  enum Form: Sendable {
    /// By libcrypto's own verification.
    case plain
    /// By RSA's power.
    case power
    /// By the key as a point.
    case point
    /// By a table of the key's multiples.
    case table(KeyTable)
  }

  /// Number of the key in its pool.
  let group: Int
  /// The key.
  let key: PublicKey
  /// The way.
  let form: Form
  /// The signatures.
  let pieces: ArraySlice<SignaturePiece>

  /// Bytes of all pieces.
  var byteCount: Int { pieces.reduce(0) { $0 + $1.octets.count } }

  /// Calls a function with the signed octets, the signature and the number of each.
  func forEach(_ body: (Span<UInt8>, Span<UInt8>, UInt32) -> Void) {
    let length = key.signatureByteCount
    for piece in pieces {
      let octets = piece.octets.span
      var start = 0
      for item in piece.items {
        let middle = start + Int(item.dataCount), end = middle + length
        body(octets.extracting(start..<middle), octets.extracting(middle..<end), item.number)
        start = end
      }
    }
  }
}
