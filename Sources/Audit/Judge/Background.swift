import Dispatch
import Synchronization

/// A value that another core makes while this one goes on; without another core it is made when it is asked for.
final class Background<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil), make: @Sendable () -> Value
  private let work = DispatchGroup(), hasBegun: Bool

  /// Begins.
  /// - Parameters:
  ///   - workers: cores to use.
  ///   - make: what makes the value; called once.
  init(workers: Int, _ make: @escaping @Sendable () -> Value) {
    self.make = make
    hasBegun = workers > 1
    guard hasBegun else { return }
    DispatchQueue.global().async(group: work) {
      let made = make()
      self.value.withLock { $0 = made }
    }
  }

  /// The value, waited for.
  var result: Value {
    if hasBegun { work.wait() }
    return value.withLock { value in
      if let value { return value }
      let made = make()
      value = made
      return made
    }
  }
}
