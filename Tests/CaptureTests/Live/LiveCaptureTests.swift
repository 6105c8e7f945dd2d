import Bytes
import Capture
import Foundation
import Packets
import TestSupport
import Testing

@Suite("Live capture", .serialized)
struct LiveCaptureTests {
  /// Sends a datagram to a port of the loopback interface.
  func send(_ data: [UInt8], to port: UInt16) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let sent = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe sendto(socket, data, data.count, 0, $0, size)
      }
    }
    #expect(sent == data.count)
  }

  @Test("packets on an interface are lent with number, time and bytes", .requiresRoot("live capture"))
  func packets() throws {
    let port: UInt16 = 53_999
    var capture = try LiveCapture(interface: "lo", ports: [port])
    #expect(capture.linkType == .ethernet)
    let before = Int64(Date().timeIntervalSince1970) - 2
    for i in 1...20 as ClosedRange<UInt16> { send(queryMessage(i), to: port) }
    var bench = PacketDecoder(ports: [port])
    var found: [DecodedMessage] = [], timeouts = 0
    // A hundred silences are ten seconds.
    reading: while found.count < 20, timeouts < 100 {
      switch try capture.next() {
      case .frame(let frame): bench.decode(frame) { found.append(DecodedMessage($0)) }
      case .timeout: timeouts += 1
      case .ended: break reading
      }
    }
    #expect(found.map(\.bytes) == (1...20).map { queryMessage($0) })
    #expect(found.map(\.frame) == found.map(\.frame).sorted())
    #expect(found.allSatisfy { $0.time.seconds >= before && $0.time.seconds < before + 60 })
    let counts = capture.statistics()
    let statistics = try #require(counts)
    #expect(statistics.received >= 20)
    #expect(statistics.dropped == 0)
  }

  @Test(
    "a silent interface says so ten times a second, and ends soon after it is stopped",
    .requiresRoot("live capture"))
  func stop() throws {
    var capture = try LiveCapture(interface: "lo", ports: [53_998])
    let start = ContinuousClock.now
    guard case .timeout = try capture.next() else {
      Issue.record("a silent interface gave something else than a timeout")
      return
    }
    #expect(ContinuousClock.now - start < .seconds(5))
    let stopper = capture.stopper
    let thread = Thread { stopper.stop() }
    thread.start()
    var isEnded = false, timeouts = 0
    while !isEnded, timeouts < 50 {
      if case .ended = try capture.next() { isEnded = true } else { timeouts += 1 }
    }
    #expect(isEnded)
  }

  @Test("packets from before the stop are still read", .requiresRoot("live capture"))
  func drain() throws {
    let port: UInt16 = 53_997
    var capture = try LiveCapture(interface: "lo", ports: [port])
    for i in 1...5 as ClosedRange<UInt16> { send(queryMessage(i), to: port) }
    capture.stopper.stop()
    var frames = 0
    reading: while true {
      switch try capture.next() {
      case .frame: frames += 1
      case .timeout: continue
      case .ended: break reading
      }
    }
    // The loopback shows each packet once to a capture on it.
    #expect(frames == 5)
  }

  @Test("an interface that is not there is refused as such", .requiresRoot("live capture"))
  func noSuchInterface() throws {
    let error = try #require(throws: CaptureError.self) { _ = try LiveCapture(interface: "nosuch0").packets }
    guard case .noSuchInterface(name: "nosuch0", _) = error else {
      Issue.record("unexpected: \(error)")
      return
    }
  }

  @Test("without privileges the capture is refused as not permitted")
  func notPermitted() async {
    await #expect(processExitsWith: .success) {
      try Privileges.drop()
      let error = try #require(throws: CaptureError.self) { _ = try LiveCapture(interface: "lo").packets }
      guard case .captureNotPermitted(name: "lo", _) = error else { exit(1) }
    }
  }

  @Test("privileges are given up for good, and a running capture goes on", .requiresRoot("live capture"))
  func privileges() async {
    await #expect(processExitsWith: .success) {
      var capture = try LiveCapture(interface: "lo", ports: [53_996])
      try Privileges.drop()
      #expect((getuid(), geteuid(), getgid()) == (65_534, 65_534, 65_534))
      #expect(setuid(0) == -1)
      guard case .timeout = try capture.next() else { exit(1) }
    }
  }

  @Test("the interfaces are listed, the loopback among them", .requiresRoot("the list of interfaces"))
  func interfaces() throws {
    let loopback = try #require(try NetworkInterface.all().first { $0.name == "lo" })
    #expect(loopback.isLoopback)
    #expect(loopback.isUp)
  }
}
