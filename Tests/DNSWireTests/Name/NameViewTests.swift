import Bytes
import DNSWire
import TestSupport
import Testing

@Suite struct NameViewTests {
  /// What reading the name at an offset gives, by each of the three ways to read it.
  private func read(_ bytes: [UInt8], at offset: Int = 0) throws(DecodingError) -> (wire: [UInt8], end: Int) {
    let view = NameView(bytes.span, at: offset)
    var wire: [UInt8] = [0xaa], text: [UInt8] = [0xbb]
    do throws(DecodingError) {
      let end = try view.appendWire(to: &wire, lowercase: false)
      #expect(try view.validate() == end)
      #expect(try view.appendPresentation(to: &text) == end)
      #expect(
        String(decoding: text.dropFirst(), as: UTF8.self) == Name(wire: Array(wire.dropFirst()))?.description)
      return (Array(wire.dropFirst()), end)
    } catch {
      #expect(wire == [0xaa] && text == [0xbb])
      #expect(throws: error) { try view.validate() }
      #expect(throws: error) { try view.appendPresentation(to: &text) }
      throw error
    }
  }

  /// The fault of a name that cannot be read.
  private func fault(_ bytes: [UInt8], at offset: Int = 0) -> DecodingError? {
    do throws(DecodingError) {
      _ = try read(bytes, at: offset)
      return nil
    } catch {
      return error
    }
  }

  @Test("a name ends behind its root label, or behind its first pointer")
  func ends() throws {
    let bytes = [9, 9] + wire("a.Bc.") + [1, 0x64] + pointer(2) + pointer(7)
    #expect(try read(bytes, at: 2) == (wire("a.Bc."), 8))
    #expect(try read(bytes, at: 8) == (wire("d.a.Bc."), 12))
    #expect(try read(bytes, at: 12) == ([0], 14))
  }

  @Test("lower case is asked for by the canonical form only")
  func lowercase() throws {
    let bytes = wire("A.Bc.")
    var wireForm: [UInt8] = []
    try NameView(bytes.span, at: 0).appendWire(to: &wireForm, lowercase: true)
    #expect(wireForm == wire("a.bc."))
    #expect(try NameView(bytes.span, at: 0).name().wire == bytes)
  }

  @Test("255 octets are read, 256 refused, with and without compression")
  func length() throws {
    let label = [63] + [UInt8](repeating: 0x61, count: 63)
    let three = label + label + label
    let longest = three + [61] + [UInt8](repeating: 0x62, count: 61) + [0]
    #expect(try read(longest).wire.count == 255)
    #expect(
      fault(three + [62] + [UInt8](repeating: 0x62, count: 62) + [0]) == DecodingError(.nameTooLong, at: 192))
    let tail = label + label + [62] + [UInt8](repeating: 0x63, count: 62) + [0]
    #expect(
      try read(tail + [61] + [UInt8](repeating: 0x62, count: 61) + pointer(0), at: tail.count).wire.count
        == 254)
    #expect(
      fault(tail + [63] + [UInt8](repeating: 0x62, count: 63) + pointer(0), at: tail.count)?.fault
        == .nameTooLong)
  }

  @Test("127 pointers are followed, 128 are refused")
  func pointers() throws {
    func chain(_ count: Int) -> [UInt8] { [0, 0] + (0..<count).flatMap { pointer($0 * 2) } }
    #expect(try read(chain(127), at: 254) == ([0], 256))
    #expect(fault(chain(128), at: 256) == DecodingError(.tooManyPointers, at: 2))
  }

  @Test("a pointer to itself is a loop; longer loops end at a bound")
  func loops() {
    #expect(fault([0xc0, 0]) == DecodingError(.pointerLoop, at: 0))
    #expect(fault([0xc0, 2, 0xc0, 0])?.fault == .tooManyPointers)
    #expect(
      fault([1, 0x61, 0xc0, 0])?.fault == .tooManyPointers
        || fault([1, 0x61, 0xc0, 0])?.fault == .nameTooLong)
  }

  @Test("a pointer may point forward")
  func forward() throws {
    #expect(try read(pointer(4) + [0, 0] + wire("a.")) == (wire("a."), 2))
  }

  @Test("the reserved label types 01 and 10 are refused", arguments: [0x40, 0x7f, 0x80, 0xbf] as [UInt8])
  func reserved(length: UInt8) {
    #expect(fault([1, 0x61, length, 0]) == DecodingError(.reservedLabelType, at: 2))
  }

  @Test(
    "a name that ends with the message, in a label, before one or in a pointer, is refused at that offset")
  func truncated() {
    #expect(fault([]) == DecodingError(.truncated, at: 0))
    #expect(fault([1, 0x61]) == DecodingError(.truncated, at: 2))
    #expect(fault([1, 0x61, 3, 0x62, 0x63]) == DecodingError(.truncated, at: 2))
    #expect(fault([1, 0x61, 0xc0]) == DecodingError(.truncated, at: 2))
    #expect(fault([0xff, 0xff]) == DecodingError(.truncated, at: 16383))
    #expect(fault([0], at: 7) == DecodingError(.truncated, at: 7))
  }

  @Test("arbitrary octets are read alike, or refused alike, in all three ways")
  func arbitrary() {
    var random = SeededRandom(seed: 0x5eed_0003)
    var readable = 0
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 1...80, using: &random)).map { _ -> UInt8 in
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .random(in: 0...6, using: &random)
        case 1: 0xc0
        default: .random(in: 0...255, using: &random)
        }
      }
      if fault(bytes, at: Int.random(in: 0..<bytes.count, using: &random)) == nil { readable += 1 }
    }
    #expect(readable > 1_000)
  }
}
