import Bytes
import Testing

@Suite("Reading bytes")
struct ByteReaderTests {
  let bytes: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]

  @Test("integers are read in network order, one behind the other")
  func integers() throws {
    var reader = ByteReader(bytes.span)
    let byte = try reader.readUInt8(), word = try reader.readUInt16(), long = try reader.readUInt32()
    #expect((byte, word, long) == (0x01, 0x2345, 0x6789_abcd))
    #expect((reader.offset, reader.remaining) == (7, 1))
  }

  @Test(
    "every read succeeds with just enough bytes, and with one less throws at its offset and moves nothing",
    arguments: [1, 2, 4, 5])
  func limits(width: Int) throws {
    func read(_ reader: inout ByteReader) throws(DecodingError) {
      switch width {
      case 1: _ = try reader.readUInt8()
      case 2: _ = try reader.readUInt16()
      case 4: _ = try reader.readUInt32()
      default: _ = try reader.readBytes(width).count
      }
    }
    var enough = ByteReader(bytes.span, from: 3, to: 3 + width)
    try read(&enough)
    #expect((enough.offset, enough.remaining) == (3 + width, 0))
    var short = ByteReader(bytes.span, from: 3, to: 2 + width)
    var error: DecodingError?
    do throws(DecodingError) { try read(&short) } catch let thrown { error = thrown }
    #expect(error == DecodingError(.truncated, at: 3))
    #expect((short.offset, short.remaining) == (3, width - 1))
  }

  @Test("bytes are lent, not moved past their end")
  func views() throws {
    var reader = ByteReader(bytes.span, from: 2)
    let view = try reader.readBytes(3)
    #expect(view.indices.map { view[$0] } == [0x45, 0x67, 0x89])
    let count = try reader.readBytes(0).count
    #expect(count == 0)
    #expect(reader.offset == 5)
  }

  @Test("skipping stops at the end, and never goes back")
  func skipping() throws {
    var reader = ByteReader(bytes.span)
    try reader.skip(8)
    #expect(reader.remaining == 0)
    for count in [1, -1, .min, .max] {
      var error: DecodingError?
      do throws(DecodingError) { try reader.skip(count) } catch let thrown { error = thrown }
      #expect(error == DecodingError(.truncated, at: 8), "\(count)")
      #expect(reader.offset == 8)
    }
  }

  @Test("seeking reaches the end and no farther")
  func seeking() throws {
    var reader = ByteReader(bytes.span, to: 6)
    try reader.seek(to: 6)
    try reader.seek(to: 1)
    for target in [7, -1] {
      var error: DecodingError?
      do throws(DecodingError) { try reader.seek(to: target) } catch let thrown { error = thrown }
      #expect(error == DecodingError(.truncated, at: 1))
      #expect(reader.offset == 1)
    }
  }

  @Test(
    "bounds outside the bytes are brought inside",
    arguments: [(-5, 99, 0, 8), (9, 3, 3, 3), (2, -1, 0, 0), (.min, .max, 0, 8)])
  func clamping(from: Int, to: Int, offset: Int, end: Int) {
    let reader = ByteReader(bytes.span, from: from, to: to)
    #expect((reader.offset, reader.end) == (offset, end))
  }

  @Test("every fault has a sentence of its own")
  func sentences() {
    #expect(Set(DecodingFault.allCases.map(\.sentence)).count == DecodingFault.allCases.count)
  }
}
