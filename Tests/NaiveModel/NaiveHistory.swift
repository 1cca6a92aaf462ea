import TiaokuaiModel

/// A record's graph: what has entered it, and what each operation's author had seen.
struct NaiveHistory {
    private(set) var entered: [OperationID: NaiveOperation] = [:]
    /// What lacks something that its author had seen.
    private(set) var waiting: [OperationID: NaiveOperation] = [:]
    /// The causal past of each operation that has entered, itself left out.
    private(set) var past: [OperationID: Set<OperationID>] = [:]

    /// "An operation enters a record's graph when all that it names in `seen` is there; until then it waits."
    init(_ operations: [NaiveOperation]) {
        waiting = Dictionary(operations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var moved = true
        while moved {
            moved = false
            for operation in waiting.values where operation.seen.allSatisfy({ entered[$0] != nil }) {
                entered[operation.id] = operation
                past[operation.id] = operation.seen.reduce(into: operation.seen) { $0.formUnion(past[$1] ?? []) }
                waiting[operation.id] = nil
                moved = true
            }
        }
    }

    var all: Set<OperationID> { Set(entered.keys) }

    func isBefore(_ earlier: OperationID, _ later: OperationID) -> Bool { past[later]?.contains(earlier) ?? false }

    func areParallel(_ one: OperationID, _ other: OperationID) -> Bool {
        one != other && !isBefore(one, other) && !isBefore(other, one)
    }

    func pastAndSelf(_ id: OperationID) -> Set<OperationID> { (past[id] ?? []).union([id]) }

    func unit(_ id: OperationID) -> UnitID? { entered[id]?.unit }

    func word(_ id: OperationID, _ field: FieldNumber) -> NaiveWord? { entered[id]?.words[field] }

    /// Those of the operations that none of them comes after.
    func latest(_ operations: Set<OperationID>) -> Set<OperationID> {
        operations.filter { one in !operations.contains { isBefore(one, $0) } }
    }

    /// "A claim replaces the same unit's own earlier claims on those fields in its causal past, and nothing else."
    func unreplaced(_ claims: Set<OperationID>) -> Set<OperationID> {
        claims.filter { one in !claims.contains { unit($0) == unit(one) && isBefore(one, $0) } }
    }

    /// Claims that stand: neither replaced nor withdrawals.
    func standing(_ claims: Set<OperationID>, _ field: FieldNumber) -> Set<OperationID> {
        unreplaced(claims).filter { word($0, field)?.value != nil }
    }
}

/// What a unit's claims on one field come to.
enum NaiveVoice {
    /// It never spoke, or withdrew.
    case silent
    case says(Value)
    /// Its machines differ and nothing came before: it keeps its rank and has no value.
    case forkedWithoutValue

    var value: Value? { if case .says(let value) = self { value } else { nil } }
    var isSilent: Bool { if case .silent = self { true } else { false } }
}

extension NaiveHistory {
    /// "A unit that forked (two machines, parallel different claims) keeps its rank; its value in use is its last claim
    /// parallel to none of its own, else none." A withdrawal says nothing that could differ: beside a parallel claim it
    /// replaces what it had seen, and the claim stands.
    func voice(of speaker: UnitID, among claims: Set<OperationID>, _ field: FieldNumber, _ equality: NaiveEquality) -> NaiveVoice {
        let own = claims.filter { unit($0) == speaker }
        let heads = standing(own, field)
        if equality.allEqual(heads.compactMap { word($0, field)?.value }) {
            return firstValue(of: heads, field).map(NaiveVoice.says) ?? .silent
        }
        guard let last = lastClear(own), let value = word(last, field)?.value else { return .forkedWithoutValue }
        return .says(value)
    }

    /// A unit's last claim parallel to none of its own.
    func lastClear(_ own: Set<OperationID>) -> OperationID? {
        latest(own.filter { one in !own.contains { areParallel(one, $0) } }).first
    }

    /// Claims that stand, and the earlier ones on which forked units fall back.
    func standingOrInUse(_ claims: Set<OperationID>, _ field: FieldNumber, _ equality: NaiveEquality) -> Set<OperationID> {
        let heads = standing(claims, field)
        let forked = Set(heads.compactMap(unit)).filter { speaker in
            !equality.allEqual(heads.filter { unit($0) == speaker }.compactMap { word($0, field)?.value })
        }
        let fallbacks = forked.compactMap { speaker in lastClear(claims.filter { unit($0) == speaker }) }
        return heads.union(fallbacks.filter { word($0, field)?.value != nil })
    }

    /// Of claims that are equal, one to show: that of the smallest identity.
    func firstValue(of claims: Set<OperationID>, _ field: FieldNumber) -> Value? {
        claims.sorted().lazy.compactMap { word($0, field)?.value }.first
    }
}
