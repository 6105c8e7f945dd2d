/// What is learned of all responses, in one pass: reading them costs more than what most learners look at. It asks for no
/// word on them, so that another core can do it while they are judged.
package struct Survey: Sendable {
  /// What was looked at.
  let traffic: Traffic
  /// What is usual, who is who, and who said what of the servers of zones.
  private(set) var habits: Habits, roles: Roles, resolutions: Resolutions, delegations: Delegations
  /// Responses that no query of theirs explains, and second answers to one query: without any of these some rules have
  /// nothing to look for.
  private(set) var hasStrays = false, hasDuplicates = false

  /// Looks at all responses.
  package init(_ traffic: Traffic) {
    self.traffic = traffic
    (habits, roles) = (Habits(traffic), Roles(traffic))
    (resolutions, delegations) = (Resolutions(traffic), Delegations(traffic))
    let records = traffic.records, bodies = traffic.facts
    for index in records.pass() {
      let record = records[index], facts = bodies[Int(record.body)]
      habits.see(record, facts)
      roles.see(record, facts)
      resolutions.see(index, record, facts)
      delegations.see(index, record)
      switch record.transaction {
      case .mismatched, .unsolicited, .unknown: hasStrays = true
      case .duplicate: hasDuplicates = true
      case .answered, .conflicting, .late: continue
      }
    }
    habits.finish()
    resolutions.finish()
    delegations.finish()
  }
}
