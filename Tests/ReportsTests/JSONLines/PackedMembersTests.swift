import Testing

@testable import Reports

@Suite("Packed members") struct PackedMembersTests {
  /// A text packed, and made of that again.
  private func roundTrip(_ text: String, word: String) -> (packed: Int, text: String) {
    let octets = Array(text.utf8), word = Array(word.utf8)
    var packed: [UInt8] = []
    PackedMembers().pack(octets.span, word: word.span, to: &packed)
    let unpacked = [UInt8](capacity: octets.count) {
      PackedMembers.unpack(packed.span, word: word.span, to: &$0)
    }
    return (packed.count, String(decoding: unpacked, as: UTF8.self))
  }

  /// A word, and RRsets of which the first has the same.
  private let word = #","security":"secure","ede":null,"reason":"RRSIG of example.org. verifies""#
  private var members: String {
    #","rrsets":[{"section":"answer","name":"www.example.org.","type":"A","ttl":3600,"count":2"# + word
      + #","rrsigs":[{"signer":"example.org.","key_tag":2,"algorithm":"ED25519","#
      + #""inception":"2016-10-19T15:23:01.000000000Z","expiration":"2016-10-21T15:23:01.000000000Z","#
      + #""status":"verified"}]},{"section":"authority","name":"a.b.","type":"NS","ttl":0,"count":1,"#
      + #""security":"bogus","ede":6,"reason":"x","rrsigs":[]}]"#
  }

  @Test("what stands for members in every line, or says the word again, takes a third of its room")
  func size() {
    let (packed, text) = roundTrip(members, word: word)
    #expect(text == members)
    #expect(packed * 2 < members.utf8.count)
  }

  @Test(
    "whatever the text is, what is made of its packed form is the text",
    arguments: [
      "", "{", #"{"section":"answ"#, String(repeating: #","a"#, count: 300), #".000000000Z","status":""#,
    ])
  func anything(text: String) {
    #expect(roundTrip(text, word: "").text == text)
    #expect(roundTrip(text, word: text).text == text)
    #expect(roundTrip(members + text + members, word: word).text == members + text + members)
  }
}
