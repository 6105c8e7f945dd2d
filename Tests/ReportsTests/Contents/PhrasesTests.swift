import Bytes
import Testing

@testable import Reports

@Suite("Phrases") struct PhrasesTests {
  @Test(
    "numbers have commas",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func numbers(number: Int, text: String) { #expect(grouped(number) == text) }

  @Test("nouns follow their number")
  func nouns() {
    #expect(counted(1, "query") == "1 query")
    #expect(counted(0, "query") == "0 queries")
    #expect(counted(2_000, "packet") == "2,000 packets")
  }

  @Test(
    "frames are listed as ranges, a limited number of them, with the whole number when some are missing",
    arguments: [
      ([], 0, ""), ([7], 1, "frame 7"), ([7], 2, "frames 7 ... (2 in all)"), ([7, 8], 2, "frames 7-8"),
      ([1, 3, 4, 5, 9], 5, "frames 1, 3-5, 9"), ([1, 3, 5], 3, "frames 1, 3, 5"),
      ([1, 3, 5, 7], 4, "frames 1, 3, 5 ... (4 in all)"), ([9, 8, Int.max], 3, "frames 9, 8, \(Int.max)"),
      ([Int.max, Int.min], 2, "frames \(Int.max), \(Int.min)"),
    ])
  func frames(frames: [Int], total: Int, text: String) {
    #expect(frameList(frames, total: total, limit: 3) == text)
  }

  @Test("lists name some and count the rest")
  func lists() {
    #expect(someOf(["a", "b"], limit: 2) == "a, b")
    #expect(someOf(["a", "b", "c"], limit: 2) == "a, b and 1 more")
    #expect(someOf([], limit: 2) == "")
  }

  @Test(
    "sizes have the unit that fits",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (1_023, "1,023 bytes"), (1_024, "1.0 KiB"), (318_422, "310.9 KiB"),
      (1_048_575, "1,023.9 KiB"), (1_048_576, "1.0 MiB"), (Int.max, "8,388,607.9 TiB"),
    ])
  func sizes(bytes: Int, text: String) { #expect(sizeText(bytes) == text) }

  @Test(
    "durations have the two largest units that fit",
    arguments: [
      (0, "0.000 s"), (1_000_000, "0.001 s"), (9_999_999_999, "9.999 s"), (10_000_000_000, "10 s"),
      (131_250_000_000, "2 min 11 s"), (86_400_000_000_000, "1 d 0 h"), (-1, "time running backwards"),
    ])
  func durations(nanoseconds: Int64, text: String) {
    #expect(durationText(from: Timestamp(nanoseconds: 0), to: Timestamp(nanoseconds: nanoseconds)) == text)
  }

  @Test("a duration longer than 64 bits of nanoseconds is told all the same")
  func longestDuration() {
    let ends = (Timestamp(nanoseconds: .min), Timestamp(nanoseconds: .max))
    #expect(durationText(from: ends.0, to: ends.1) == "213503 d 23 h")
  }

  @Test(
    "a share is 0.0 or 100.0 percent only when it is nothing or all",
    arguments: [
      (0, 10, "0.0 %"), (1, 1_000_000, "0.1 %"), (999_999, 1_000_000, "99.9 %"), (5, 5, "100.0 %"),
      (1, 3, "33.3 %"), (0, 0, "0.0 %"),
    ])
  func shares(part: Int, whole: Int, text: String) { #expect(percentText(part, of: whole) == text) }
}
