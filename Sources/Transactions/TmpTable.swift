import Bytes
import Packets

package struct Observation: Sendable {
  package var recordIndex: Int, frame: Int, time: Timestamp, flow: Flow, id: UInt16, isResponse: Bool, tc: Bool
  package var questionID: UInt32, foldedQuestionID: UInt32, contentID: UInt32, bodyHash: UInt64, ipID: UInt32?
  package var ipTTL: UInt8, dnssecOK: Bool?
  package init(recordIndex: Int, frame: Int, time: Timestamp, flow: Flow, id: UInt16, isResponse: Bool, tc: Bool,
    questionID: UInt32, foldedQuestionID: UInt32, contentID: UInt32, bodyHash: UInt64, ipID: UInt32?,
    ipTTL: UInt8, dnssecOK: Bool?) {
    self.recordIndex = recordIndex; self.frame = frame; self.time = time; self.flow = flow; self.id = id
    self.isResponse = isResponse; self.tc = tc; self.questionID = questionID; self.foldedQuestionID = foldedQuestionID
    self.contentID = contentID; self.bodyHash = bodyHash; self.ipID = ipID; self.ipTTL = ipTTL; self.dnssecOK = dnssecOK
  }
}
package struct MatchOutcome: Sendable {
  package var recordIndex: Int, status: TransactionStatus, queryFrame: Int?, rttMicroseconds: Int64?, queryDO: Bool?
  package var isMirrorCopy: Bool, conflictGroup: Int?
}
package struct TransactionTable: Sendable {
  struct Key: Hashable { let flow: Flow; let id: UInt16; let q: UInt32 }
  var open: [Key: (frame: Int, time: Timestamp, dok: Bool?)] = [:]
  package init() {}
  package mutating func receive(_ o: Observation, _ resolve: (MatchOutcome) -> Void) {
    if !o.isResponse {
      open[Key(flow: o.flow.reversed, id: o.id, q: o.foldedQuestionID)] = (o.frame, o.time, o.dnssecOK)
      return
    }
    if let q = open.removeValue(forKey: Key(flow: o.flow, id: o.id, q: o.foldedQuestionID)) {
      resolve(MatchOutcome(recordIndex: o.recordIndex, status: .answered, queryFrame: q.frame, rttMicroseconds: (o.time.nanoseconds - q.time.nanoseconds) / 1000, queryDO: q.dok, isMirrorCopy: false, conflictGroup: nil))
    } else {
      resolve(MatchOutcome(recordIndex: o.recordIndex, status: .unknown, queryFrame: nil, rttMicroseconds: nil, queryDO: nil, isMirrorCopy: false, conflictGroup: nil))
    }
  }
  package mutating func finish(_ resolve: (MatchOutcome) -> Void) {}
}
