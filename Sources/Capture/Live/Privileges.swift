import CSystem
import Glibc

/// What a capturing process may do.
package enum Privileges {
  /// User and group `nobody`, by its number in Debian and most others.
  private static let nobody: uid_t = 65_534

  /// Gives root's privileges up for good; a user other than root has none to give up. To be called when everything that
  /// needs them is open.
  package static func drop() throws(CaptureError) {
    guard geteuid() == 0 else { return }
    guard csystem_drop_privileges(nobody, nobody) == 0 else {
      throw .privilegesKept(detail: unsafe String(cString: strerror(errno)))
    }
  }
}
