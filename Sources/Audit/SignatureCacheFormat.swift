import Crypto
import DNSSEC

/// The layout of a cache of signatures; numbers in network order.
///
///      0 +-------------------------------+
///        | magic and version of the form |
///     16 +-------------------------------+
///        | secret of the digests         |
///     48 +-------------------------------+
///        | SHA-256 of the build's name   |
///     80 +-------------------------------+
///        | number of digests             |
///     88 +-------------------------------+
///        | the digests, ascending        |
///        +-------------------------------+
///        | SHA-256 of all above          |
///        +-------------------------------+
struct SignatureCacheFormat: Sendable {
  /// What a file holds.
  enum Content {
    /// Nothing yet.
    case nothing
    /// What has never been a cache.
    case foreign
    /// A cache that was cut short or changed.
    case damaged
    /// What another version of the program or of libcrypto wrote.
    case otherBuild
    /// What is remembered.
    case memory(SignatureMemory)

    /// Why a new cache is begun in the place of an old one.
    var problem: String? {
      switch self {
      case .damaged: "is damaged"
      case .otherBuild: "was made by another version of this program or of libcrypto"
      case .nothing, .foreign, .memory: nil
      }
    }
  }

  /// Begins every file.
  static let magic = Array("dnsaudit sigs 1\n".utf8)
  /// Octets before the digests.
  private static let headerByteCount = 88
  /// The longest file.
  static let maximumByteCount =
    headerByteCount + (SignatureMemory.maximumCount + 1) * SignatureDigest.byteCount

  /// SHA-256 of the build's name.
  private let stamp: [UInt8]

  /// For what verifies.
  init(build: String) {
    let name = Array(build.utf8)
    stamp = Digest.hash(.sha256, name.span)
  }

  /// The octets of a file.
  func octets(_ secret: [UInt8], _ digests: [SignatureDigest]) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(
      SignatureCacheFormat.headerByteCount + (digests.count + 1) * SignatureDigest.byteCount)
    octets += SignatureCacheFormat.magic
    octets += secret
    octets += stamp
    octets += SignatureCacheFormat.number(digests.count)
    for digest in digests { digest.append(to: &octets) }
    octets += Digest.hash(.sha256, octets.span)
    return octets
  }

  /// What is in the octets of a file.
  func read(_ octets: [UInt8]) -> Content {
    let magic = SignatureCacheFormat.magic, header = SignatureCacheFormat.headerByteCount
    guard !octets.isEmpty else { return .nothing }
    // What is shorter than its first line is a file of somebody else's, whatever it begins with.
    guard octets.starts(with: magic) else { return .foreign }
    let width = SignatureDigest.byteCount, end = octets.count - width
    guard end >= header, (end - header) % width == 0 else { return .damaged }
    let count = (end - header) / width, all = octets.span
    guard octets[80..<header].elementsEqual(SignatureCacheFormat.number(count)),
      octets[end...].elementsEqual(Digest.hash(.sha256, all.extracting(..<end)))
    else { return .damaged }
    guard octets[48..<80].elementsEqual(stamp) else { return .otherBuild }
    var digests: [SignatureDigest] = []
    digests.reserveCapacity(count)
    for start in stride(from: header, to: end, by: width) {
      let digest = SignatureDigest(all.extracting(start..<start + width))
      guard digests.last.map({ $0 < digest }) ?? true else { return .damaged }
      digests.append(digest)
    }
    return .memory(SignatureMemory(secret: Array(octets[16..<48]), known: digests))
  }

  /// A number of 64 bits.
  private static func number(_ value: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
  }
}
