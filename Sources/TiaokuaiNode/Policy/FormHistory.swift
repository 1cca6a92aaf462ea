import TiaokuaiModel
import TiaokuaiWork

/// All versions of one form's record, in causal order, and what is wrong with those that are none.
///
/// A version's content is its fields over those of the versions that its author had seen. It is a version if it can be read,
/// does not contradict itself, and may follow the version that governed before it; else its operation is void, and whatever
/// governed goes on. So a form's table only ever grows.
struct FormHistory: Hashable, Sendable {
    struct Version: Hashable, Sendable {
        let id: OperationID
        let table: KindTable
        /// The versions that its author had seen, directly or through others.
        let past: Set<OperationID>
    }

    let name: KindName
    private(set) var versions: [Version] = []
    private(set) var faults: [OperationID: KindFault] = [:]
    /// What a version written now stands on.
    private var said: [FieldNumber: Value] = [:]

    /// - Parameter admitted: operations of the place's government that trust lets count.
    init(_ operations: [OperationID: Operation], admitted: Set<OperationID>, name: KindName) {
        self.name = name
        let order = CausalOrder.sorted(operations.map { ($0.key, $0.value.seen) }.sorted { $0.0 < $1.0 })
        var pasts: [OperationID: Set<OperationID>] = [:]
        for id in order {
            guard let operation = operations[id] else { continue }
            let past = operation.seen.reduce(into: Set<OperationID>()) { past, seen in
                past.formUnion(pasts[seen] ?? [])
                if versions.contains(where: { $0.id == seen }) { past.insert(seen) }
            }
            pasts[id] = past
            guard admitted.contains(id) else { continue }
            var values: [FieldNumber: Value] = [:]
            for earlier in versions where past.contains(earlier.id) { FormHistory.say(operations[earlier.id]?.fields ?? [], &values) }
            FormHistory.say(operation.fields, &values)
            do throws(KindFault) {
                versions.append(Version(id: id, table: try FormHistory.table(name, values, after: governing(among: past)), past: past))
            } catch {
                faults[id] = error
            }
        }
        for version in versions { FormHistory.say(operations[version.id]?.fields ?? [], &said) }
    }

    private static func say(_ fields: [Operation.Field], _ values: inout [FieldNumber: Value]) {
        for field in fields { values[field.number] = field.value }
    }

    private static func table(_ name: KindName, _ values: [FieldNumber: Value], after earlier: Version?) throws(KindFault) -> KindTable {
        guard name.text.contains(".") else { throw KindFault(.formNameWithoutDot, name.text) }
        let table = try FormKind.table(named: name, values)
        if let fault = table.fault { throw fault }
        if let fault = earlier?.table.fault(ofSuccessor: table) { throw fault }
        return table
    }

    /// Why a version that says this now would be none.
    func fault(saying fields: [Operation.Field]) -> KindFault? {
        var values = said
        FormHistory.say(fields, &values)
        do throws(KindFault) {
            _ = try FormHistory.table(name, values, after: governing)
            return nil
        } catch {
            return error
        }
    }

    /// The version in force: of versions that the issuer made side by side none, but the last one parallel to none.
    var governing: Version? { governing(among: Set(versions.map(\.id))) }

    private func governing(among ids: Set<OperationID>) -> Version? {
        let candidates = versions.filter { ids.contains($0.id) }
        return candidates.last { one in candidates.allSatisfy { $0.id == one.id || $0.past.contains(one.id) || one.past.contains($0.id) } }
    }
}
