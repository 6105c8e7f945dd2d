import Bytes
import Packets
import TestSupport
import Testing

@Suite("TCP segments that somebody else sent (RFC 5961)")
struct TCPInjectionTests {
  let first = queryMessage(1, count: 30), second = queryMessage(2, count: 300),
    third = queryMessage(3, count: 45)

  /// The messages of a stream into whose only message a segment is injected, and what was odd.
  private func inject(
    _ data: [UInt8], _ flags: TCPFlags, ahead: Int, isDamaged: Bool = false
  ) -> ([[UInt8]], [PacketOddity: Int]) {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let bytes = prefixed(second)
    bench.feed(client.send(Array(bytes[..<100])))
    var forged = client.segment(data, flags, ahead: ahead)
    // The checksum's place behind the Ethernet and IPv4 headers.
    if isDamaged { forged[14 + 20 + 16] ^= 0x55 }
    bench.feed(forged)
    bench.feed(client.send(Array(bytes[100..<200])))
    bench.feed(client.send(Array(bytes[200...])))
    bench.feed(client.send([], [.fin, .ack]))
    bench.finish()
    return (bench.messages.map(\.bytes), bench.oddities)
  }

  @Test(
    "a reset or end anywhere does not lose the message under way, and counts when it is out of place",
    arguments: [[.rst], [.fin, .ack]] as [TCPFlags], [0, 1, -1, 50_000, 1 << 30, -(1 << 30)])
  func close(flags: TCPFlags, ahead: Int) {
    let (messages, oddities) = inject([], flags, ahead: ahead)
    #expect(messages == [second])
    let isOutOfPlace = flags == [.rst] ? ahead != 0 : abs(ahead) == 1 << 30
    #expect(oddities == (isOutOfPlace ? [.closeOutOfPlace: 1] : [:]))
  }

  @Test(
    "a reset or end with a wrong checksum changes nothing", arguments: [[.rst], [.fin, .ack]] as [TCPFlags])
  func damagedClose(flags: TCPFlags) {
    for ahead in [0, 1 << 30] {
      let (messages, oddities) = inject([], flags, ahead: ahead, isDamaged: true)
      #expect(messages == [second])
      #expect(oddities == [:])
    }
  }

  @Test(
    "a SYN or data of another connection do not lose the message under way", arguments: [1 << 30, -(1 << 30)])
  func stranger(ahead: Int) {
    #expect(inject([], [.syn], ahead: ahead).0 == [second])
    #expect(inject([7], [.ack], ahead: ahead).0 == [second])
    #expect(inject(prefixed(third), [.ack], ahead: ahead).0 == [third, second])
  }

  @Test("many strangers do not lose the message under way either")
  func strangers() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let bytes = prefixed(second)
    bench.feed(client.send(Array(bytes[..<100])))
    for i in 1...20 { bench.feed(client.segment([7], i % 2 == 0 ? [.syn] : [.ack], ahead: i * 100_000_000)) }
    bench.feed(client.send(Array(bytes[100...])))
    #expect(bench.messages.map(\.bytes) == [second])
  }

  @Test("two connections between the same ports at the same time are both read")
  func sideBySide() {
    var old = TCPSide(), new = TCPSide(sequence: 2_000_000_000), bench = DecoderBench(opening: &old)
    let bytes = prefixed(second)
    bench.feed(old.send(Array(bytes[..<100])))
    bench.feed(new.send([], [.syn]))
    bench.feed(new.send(Array(bytes[..<50])))
    bench.feed(old.send(Array(bytes[100..<200])))
    bench.feed(new.send(Array(bytes[50...]) + prefixed(first)))
    bench.feed(old.send(Array(bytes[200...])))
    #expect(bench.messages.map(\.bytes) == [second, first, second])
    #expect(bench.oddities == [:])
  }

  @Test("an acknowledgment from the other side shows which of two connections is the real one")
  func acknowledged() {
    var old = TCPSide(), new = TCPSide(sequence: 2_000_000_000), bench = DecoderBench(opening: &old)
    var server = TCPSide(isServer: true)
    bench.feed(new.send([], [.syn]))
    server.acknowledgment = new.sequence
    bench.feed(server.send([], [.syn, .ack]))
    // One stranger more takes the place of the old one.
    bench.feed(old.segment([], [.syn], ahead: 900_000_000))
    bench.feed(new.send(prefixed(second)))
    bench.feed(new.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [second, third])
    #expect(bench.oddities == [:])
  }

  @Test("what a reset carries is no data of the stream")
  func resetData() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    bench.feed(client.send(prefixed(first), [.rst, .ack]))
    #expect(bench.messages == [])
    bench = DecoderBench()
    bench.feed(client.send(prefixed(first), [.rst, .ack]))
    bench.finish()
    #expect(bench.messages == [])
    #expect(bench.oddities == [:])
  }

  @Test(
    "bytes that come again and differ are counted; those with a right checksum are taken, whichever came first"
  )
  func conflict() {
    let bytes = prefixed(second)
    for (isDamagedFirst, isHeld) in [(true, true), (true, false), (false, true), (false, false)] {
      var client = TCPSide(), bench = DecoderBench(opening: &client)
      let good = client.segment(Array(bytes[10..<200]), ahead: 10)
      var bad = good
      bad[bad.count - 100] ^= 1
      if !isHeld { bench.feed(client.segment(Array(bytes[..<10]))) }
      bench.feed(isDamagedFirst ? bad : good)
      bench.feed(isDamagedFirst ? good : bad)
      if isHeld { bench.feed(client.segment(Array(bytes[..<10]))) }
      bench.feed(client.segment(Array(bytes[200...]), ahead: 200))
      #expect(bench.messages.map(\.bytes) == [second])
      #expect(bench.messages.map(\.checksum) == [.right])
      #expect(bench.decoder.counters[oddity: .segmentConflict] == 1)
    }
  }

  @Test("a prefix that is put right completes its message at once")
  func mendedPrefix() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let good = client.segment(prefixed(first))
    var bad = good
    bad[bad.count - first.count - 2] = 9
    bench.feed(bad)
    bench.feed(good)
    #expect(bench.messages.map(\.bytes) == [first])
    #expect(bench.messages.map(\.checksum) == [.right])
  }

  @Test("streams of equal addresses and ports in different VLANs are kept apart")
  func networks() {
    var bench = DecoderBench()
    var clients = [TCPSide(), TCPSide(), TCPSide(sequence: 1_200)]
    let bytes = prefixed(second)
    for part in [0..<0, 0..<100, 100..<bytes.count] {
      for i in clients.indices {
        let frame = clients[i].send(Array(bytes[part]), part.isEmpty ? [.syn] : [.ack])
        bench.feed(Array(frame[..<12]) + [0x81, 0, 0, UInt8(i + 1)] + Array(frame[12...]))
      }
    }
    #expect(bench.messages.map(\.bytes) == [second, second, second])
    #expect(bench.messages.map(\.vlan) == [1, 2, 3])
    #expect(bench.oddities == [:])
  }
}
