import Bytes

extension RDataView {
  /// Appends the canonical form (RFC 4034 §6.2): names uncompressed, in lower case where that section asks for
  /// it. Types without names are copied as they are. On an error `out` is as before.
  package func appendCanonical(to out: inout [UInt8]) throws(DecodingError) {
    try appendUncompressed(canonical: true, to: &out)
  }

  /// Appends the RDATA with its names uncompressed and all letters as spelled. On an error `out` is as before.
  package func appendUncompressed(to out: inout [UInt8]) throws(DecodingError) {
    try appendUncompressed(canonical: false, to: &out)
  }

  /// Copies the RDATA, following the compression pointers of its names.
  private func appendUncompressed(canonical: Bool, to out: inout [UInt8]) throws(DecodingError) {
    if RDataView.holdsNoNames(type, recordClass) { return copy(offset..<end, to: &out) }
    guard let layout = NameLayout(type, recordClass) else { return copy(offset..<end, to: &out) }
    let start = out.count
    do throws(DecodingError) {
      let leadEnd = try endOfLead(layout.lead)
      copy(offset..<leadEnd, to: &out)
      let lowercase = canonical && layout.lowercase
      let tail = try passNames(layout, at: leadEnd) { (position) throws(DecodingError) in
        try NameView(message, at: position).appendWire(to: &out, lowercase: lowercase)
      }
      copy(tail..<end, to: &out)
    } catch {
      out.removeSubrange(start...)
      throw error
    }
  }

  /// Checks the RDATA as those who copy it do.
  func pass(_ known: inout KnownNames) throws(DecodingError) {
    guard let layout = NameLayout(type, recordClass) else { return }
    _ = try passNames(layout, at: endOfLead(layout.lead)) { (position) throws(DecodingError) in
      try known.pass(message, at: position)
    }
  }

  /// Whether a type is one of those that most records have and that hold no names, so that its layout need not be
  /// looked up.
  @inline(__always)
  static func holdsNoNames(_ type: RecordType, _ recordClass: RecordClass) -> Bool {
    switch type {
    case .txt, .aaaa, .opt, .ds, .dnskey, .nsec3: true
    case .a: recordClass == .in
    default: false
    }
  }

  /// Hands the offset of each name to `pass`, which answers with the offset behind it; checks that the names lie in the
  /// RDATA and what is behind them.
  /// - Returns: the offset behind the last name.
  @inline(__always)
  private func passNames(
    _ layout: NameLayout, at start: Int, _ pass: (Int) throws(DecodingError) -> Int
  ) throws(DecodingError) -> Int {
    var position = start
    for _ in 0..<nameCount(layout) {
      position = try pass(position)
      guard position <= end else { throw DecodingError(.badRData, at: position) }
    }
    guard layout.tail == .rest || layout.tail == .octets(end - position) else {
      throw DecodingError(.badRData, at: position)
    }
    return position
  }

  /// How many names stand behind the lead; only A6 may have none.
  private func nameCount(_ layout: NameLayout) -> Int {
    if case .a6 = layout.lead, offset < end, message[offset] == 0 { return 0 }
    return layout.names
  }

  /// The offset behind what stands in front of the first name.
  private func endOfLead(_ lead: NameLayout.Lead) throws(DecodingError) -> Int {
    var reader = reader
    switch lead {
    case .octets(let count): try reader.skip(count)
    case .naptr:
      try reader.skip(4)
      for _ in 0..<3 { try reader.skip(Int(try reader.readUInt8())) }
    case .a6:
      let prefixLength = Int(try reader.readUInt8())
      guard prefixLength <= 128 else { throw DecodingError(.badRData, at: offset) }
      try reader.skip((128 - prefixLength + 7) / 8)
    }
    return reader.offset
  }

  /// Copies octets of the message as they are.
  private func copy(_ range: Range<Int>, to out: inout [UInt8]) {
    guard !range.isEmpty else { return }
    out.append(message.extracting(range))
  }
}
