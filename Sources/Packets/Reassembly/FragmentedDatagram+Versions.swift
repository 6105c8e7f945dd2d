import Bytes

/// What a datagram is put together to, with the bytes that came first and with others.
extension FragmentedDatagram {
  /// The datagram with the bytes that came first, whole or as far as it is here.
  var assembled: AssembledDatagram {
    let length = completeLength
    var origin = length != nil ? latest : beginning ?? latest
    origin.frames = packets.count > 1 ? packets.map(\.id).sorted() : []
    origin.network = network(of: beginning ?? latest, packets)
    var datagram = assembled(bytes(upTo: length ?? beginningEnd), origin, isComplete: length != nil)
    datagram.notes = notes
    return datagram
  }

  /// The same, as a version beside one that was handed on before.
  var asOtherVersion: AssembledDatagram {
    var version = assembled
    version.origin.version = 1
    version.notes = nil
    return version
  }

  /// The fragments that make another version of it; without an end, those that change the beginning.
  var shownAlternatives: [Alternative] {
    alternatives.filter { completeLength != nil || $0.piece.offset < beginningEnd }
  }

  /// Bytes of a version, about.
  var versionLength: Int { completeLength ?? beginningEnd }

  /// The datagram with the bytes of a fragment that differs in place of its own.
  func assembled(with alternative: Alternative) -> AssembledDatagram {
    let piece = alternative.piece, length = completeLength
    var version = bytes(upTo: length ?? beginningEnd)
    if version.count < piece.offset { version += [UInt8](repeating: 0, count: piece.offset - version.count) }
    let end = min(piece.end, version.count)
    version.replaceSubrange(piece.offset..<end, with: piece.bytes)
    if !alternative.isFollowed { version.removeLast(max(0, version.count - piece.end)) }
    let covered = piece.offset..<piece.end
    var parts = packets.filter { !covered.contains($0.covered) }
    parts.append(
      Part(id: alternative.origin.packet, network: alternative.origin.network, covered: covered))
    let frames = parts.map(\.id)
    var origin = frames.max() == alternative.origin.packet ? alternative.origin : latest
    origin.frames = frames.count > 1 ? frames.sorted() : []
    origin.version = 1
    origin.network = network(of: piece.offset == 0 ? alternative.origin : beginning ?? latest, parts)
    return assembled(version, origin, isComplete: length != nil)
  }

  /// What the packets of a version say: the one with its beginning, and how the others differ from it.
  private func network(of beginning: MessageOrigin, _ parts: [Part]) -> NetworkTraits {
    var traits = beginning.network.adding(.isFragmented)
    if parts.contains(where: { $0.network.ipTTL != traits.ipTTL }) { traits = traits.adding(.ttlsDiffer) }
    let isTailFirst = parts.contains { $0.covered.lowerBound > 0 && $0.id < beginning.packet }
    return isTailFirst ? traits.adding(.tailFirst) : traits
  }

  /// The same once the datagram itself was handed on.
  func late(_ alternative: Alternative) -> AssembledDatagram {
    var version = assembled(with: alternative)
    if transport == .udp { version.notes = FragmentNotes(conflicts: [conflict(alternative)]) }
    return version
  }

  /// Where the bytes from the beginning on end at the first hole.
  private var beginningEnd: Int { ranges.first.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0 }

  /// The bytes up to a place that is reached without a hole.
  private func bytes(upTo end: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end)
    for piece in pieces where piece.offset < end { result += piece.bytes.prefix(end - piece.offset) }
    return result
  }

  /// With the fields that all versions share.
  private func assembled(_ bytes: [UInt8], _ origin: MessageOrigin, isComplete: Bool) -> AssembledDatagram {
    var origin = origin
    origin.carrier = (beginning ?? latest).carrier
    let declared = isComplete ? bytes.count : max(ends.first ?? PacketLimits.datagramBytes, bytes.count)
    return AssembledDatagram(
      source: source, destination: destination, identification: identification, transport: transport,
      bytes: bytes, declaredLength: declared, origin: origin, isComplete: isComplete,
      hasSelectedFrame: hasSelectedFrame)
  }
}
