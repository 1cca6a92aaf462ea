import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

extension Office {
    /// What opens a value: the value, the place at which it stands, the keys of this node. Gives the value, or the code of why it does not open.
    public typealias Opening = (SealedValue, SealedPlace, SealingKeyring) throws -> Result<Value, SealedFault>

    /// Opens what a record holds for this node; values for other nodes are named beside it. It is done on demand only, and nothing of it is
    /// kept: neither lists nor screens nor logs ever show what was sealed.
    ///
    /// Throws `nothingSealed`, `sealedToOthers` where none is for this node, and what opening a key throws (`keyFileSealed`).
    public func open(_ reference: String, field: String? = nil, by opening: Opening) throws -> SealedView {
        let (record, found) = try node.ask { view in try view.sealedValues(reference, field: field) }
        guard !found.isEmpty else { throw OfficeError(.nothingSealed, ["reference": reference, "field": field ?? ""].filter { !$0.value.isEmpty }) }
        guard found.contains(where: \.isForThisNode) else {
            let names = Set(found.map { $0.receiverName ?? String($0.sealed.receiver.hash.hex.prefix(12)) })
            throw OfficeError(.sealedToOthers, ["nodes": names.sorted().joined(separator: "\n")])
        }
        // A passphrase may have to be asked for: nobody waits for the store meanwhile.
        return SealedView(record: record, rows: try found.map { try $0.row(opening, node.keys.sealingKeys) })
    }
}

/// Why a sealed value did not open, by a stable name.
public struct SealedFault: Error, Hashable, Sendable {
    public let code: String
    public init(_ code: String) { self.code = code }
}

/// A sealed value before it is opened, with all that is said beside it.
private struct FoundSealed {
    let operation: Operation
    let id: OperationID
    let sealed: SealedValue
    let spec: FieldSpec
    let unit: UnitFact
    let verdict: VerdictFact
    let measure: String?
    let receiverName: String?
    let isForThisNode: Bool

    func row(_ opening: Office.Opening, _ keys: SealingKeyring) throws -> SealedRow {
        var value: Value?
        var fault: String?
        if isForThisNode {
            switch try opening(sealed, SealedPlace(operation, spec.number), keys) {
            case .success(let opened):
                value = opened
                fault = spec.type.admits(opened) ? nil : VoidReason.wrongType.rawValue
            case .failure(let why): fault = why.code
            }
        }
        return SealedRow(
            operation: id.hash.hex, unit: unit, person: operation.person.text, written: operation.written.timestamp, field: spec.name, title: spec.title,
            verdict: verdict, receiver: sealed.receiver.hash.hex, receiverName: receiverName, isForThisNode: isForThisNode, value: value?.description,
            measure: measure, fault: fault)
    }
}

extension NodeView {
    fileprivate func sealedValues(_ reference: String, field: String?) throws -> (RecordFact, [FoundSealed]) {
        let row = try theRecord(reference)
        let facts = FactMaker(self)
        let only = try field.map { try ValueReader(self, row.key).spec($0).number }
        let held = try operations(of: row.ref)
        let judged = judged(held, of: row.key)
        guard let table = table(of: row.key) else { throw NodeError(.unknownKind, ["kind": row.key.kind.text]) }
        let settlement = settle(judged, record: row.id, table: table, governance: try governing(row.key, judged))
        let found = judged.flatMap { one in
            one.operation.sealedValues.compactMap { place, sealed -> FoundSealed? in
                guard let spec = table.field(place.field), only == nil || only == spec.number else { return nil }
                return FoundSealed(
                    operation: one.operation, id: one.id, sealed: sealed, spec: spec, unit: facts.unit(one.operation.unit),
                    verdict: facts.verdict(settlement.verdicts[one.id]?[spec.number] ?? .stands), measure: facts.measure(of: spec, row.key),
                    receiverName: trust?.credentials(of: sealed.receiver).first?.content.name, isForThisNode: sealed.receiver == settings.node)
            }
        }
        return (try facts.record(row), found)
    }
}
