/// What is learned of all responses, in one pass: reading them costs more than what most learners look at.
struct Survey {
  /// What is usual, who is who, and who said what of the servers of zones.
  private(set) var habits: Habits, roles: Roles, resolutions: Resolutions, delegations: Delegations
  /// Responses that no query of theirs explains, and second answers to one query: without any of these some rules have
  /// nothing to look for.
  private(set) var hasStrays = false, hasDuplicates = false

  /// Looks at all responses of a case.
  init(_ caseFile: CaseFile) {
    (habits, roles) = (Habits(caseFile), Roles(caseFile))
    (resolutions, delegations) = (Resolutions(caseFile), Delegations(caseFile))
    let records = caseFile.records, bodies = caseFile.facts
    for index in records.indices {
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
