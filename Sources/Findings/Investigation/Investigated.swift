/// What an investigation of a part of a run found.
package struct Investigated: Sendable {
  /// The incidents with their findings, and the findings that belong to none.
  let incidents: [(incident: Incident, findings: [Finding])], findings: [Finding]
  /// How hard hosts make it to guess which answers they would take.
  let entropy: [ResolverEntropy]

  /// Investigates a case.
  package init(_ caseFile: CaseFile) {
    let investigation = Investigation(caseFile)
    entropy = investigation.entropy
    (incidents, findings) = IncidentBuilder(investigation).build(investigation.charges())
  }
}
