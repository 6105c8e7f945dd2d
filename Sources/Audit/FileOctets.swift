import Glibc

/// What is in an open file.
enum FileOctets {
  /// Why it cannot be had.
  enum Fault: Error {
    /// The system's error number.
    case system(Int32)
    /// There is more than was asked for.
    case tooLarge
  }

  /// Octets that are read at a time.
  private static let blockSize = 65_536

  /// All that is left to read, at most so many octets.
  static func read(_ descriptor: Int32, limit: Int) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = [], block = [UInt8](repeating: 0, count: blockSize)
    while true {
      let count = unsafe block.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { throw .system(errno) }
      if count == 0 { return bytes }
      bytes += block[..<count]
      guard bytes.count <= limit else { throw .tooLarge }
    }
  }
}
