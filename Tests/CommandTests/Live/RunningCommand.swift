import Foundation
import Glibc
import TestSupport

/// A `dnsaudit` that runs until it is told to end, with its outputs in files.
final class RunningCommand {
  private let folder: TemporaryFolder, process: Process

  /// Starts it and waits until it listens; the test that started it ends it.
  init(_ arguments: [String]) throws {
    let folder = try TemporaryFolder(), process = Process()
    process.executableURL = Environment.command
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: folder.write(Data(), to: "output"))
    process.standardError = try FileHandle(forWritingTo: folder.write(Data(), to: "errors"))
    try process.run()
    self.folder = folder
    self.process = process
    _ = wait { $0.errors.contains("listening on ") }
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// What it wrote so far.
  var output: String { text("output") }
  var errors: String { text("errors") }

  /// The line of /proc/PID/status that begins with a word.
  func status(_ name: String) throws -> String? {
    let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    return text.split(separator: "\n").first { $0.hasPrefix(name) }.map { String($0) }
  }

  /// Waits until something holds, ten seconds at most; whether it does.
  func wait(_ holds: (RunningCommand) -> Bool) -> Bool {
    for _ in 0..<200 {
      if holds(self) { return true }
      usleep(50_000)
    }
    return false
  }

  /// Sends a signal and waits ten seconds for the end; the exit status, that of SIGKILL when it did not come.
  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    if !wait({ !$0.process.isRunning }) { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
  }

  /// The text of one of its files.
  private func text(_ name: String) -> String {
    (try? String(contentsOf: folder.url.appending(path: name), encoding: .utf8)) ?? ""
  }
}

/// A UDP socket on the loopback that sends from one port, as a server does.
struct LoopbackSender: ~Copyable {
  private let descriptor: Int32

  /// A socket bound to a port.
  init(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = LoopbackSender.address(port)
    _ = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  deinit { _ = close(descriptor) }

  /// Sends a datagram to a port.
  func send(_ bytes: [UInt8], to port: UInt16) {
    var address = LoopbackSender.address(port)
    _ = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// 127.0.0.1 with a port.
  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
