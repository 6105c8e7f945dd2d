import Bytes
import DNSWire

/// What a message carries in elements of a type, a length and data: EDNS options and DSO.
extension JSONLineWriter {
  /// Writes the OPT record, or null.
  /// - Returns: the fault that ended the options early.
  mutating func writeEDNS(_ edns: EDNS?, of view: MessageView) -> ShownFault? {
    guard let edns else {
      nullField("edns")
      return nil
    }
    var fault: ShownFault?
    object("edns") { object in
      object.field("version", edns.version)
      object.field("udp_size", edns.udpSize)
      object.field("do", edns.dnssecOK)
      object.array("options") { fault = $0.writeOptions(edns, of: view) }
    }
    return fault
  }

  /// Writes the options: number and data, and for people name and meaning.
  private mutating func writeOptions(_ edns: EDNS, of view: MessageView) -> ShownFault? {
    var options = edns.makeCursor(in: view.bytes)
    do throws(DecodingError) {
      while let option = try options.next() {
        object { object in
          object.field("code", option.code.rawValue)
          if let name = option.code.name { object.field("name", name) }
          object.field("data") { $0.append(hexOf: option.data(in: view.bytes), uppercase: false) }
          if let meaning = option.text(in: view.bytes) { object.field("text", meaning) }
        }
      }
      return nil
    } catch {
      return ShownFault(.optionOverrun, at: error.offset)
    }
  }

  /// Writes the elements of a DSO message: number and data, and for people name and meaning.
  /// - Returns: the fault that ended them early.
  mutating func writeOperations(of view: MessageView) -> ShownFault? {
    var fault: ShownFault?
    array("dso") { list in
      var operations = view.makeOperationCursor()
      do throws(DecodingError) {
        while let operation = try operations.next() {
          list.object { object in
            object.field("type", operation.type.rawValue)
            if let name = operation.type.name { object.field("name", name) }
            object.field("data") { $0.append(hexOf: operation.data(in: view.bytes), uppercase: false) }
            if let meaning = operation.text(in: view.bytes) { object.field("text", meaning) }
          }
        }
      } catch {
        fault = ShownFault(.operationOverrun, at: error.offset)
      }
    }
    return fault
  }
}
