import Synchronization
import Testing

@testable import Audit

/// A value that another core makes meanwhile.
@Suite struct BackgroundTests {
  @Test("the value is made once and handed over once, with one core and with two", arguments: [1, 2])
  func once(workers: Int) {
    let counter = Counter()
    let background = Background(workers: workers) { counter.next() }
    #expect(background.take() == 1 && background.take() == nil && counter.next() == 2)
  }

  @Test("without another core nothing is made until somebody asks")
  func lazily() {
    let counter = Counter()
    let background = Background(workers: 1) { counter.next() }
    #expect(counter.next() == 1 && background.take() == 2)
  }
}

/// Counts calls.
private final class Counter: Sendable {
  private let value = Mutex(0)

  /// The number of this call, from 1.
  func next() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}
