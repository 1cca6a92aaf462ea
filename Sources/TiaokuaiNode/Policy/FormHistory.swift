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
        fileprivate let past: StatementPast
    }

    let name: KindName
    private(set) var versions: [Version] = []
    private(set) var faults: [OperationID: KindFault] = [:]
    /// What a version written now stands on.
    private var said: [FieldNumber: Value] = [:]

    /// - Parameter admitted: operations of the place's government that trust lets count.
    init(_ operations: [OperationID: Operation], admitted: Set<OperationID>, name: KindName) {
        self.name = name
        let pasts = StatementPasts(operations)
        // Of each statement, which version stood before it, what had been said up to it, and whether it is a version.
        var stood: [(before: Version?, own: Version?, said: [FieldNumber: Value])] = []
        for (id, past) in zip(pasts.order, pasts.pasts) {
            var (before, values): (Version?, [FieldNumber: Value]) = (nil, [:])
            if past.seen.count == 1, case let parent = stood[past.seen[0]] {
                // Who has seen a version has seen all that it had: it is parallel to none of them.
                (before, values) = (parent.own ?? parent.before, parent.said)
            } else if past.seen.count > 1 {
                let seen = versions.filter { past.holds($0.past.number) }
                before = FormHistory.governing(among: seen)
                for version in seen { FormHistory.say(operations[version.id]?.fields ?? [], &values) }
            }
            stood.append((before, nil, values))
            guard admitted.contains(id) else { continue }
            FormHistory.say(operations[id]?.fields ?? [], &values)
            do throws(KindFault) {
                let version = Version(id: id, table: try FormHistory.table(name, values, after: before), past: past)
                versions.append(version)
                stood[past.number] = (before, version, values)
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
    var governing: Version? { FormHistory.governing(among: versions) }

    private static func governing(among versions: [Version]) -> Version? {
        versions.last { one in !versions.contains { $0.past.isParallel(to: one.past) } }
    }
}
