import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiWork

/// The forms that the policy held publishes, and why others count for nothing. Derived from the operations of the `form`
/// records alone: not from what this finds wrong with them, so that it has one answer whatever came first.
struct FormBook: Sendable {
    /// Declared kinds and the forms in force.
    let kinds: KindRegistry
    /// Of each operation that publishes no form, why.
    let faults: [OperationID: KindFault]
    private let histories: [RecordKey: FormHistory]

    init(_ reader: StoreReader, policy: PolicyView, declared: KindRegistry) throws {
        var histories: [RecordKey: FormHistory] = [:]
        for ref in try reader.records(kind: FormKind.table.name) {
            let key = try reader.record(ref).key
            // Anywhere else not everybody below would see it.
            guard case .policy(let place) = key.partition, let government = policy.governments[place], let name = FormBook.name(key) else { continue }
            let (operations, admitted) = try PolicyView.statements(reader, ref, of: government)
            histories[key] = FormHistory(operations, admitted: admitted, name: name)
        }
        var faults: [OperationID: KindFault] = [:]
        var kinds = declared
        // The highest places first: nobody redefines what a place above has published.
        let byDepth = histories.map { (key: $0.key, history: $0.value, path: policy.path(of: $0.key)) }
            .sorted { ($0.path.count, $0.key.partition, $0.history.name) < ($1.path.count, $1.key.partition, $1.history.name) }
        for (_, history, path) in byDepth {
            for (id, fault) in history.faults { faults[id] = fault }
            if let code = FormBook.obstacle(history.name, path, kinds) {
                for version in history.versions { faults[version.id] = KindFault(code, history.name.text) }
            } else if let governing = history.governing, let place = path.first {
                kinds.publish(.init(place: place, version: governing.id, table: governing.table))
            }
        }
        self.kinds = kinds
        self.faults = faults
        self.histories = histories
    }

    private static func name(_ key: RecordKey) -> KindName? { key.values.first?.text.flatMap { try? KindName(checking: $0) } }

    /// Why no form of this name counts at the first place of the path.
    private static func obstacle(_ name: KindName, _ path: [RegionID], _ kinds: KindRegistry) -> KindFault.Code? {
        if kinds.declared[name] != nil { return .formNameTaken }
        return kinds.form(of: name, along: Array(path.dropFirst())) == nil ? nil : .formNameTakenAbove
    }

    /// Why the draft, written now, would publish no form; nil also for drafts of other kinds.
    func fault(of draft: Draft, policy: PolicyView) -> KindFault? {
        guard draft.key.kind == FormKind.table.name else { return nil }
        guard let name = FormBook.name(draft.key) else { return KindFault(.formNameMalformed, draft.key.values.first?.description ?? "") }
        if let code = FormBook.obstacle(name, policy.path(of: draft.key), kinds) { return KindFault(code, name.text) }
        return (histories[draft.key] ?? FormHistory([:], admitted: [], name: name)).fault(saying: draft.fields)
    }
}

extension PolicyView {
    /// The path of a record's place by the newest region table; empty for what is local.
    func path(of key: RecordKey) -> [RegionID] { key.partition.place.map { path(of: $0, on: Day(number: .max)) } ?? [] }
}

extension Understanding {
    /// The table that governs a record: a declared kind's, or that of the form in force on its path.
    func table(of key: RecordKey) -> KindTable? {
        forms.kinds.declared[key.kind] ?? forms.kinds.table(of: key.kind, along: policy.path(of: local(key)))
    }

    /// A record of the store alone goes by the forms of the node's own place.
    private func local(_ key: RecordKey) -> RecordKey { key.partition == .local ? RecordKey(.work(home, nil), key.kind, key.values) : key }

    func formFault(_ operation: OperationID) -> VoidReason? { forms.faults[operation].flatMap { VoidReason(rawValue: $0.code.rawValue) } }

    func formFault(of draft: Draft) -> VoidReason? { forms.fault(of: draft, policy: policy).flatMap { VoidReason(rawValue: $0.code.rawValue) } }
}
