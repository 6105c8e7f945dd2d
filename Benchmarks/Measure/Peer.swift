import Foundation

/// A program of others that reads captures.
struct Peer {
  /// What it is called in the table, and what it does with a message.
  let name: String, work: String
  /// The command; `{}` stands for the capture, `{count}` for the packets that it reads, `{scripts}` for the folder with the
  /// scripts of those that have to be told what to do, and `{scratch}` for one that it may write to.
  let command: String
  /// Packets that are enough of a slow one; nil for all.
  var packets: Int?

  /// Those that are known. All read classic captures without being told more.
  static let all = [
    Peer(
      name: "dnsjit", work: "header, question, head of each record; pointers in names are not followed",
      command: "dnsjit {scripts}/dnsjit.lua {}"),
    Peer(name: "dnscap", work: "header, then copies the packets", command: "dnscap -N -T -r {} -w -"),
    Peer(name: "dnstop", work: "header and question, counted", command: "dnstop -l 3 {}"),
    Peer(
      name: "dnsscope", work: "header and question, queries matched to answers",
      command: "dnsscope --stats-dir={scratch} {}"),
    Peer(
      name: "PacketQ", work: "question names grouped",
      command: "packetq -s 'select qname, count(*) as n from dns group by qname order by n desc limit 20' {}"),
    Peer(
      name: "tcpdump", work: "a line for each message", command: "tcpdump -n -c {count} -r {}",
      packets: 100_000),
    Peer(
      name: "tshark", work: "full dissection, a few fields printed",
      command:
        "tshark -n -c {count} -Y dns -T fields -e dns.qry.name -e dns.flags.rcode -e dns.rrsig.algorithm -r {}",
      packets: 20_000),
  ]

  /// Where it is installed; nil when it is not on PATH.
  var program: String? {
    let name = String(command.prefix { $0 != " " })
    return (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Its arguments for a capture of so many packets.
  func arguments(_ capture: String, packets: Int, scratch: String) -> [String] {
    var words: [String] = [], isQuoted = false
    for part in command.split(separator: "'", omittingEmptySubsequences: false) {
      words += isQuoted ? [String(part)] : part.split(separator: " ").map(String.init)
      isQuoted.toggle()
    }
    return words.dropFirst().map { word in
      switch word {
      case "{}": capture
      case "{count}": String(packets)
      default: word.replacing("{scripts}", with: Peer.scripts).replacing("{scratch}", with: scratch)
      }
    }
  }

  /// The folder with the scripts.
  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Peers").path()
}
