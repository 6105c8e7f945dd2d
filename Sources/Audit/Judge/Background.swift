import Dispatch
import Synchronization

/// A value that another core makes while this one goes on; without another core it is made when it is asked for.
final class Background<Value: Sendable>: Sendable {
  /// What there is of the value.
  private enum State {
    case unmade(@Sendable () -> Value), made(Value), gone
  }

  private let state: Mutex<State>, work = DispatchGroup(), hasBegun: Bool

  /// Begins.
  /// - Parameters:
  ///   - workers: cores to use.
  ///   - make: what makes the value; called once.
  init(workers: Int, _ make: @escaping @Sendable () -> Value) {
    hasBegun = workers > 1
    state = Mutex(hasBegun ? .gone : .unmade(make))
    guard hasBegun else { return }
    DispatchQueue.global().async(group: work) {
      let value = make()
      self.state.withLock { $0 = .made(value) }
    }
  }

  /// Whether it is there.
  var isMade: Bool {
    state.withLock { if case .made = $0 { true } else { false } }
  }

  /// The value, waited for, of which nothing is kept here; nil when it was taken before.
  func take() -> Value? {
    if hasBegun { work.wait() }
    let state = state.withLock { state in
      defer { state = .gone }
      return state
    }
    switch state {
    case .unmade(let make): return make()
    case .made(let value): return value
    case .gone: return nil
    }
  }
}
