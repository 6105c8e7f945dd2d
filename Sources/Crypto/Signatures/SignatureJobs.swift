/// Signatures to be verified, numbered from 0; the workers ask for them in an order of their own, at the same time.
package protocol SignatureJobs: Sendable {
  /// Number of signatures.
  var count: Int { get }

  /// The key that signature `index` is said to be made with.
  func key(at index: Int) -> PublicKey

  /// Appends the signed octets and then the signature to `scratch`, which is empty but keeps its capacity.
  ///
  /// Returns the range of the signature, which starts where the signed octets end. Called once for each index.
  func build(at index: Int, into scratch: inout [UInt8]) -> Range<Int>
}
