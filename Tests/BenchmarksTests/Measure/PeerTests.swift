import Testing

@testable import Benchmarks

@Suite("Peers") struct PeerTests {
  @Test("a command is split into words, and what stands in quotes is one of them")
  func words() {
    let peer = Peer(name: "a", work: "b", command: "a -s 'select x from y' -c {count} --to={scratch} {}")
    #expect(
      peer.arguments("my file.pcap", packets: 7, scratch: "/tmp/s")
        == ["-s", "select x from y", "-c", "7", "--to=/tmp/s", "my file.pcap"])
  }

  @Test("every peer reads the capture, and only those that are on PATH have a program")
  func all() {
    for peer in Peer.all {
      #expect(peer.arguments("x.pcap", packets: 1, scratch: "s").contains("x.pcap"), "\(peer.name)")
      #expect(peer.program?.hasPrefix("/") ?? true)
    }
    #expect(Peer(name: "", work: "", command: "no-such-program-anywhere {}").program == nil)
  }
}
