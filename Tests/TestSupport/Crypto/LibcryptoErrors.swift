import COpenSSL

/// The queue of reasons that libcrypto keeps for the calling thread.
package enum LibcryptoErrors {
  /// Whether nothing is queued.
  package static var isEmpty: Bool { ERR_peek_error() == 0 }

  /// Forgets what is queued.
  package static func clear() { ERR_clear_error() }
}
