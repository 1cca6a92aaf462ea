import TiaokuaiModel

/// All that an evaluator gets to see: one field of one record.
struct FieldInput {
    /// One operation's word on the field, not void from trust or from the operation alone.
    struct Entry: Hashable {
        /// Position in the graph.
        let at: Int
        let unit: UnitID
        /// Nil withdraws.
        let value: Value?
    }

    let record: RecordID
    let graph: RecordGraph
    let table: KindTable
    let spec: FieldSpec
    let versions: GoverningVersions
    let equality: ContentEquality
    /// Ascending by position.
    var entries: [Entry]

    var governance: Governance { versions.governing }

    init(record: RecordID, graph: RecordGraph, table: KindTable, spec: FieldSpec, versions: GoverningVersions, entries: [Entry]) {
        self.record = record
        self.graph = graph
        self.table = table
        self.spec = spec
        self.versions = versions
        equality = ContentEquality(spec)
        self.entries = entries
    }

    func operation(at position: Int) -> Operation { graph.operations[position].operation }

    /// Acts are weighed by the version that they cite or were raised to, else by the one that governs the record.
    func governance(forActAt position: Int) -> Governance {
        let version = versions.raised[graph.id(at: position)] ?? operation(at: position).under
        return version.flatMap { versions.cited[$0] } ?? versions.governing
    }

    /// The flag of an act that cites a superseded version; it stands all the same.
    func flag(forActAt position: Int) -> Flag? {
        guard let under = operation(at: position).under, versions.superseded.contains(under) else { return nil }
        return .supersededVersion(under)
    }

    func ids(_ positions: some Sequence<Int>) -> [OperationID] { positions.map { graph.id(at: $0) }.sorted() }
}

/// What an evaluator hands back.
struct FieldResult {
    var outcome = FieldOutcome(blank: .noClaim)
    /// By graph position; every entry of the input has one.
    var verdicts: [Int: Verdict] = [:]
    var flags: [Int: [Flag]] = [:]

    mutating func flag(_ position: Int, _ flag: Flag?) {
        guard let flag, flags[position]?.contains(flag) != true else { return }
        flags[position, default: []].append(flag)
    }
}
