/// What a response says, interned: 36 bytes, because there is one for every distinct body.
package struct ResponseBody: Sendable {
  /// Header flags and the full response code.
  package let flags: HeaderFlags, rcode: ResponseCode
  /// The RRsets.
  package let answer: AnswerID
  /// Equal numbers hold the same data: response code and RRsets of the answer section (of a referral: the NS RRset),
  /// whatever their order, TTLs and RRSIGs.
  package let content: UInt32
  /// Equal numbers say the same as far as a judgement goes: letter case, EDNS options and the like do not count.
  package let essence: UInt32
  /// RRSIGs in it.
  package let signatureCount: UInt16
  /// Whether decoding ended early with a fault, and whether the question asks for a transfer of a zone.
  package let isMalformed: Bool, isTransfer: Bool
  private let dnssecOKState: UInt8
  private let questionNumber: UInt32, foldedQuestionNumber: UInt32, ednsNumber: UInt32

  /// The first question as spelled; nil with QDCOUNT 0.
  package var question: UInt32? { questionNumber == .max ? nil : questionNumber }
  /// The first question with its letters folded; nil with QDCOUNT 0.
  package var foldedQuestion: UInt32? { foldedQuestionNumber == .max ? nil : foldedQuestionNumber }
  /// Number of its EDNS fields; nil without EDNS.
  package var edns: UInt32? { ednsNumber == .max ? nil : ednsNumber }
  /// DO of the response; nil without EDNS.
  package var dnssecOK: Bool? { ednsNumber == .max ? nil : dnssecOKState == 1 }

  /// From the parts.
  init(
    flags: HeaderFlags, rcode: ResponseCode, question: (spelled: UInt32, folded: UInt32)?, answer: AnswerID,
    content: UInt32, essence: UInt32, edns: (number: UInt32, dnssecOK: Bool)?, signatureCount: Int,
    isMalformed: Bool, isTransfer: Bool
  ) {
    self.isTransfer = isTransfer
    (self.flags, self.rcode, self.answer, self.content, self.essence) = (
      flags, rcode, answer, content, essence
    )
    (questionNumber, foldedQuestionNumber) = (question?.spelled ?? .max, question?.folded ?? .max)
    (ednsNumber, dnssecOKState) = (edns?.number ?? .max, edns?.dnssecOK ?? false ? 1 : 0)
    (self.signatureCount, self.isMalformed) = (UInt16(clamping: signatureCount), isMalformed)
  }
}

/// Number of a distinct response body: all of a message but its ID.
package struct BodyID: RawRepresentable, Hashable, Sendable {
  /// The number, from 0 in order of arrival.
  package let rawValue: UInt32

  /// From the number.
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}
