import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiWork

/// What a matrix record said at one of its versions.
struct MatrixVersion: Hashable, Sendable {
    let id: OperationID
    let entry: MatrixEntry
    fileprivate let past: StatementPast

    /// Its author had seen the other, directly or through others. Of versions of one record only.
    func hasSeen(_ other: MatrixVersion) -> Bool { past.holds(other.past.number) }

    fileprivate func isParallel(to other: MatrixVersion) -> Bool { past.isParallel(to: other.past) }
}

/// All versions of one matrix record, in causal order, and what is wrong with those that are none.
///
/// A version's content is its fields over those of the versions that it had seen; what is parallel to it leaves no trace in it.
/// What is not admitted makes no version, and still lies between those before it and those after it. So does what can't be read
/// or contradicts itself: it is void, and whatever governed goes on.
struct MatrixHistory: Hashable, Sendable {
    let versions: [MatrixVersion]
    /// Of each operation that makes no version by its own fault, why.
    let faults: [OperationID: VoidReason]

    init(_ operations: [OperationID: Operation], admitted: Set<OperationID>, key: RecordKey) {
        let pasts = StatementPasts(operations)
        var versions: [MatrixVersion] = []
        var faults: [OperationID: VoidReason] = [:]
        // What had been said up to each statement, itself included if it counts.
        var said: [[FieldNumber: Value]] = []
        var counts: [Bool] = []
        for (id, past) in zip(pasts.order, pasts.pasts) {
            var values = past.seen.count == 1 ? said[past.seen[0]] : [:]
            if past.seen.count > 1 {
                for earlier in 0..<past.number where counts[earlier] && past.holds(earlier) { MatrixHistory.say(operations[pasts.order[earlier]], &values) }
            }
            let before = values
            MatrixHistory.say(operations[id], &values)
            if !admitted.contains(id) {
                said.append(before)
                counts.append(false)
                continue
            }
            let record = EffectiveRecord(key, values)
            let fault = MatrixFault.found(in: record)
            faults[id] = fault
            said.append(fault == nil ? values : before)
            counts.append(fault == nil)
            if fault == nil, let entry = MatrixEntry(record) { versions.append(MatrixVersion(id: id, entry: entry, past: past)) }
        }
        self.init(versions: versions, faults: faults)
    }

    private static func say(_ operation: Operation?, _ values: inout [FieldNumber: Value]) {
        for field in operation?.fields ?? [] { values[field.number] = field.value }
    }

    /// Only the versions that are meant; nil when none is.
    func keeping(_ isMeant: (MatrixVersion) -> Bool) -> MatrixHistory? {
        let kept = versions.filter(isMeant)
        return kept.isEmpty ? nil : MatrixHistory(versions: kept, faults: faults)
    }

    private init(versions: [MatrixVersion], faults: [OperationID: VoidReason]) {
        self.versions = versions
        self.faults = faults
    }

    /// The newest versions that their issuer made side by side; empty where the newest is one.
    var parallel: [MatrixVersion] {
        let heads = versions.filter { one in !versions.contains { $0.hasSeen(one) } }
        return heads.count > 1 ? heads : []
    }

    func version(_ id: OperationID) -> MatrixVersion? { versions.first { $0.id == id } }

    /// The newest version whose day is no later than `day`; with no day, the newest published. Of versions that an issuer
    /// made side by side none governs, but the last one parallel to none.
    func governing(on day: Day?) -> MatrixVersion? {
        let candidates = day.map { day in versions.filter { $0.entry.inForceFrom <= day } } ?? versions
        return candidates.last { one in !candidates.contains { $0.isParallel(to: one) } }
    }

    /// Versions whose author had seen this one, the newest last; none where it is no version.
    func later(than id: OperationID) -> [MatrixVersion] { version(id).map { one in versions.filter { $0.hasSeen(one) } } ?? [] }
}
