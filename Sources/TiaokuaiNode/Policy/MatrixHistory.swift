import TiaokuaiModel
import TiaokuaiWork

/// What a matrix record said at one of its versions.
struct MatrixVersion: Hashable, Sendable {
    let id: OperationID
    let entry: MatrixEntry
    /// The versions that its author had seen, directly or through others.
    let past: Set<OperationID>
}

/// All versions of one matrix record, in causal order.
struct MatrixHistory: Hashable, Sendable {
    let versions: [MatrixVersion]

    /// Nil when no admitted operation gives the record a content. A version's content is its fields over those of the
    /// versions that it had seen; what is parallel to it leaves no trace in it. What is not admitted makes no version, and
    /// still lies between those before it and those after it.
    init?(_ operations: [OperationID: Operation], admitted: Set<OperationID>, key: RecordKey) {
        let order = CausalOrder.sorted(operations.map { ($0.key, $0.value.seen) }.sorted { $0.0 < $1.0 })
        var pasts: [OperationID: Set<OperationID>] = [:]
        var versions: [MatrixVersion] = []
        for id in order {
            guard let operation = operations[id] else { continue }
            let past = operation.seen.reduce(into: Set<OperationID>()) { past, seen in
                guard let before = pasts[seen] else { return }
                past.formUnion(before)
                if admitted.contains(seen) { past.insert(seen) }
            }
            pasts[id] = past
            guard admitted.contains(id) else { continue }
            var values: [FieldNumber: Value] = [:]
            for earlier in order where past.contains(earlier) || earlier == id {
                for field in operations[earlier]?.fields ?? [] { values[field.number] = field.value }
            }
            if let entry = MatrixEntry(EffectiveRecord(key, values)) { versions.append(MatrixVersion(id: id, entry: entry, past: past)) }
        }
        guard !versions.isEmpty else { return nil }
        self.versions = versions
    }

    /// Only the versions that are meant; nil when none is.
    func keeping(_ isMeant: (MatrixVersion) -> Bool) -> MatrixHistory? {
        let kept = versions.filter(isMeant)
        return kept.isEmpty ? nil : MatrixHistory(versions: kept)
    }

    private init(versions: [MatrixVersion]) { self.versions = versions }

    /// The newest versions that their issuer made side by side; empty where the newest is one.
    var parallel: [MatrixVersion] {
        let heads = versions.filter { later(than: $0.id).isEmpty }
        return heads.count > 1 ? heads : []
    }

    func version(_ id: OperationID) -> MatrixVersion? { versions.first { $0.id == id } }

    /// The newest version whose day is no later than `day`; with no day, the newest published. Of versions that an issuer
    /// made side by side none governs, but the last one parallel to none.
    func governing(on day: Day?) -> MatrixVersion? {
        let candidates = day.map { day in versions.filter { $0.entry.inForceFrom <= day } } ?? versions
        return candidates.last { one in candidates.allSatisfy { $0.id == one.id || $0.past.contains(one.id) || one.past.contains($0.id) } }
    }

    /// Versions whose author had seen this one, the newest last.
    func later(than id: OperationID) -> [MatrixVersion] { versions.filter { $0.past.contains(id) } }
}
