extension CapturePair {
  /// Every DNS message of the capture, in the order in which it was complete.
  package func messages() throws -> [[UInt8]] {
    var bench = DecoderBench()
    for packet in try ClassicPackets(try bytes()).packets { bench.feed(packet.bytes) }
    bench.finish()
    return bench.messages.map(\.bytes)
  }
}
