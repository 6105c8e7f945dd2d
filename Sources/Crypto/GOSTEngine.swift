import COpenSSL

/// The engine of libcrypto that does GOST, where one is installed (Debian: libengine-gost-openssl).
enum GOSTEngine {
  /// Whether it is ready. It is looked for once, at the first key or digest that needs it: most captures hold none,
  /// and code that nobody needs is not loaded.
  static let isLoaded: Bool = {
    let isLoaded = co_load_gost() == 1
    ERR_clear_error()
    return isLoaded
  }()
}
