import COpenSSL

/// The libcrypto that this process runs with.
package enum CryptoLibrary {
  /// Name, version and date of the library as it names itself, like "OpenSSL 3.0.22 1 Jan 2026".
  package static var version: String {
    guard let text = unsafe OpenSSL_version(OPENSSL_VERSION) else { return "libcrypto" }
    return unsafe String(cString: text)
  }

  /// Ends the process: libcrypto has no memory left or lacks a function that nothing can work without.
  ///
  /// Not reachable by input: every caller has checked lengths and values before.
  static func fail(_ operation: StaticString) -> Never {
    fatalError("\(version) cannot \(operation)")
  }
}
