import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiWork

/// What the responsibility matrix is taken to be instead of what is held. Nothing is written.
public enum MatrixSupposition: Sendable {
    /// Only what is in force from this day or an earlier one had been published.
    case inForce(by: Day)
    /// Of this version's record only it and what its author had seen had been published.
    case upTo(OperationID)
    /// These drafts were published too; those of other kinds change nothing.
    case published([Draft])
}

/// One matrix entry as it governs at a tier.
public struct MatrixRow: Hashable, Sendable {
    public let version: OperationID
    public let entry: MatrixEntry
    /// Its newest versions, where the issuer made several side by side: none of them governs.
    public let parallel: [OperationID]
}

extension NodeView {
    /// The matrix of one tier: of each entry the version that governs on `day`; with no day the newest published.
    public func matrix(at place: RegionID, on day: Day?) -> [MatrixRow] {
        (understanding.policy.matrix[place] ?? []).compactMap { history in
            history.governing(on: day).map { MatrixRow(version: $0.id, entry: $0.entry, parallel: history.parallel.map(\.id)) }
        }
    }

    /// Versions of the matrix whose identity begins with these digits.
    public func matrixVersions(withPrefix digits: String) -> [OperationID] {
        understanding.policy.matrix.values.joined().flatMap(\.versions).map(\.id).filter { $0.hash.hex.hasPrefix(digits) }.sorted()
    }

    /// The same view with another matrix: who governs a record is asked of it as of any other.
    public func supposing(_ supposition: MatrixSupposition) throws -> NodeView {
        var policy = understanding.policy
        switch supposition {
        case .inForce(let day):
            policy.matrix = policy.matrix.mapValues { $0.compactMap { history in history.keeping { $0.entry.inForceFrom <= day } } }
        case .upTo(let id):
            policy.matrix = policy.matrix.mapValues {
                $0.compactMap { history in
                    guard let version = history.version(id) else { return history }
                    return history.keeping { $0.id == id || version.hasSeen($0) }
                }
            }
        case .published(let drafts): try publish(drafts, into: &policy)
        }
        return NodeView(self, understanding.with(policy))
    }

    private func publish(_ drafts: [Draft], into policy: inout PolicyView) throws {
        for (index, draft) in drafts.filter({ $0.key.kind == MatrixKind.table.name }).enumerated() {
            guard let place = draft.key.partition.place, let government = policy.governments[place], draft.unit == government else { continue }
            var (operations, admitted) = try recordRef(draft.key).map { try PolicyView.statements(reader, $0, of: government) } ?? ([:], [])
            let heads = CausalOrder.heads(operations.map { ($0.key, $0.value.seen) })
            let (id, operation) = try imagined(draft, seen: heads, number: UInt64(index + 1))
            operations[id] = operation
            admitted.insert(id)
            let history = MatrixHistory(operations, admitted: admitted, key: draft.key)
            policy.matrix[place, default: []].removeAll { $0.versions.contains { admitted.contains($0.id) } }
            if !history.versions.isEmpty { policy.matrix[place, default: []].append(history) }
        }
    }

    /// A draft as the operation that it would be; `number` counts from the node's newest.
    func imagined(_ draft: Draft, seen: [OperationID], number: UInt64) throws -> (id: OperationID, operation: Operation) {
        let record = try identity(of: draft.key)
        let operation = Operation(
            record: record, unit: draft.unit, person: draft.person, written: draft.written ?? node.surroundings.now(),
            origin: Origin(epoch: settings.epoch, number: try reader.counter(Node.originKey) + number),
            under: try draft.under ?? weighing.citation(for: draft, table: table(of: draft.key), held: try reader.recordRef(record)), seen: seen,
            names: draft.names, fields: draft.fields)
        return (OperationID(sha256(operation.explicitForm)), operation)
    }
}
