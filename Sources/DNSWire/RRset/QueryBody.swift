/// What a query asks, interned: 20 bytes, because there is one for every distinct query.
package struct QueryBody: Sendable {
  /// Number of the distinct query: all of the message but its ID.
  package let number: UInt32
  private let questionNumber: UInt32, foldedQuestionNumber: UInt32, ednsNumber: UInt32
  private let dnssecOKState: UInt8
  /// Whether it asks for a transfer of a zone.
  package let isTransfer: Bool
  /// Whether it asks a validating resolver for its word: AD or DO set, and CD clear (RFC 6840 §5.7, RFC 4035 §3.2.2).
  package let wantsAD: Bool

  /// The first question as spelled; nil when there is none or it cannot be read.
  package var question: UInt32? { questionNumber == .max ? nil : questionNumber }
  /// The first question with its letters folded; nil when there is none or it cannot be read.
  package var foldedQuestion: UInt32? { foldedQuestionNumber == .max ? nil : foldedQuestionNumber }
  /// DO: nil when the message cannot be decoded as far as its OPT record, false without EDNS.
  package var dnssecOK: Bool? { dnssecOKState == 2 ? nil : dnssecOKState == 1 }
  /// Number of its EDNS fields, as of a response; nil without EDNS.
  package var edns: UInt32? { ednsNumber == .max ? nil : ednsNumber }

  /// From the parts.
  init(
    number: UInt32, question: (spelled: UInt32, folded: UInt32)?, dnssecOK: Bool?, edns: UInt32?,
    isTransfer: Bool, wantsAD: Bool
  ) {
    (self.number, self.isTransfer, self.wantsAD) = (number, isTransfer, wantsAD)
    (questionNumber, foldedQuestionNumber) = (question?.spelled ?? .max, question?.folded ?? .max)
    (ednsNumber, dnssecOKState) = (edns ?? .max, dnssecOK.map { $0 ? 1 : 0 } ?? 2)
  }
}
