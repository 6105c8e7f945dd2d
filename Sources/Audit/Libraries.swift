import Capture
import Crypto

/// The libraries that a run depends on, for those who report a fault.
package enum Libraries {
  /// Name and version of each.
  package static var versions: [String] { [CaptureLibrary.version, CryptoLibrary.version] }
}
