@testable import DNSSEC
import TestSupport
import Testing

/// Words on RRsets with one RRSIG.
@Suite struct SignedWordsTests {
  /// A moment at which only a span of time was compared.
  private func moment(_ time: Int64, _ span: ClosedRange<Int64>) -> Moment {
    var moment = Moment(time)
    moment.narrow(to: span)
    return moment
  }

  /// A word.
  private func word(_ reason: String) -> RRsetJudgement {
    RRsetJudgement(Verdict(.secure, reason), [.verified])
  }

  @Test("a word is found within its span, which the moment takes over, and not outside of it")
  func spans() {
    var words = SignedWords()
    let pair = SignaturePair(rrset: 5, signature: 3), kept = word("first")
    words.keep(kept, of: pair, for: moment(15, 10...20))
    var inside = Moment(20), before = Moment(9), after = Moment(21)
    #expect(words.value(of: pair, at: &inside) === kept && inside.span == 10...20)
    #expect(words.value(of: pair, at: &before) == nil && before.span == Int64.min...Int64.max)
    #expect(words.value(of: pair, at: &after) == nil)
    var unknown = Moment(15)
    #expect(words.value(of: SignaturePair(rrset: 5, signature: 2), at: &unknown) == nil)
    #expect(words.value(of: SignaturePair(rrset: 5, signature: 4), at: &unknown) == nil)
  }

  @Test("an RRSIG has words at other times, and beside other RRsets, and none is taken for another")
  func others() {
    var words = SignedWords()
    let pair = SignaturePair(rrset: 5, signature: 0), other = SignaturePair(rrset: 6, signature: 0)
    let first = word("first"), later = word("later"), beside = word("beside")
    words.keep(first, of: pair, for: moment(15, 10...20))
    words.keep(later, of: pair, for: moment(30, 21...40))
    words.keep(beside, of: other, for: moment(15, 10...20))
    var early = Moment(12), late = Moment(40), same = Moment(12), never = Moment(41)
    #expect(words.value(of: pair, at: &early) === first)
    #expect(words.value(of: pair, at: &late) === later && late.span == 21...40)
    #expect(words.value(of: other, at: &same) === beside)
    #expect(words.value(of: pair, at: &never) == nil)
  }
}
