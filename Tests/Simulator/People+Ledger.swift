import LifeChecks
import TestKit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// What people do with the problem ledger, and what else they leave on record.
extension Life {
    func openItem(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.filter { $0.hasPrefix("x") }.randomElement(using: &random) ?? "x1")
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let number = next()
        let key = RecordKey(
            .work(machine.plan.place, nil), LedgerItemKind.table.name,
            [.text(unit.text), 2020, .decimal(ExactDecimal(number)), .bytes([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 24))])
        var fields: [TiaokuaiModel.Operation.Field] = [.init(LedgerItemKind.title, "运输受阻"), .init(LedgerItemKind.state, "open")]
        if random.percent(70) {
            fields += [
                .init(LedgerItemKind.document, .text("方案\(machine.plan.place)")), .init(LedgerItemKind.measure, .text(Life.indicators.randomElement(using: &random) ?? "grain")),
            ]
        }
        if random.percent(30) { fields.append(.init(LedgerItemKind.line, "hrss")) }
        try write(machine, draft(key, unit, fields))
        return "\(machine.name) \(unit) \(number)"
    }

    /// The next event that the item's state lets somebody do, mostly; or any.
    func moveItem(_ random: inout SplitMix64) throws -> String? {
        let kind = random.percent(80) ? LedgerItemKind.table : random.percent(60) ? CellKind.table : EscalationKind.table
        guard let (machine, key) = try heldTopic(kind.name, &random), let workflow = kind.workflow, let spec = kind.fields.first(where: { $0.rule == .workflow }) else { return nil }
        let held = try operations(machine, key)
        let state = try machine.node.ask { view in try view.recordRef(key).flatMap { try view.effective($0)[spec.number]?.text } } ?? ""
        let possible = workflow.events.filter { $0.from.contains(state) }
        let forward = possible.filter { !["return", "reopen", "escalate", "sendBack"].contains($0.name) }
        let pool = random.percent(10) ? workflow.events : random.percent(70) && !forward.isEmpty ? forward : possible
        guard let event = pool.randomElement(using: &random) else { return nil }
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        var fields: [TiaokuaiModel.Operation.Field] = [.init(spec.number, .text(event.name))]
        if event.needsEvidence, random.percent(95) { fields.append(.init(.evidence, "佐证材料")) }
        // It names the last thing that was said of the state, or for a figure the claim.
        let spoken = held.filter { $0.operation.value(of: spec.number) != nil || $0.operation.value(of: CellKind.value) != nil && kind.name == CellKind.table.name }
        let names = event.needsNames && random.percent(95) ? [spoken.randomElement(using: &random), spoken.last].compactMap { $0?.id }.prefix(random.percent(70) ? 2 : 1) : []
        try write(machine, draft(key, unit, fields, names: Array(names.suffix(1))))
        return "\(machine.name) \(unit) \(event.name)"
    }

    /// Department, leader or class of an item.
    func nameHolder(_ random: inout SplitMix64) throws -> String? {
        guard let (machine, key) = try heldTopic(LedgerItemKind.table.name, &random), let place = key.partition.place else { return nil }
        let units = cast.units.filter { $0.place == place }.map(\.id)
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let field: TiaokuaiModel.Operation.Field =
            switch Int.random(in: 0..<10, using: &random) {
            case 0...4: .init(LedgerItemKind.department, .text((random.percent(30) ? unit : units.randomElement(using: &random) ?? unit).text))
            case 5...6: .init(LedgerItemKind.leader, .text("\(cast.government(of: place)):\(random.percent(50) ? "分管领导" : "主要领导")"))
            case 7: .init(LedgerItemKind.department, nil)
            case 8: .init(LedgerItemKind.deadline, .day(Day(number: 18_500 + Int32.random(in: 0...2, using: &random))))
            default: .init(LedgerItemKind.category, random.percent(50) ? "甲类" : "乙类")
            }
        try write(machine, draft(key, unit, [field]))
        return "\(machine.name) \(unit)"
    }

    func changeSet(_ random: inout SplitMix64) throws -> String? {
        guard let (machine, key) = try heldTopic(LedgerItemKind.table.name, &random) else { return nil }
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let adds = try operations(machine, key).filter { if case .some(.some) = $0.operation.value(of: LedgerItemKind.cooperating) { true } else { false } }
        if random.percent(35), let one = adds.randomElement(using: &random) {
            let author = random.percent(70) && machine.plan.units.contains(one.operation.unit) ? one.operation.unit : unit
            try write(machine, draft(key, author, [.init(LedgerItemKind.cooperating, nil)], names: [one.id]))
            return "\(machine.name) \(author) removes"
        }
        try write(machine, draft(key, unit, [.init(LedgerItemKind.cooperating, .text("单位\(Int.random(in: 1...3, using: &random))"))]))
        return "\(machine.name) \(unit) adds"
    }

    func escalate(_ random: inout SplitMix64) throws -> String? {
        guard let (machine, item) = try heldTopic(LedgerItemKind.table.name, &random), machine.plan.place == item.partition.place else { return nil }
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let key = RecordKey(.work(machine.plan.place, nil), EscalationKind.table.name, [.text(unit.text), 2020, .decimal(ExactDecimal(next()))])
        let id = try machine.node.ask { try $0.identity(of: item) }
        try write(
            machine,
            draft(
                key, unit,
                [.init(EscalationKind.item, .bytes(id.hash.bytes)), .init(EscalationKind.route, random.percent(50) ? "line" : "block"), .init(EscalationKind.state, "raise")]))
        return "\(machine.name) \(unit)"
    }

    /// An objection or an acknowledgement, at the unit's own place.
    func object(_ random: inout SplitMix64) throws -> String? {
        let kinds = [TargetKind.table.name, CellKind.table.name, AllocationKind.table.name]
        guard let kind = kinds.randomElement(using: &random), let (machine, about) = try heldTopic(kind, &random) else { return nil }
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let record = try machine.node.ask { try $0.identity(of: about) }
        if random.percent(50), let claim = try operations(machine, about).randomElement(using: &random) {
            let key = RecordKey(
                .work(machine.plan.place, nil), AcknowledgementKind.table.name, [.text(unit.text), .bytes(record.hash.bytes), .bytes(claim.id.hash.bytes)])
            try write(machine, draft(key, unit, [.init(AcknowledgementKind.answer, "accepts")]))
            return "\(machine.name) \(unit) acknowledges"
        }
        let key = RecordKey(.work(machine.plan.place, nil), ObjectionKind.table.name, [.text(unit.text), .bytes(record.hash.bytes), .decimal(ExactDecimal(next()))])
        try write(machine, draft(key, unit, [.init(ObjectionKind.text, "有不同意见")]))
        return "\(machine.name) \(unit) objects"
    }

    /// Named people stay in the store; a personal field in work is refused before anything is acknowledged.
    func nameAPerson(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.randomElement(using: &random) ?? "x1")
        let unit = machine.plan.units[0]
        let field = TiaokuaiModel.Operation.Field(RealNameEntryKind.name, "示例数据")
        if random.percent(50) {
            let key = RecordKey(.local, RealNameEntryKind.table.name, [.text(unit.text), "名册", .decimal(ExactDecimal(next()))])
            _ = try machine.node.write([draft(key, unit, [field])])
            reached.note("R16 named people stay in their store")
            return "\(machine.name) local"
        }
        let key = RecordKey(.work(machine.plan.place, nil), RealNameEntryKind.table.name, [.text(unit.text), "名册", .decimal(ExactDecimal(next()))])
        do {
            _ = try machine.node.write([draft(key, unit, [field])])
            findings.append(Finding(6, machine.name, "acknowledged a personal field in a partition that travels"))
        } catch {
            reached.note("R16 a personal field is refused")
        }
        return "\(machine.name) refused"
    }

    /// From now on the unit's acts need somebody who holds a post of it on that day.
    func fillPost(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.randomElement(using: &random) ?? "x1")
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let key = RecordKey(.policy(machine.plan.place), PostKind.table.name, [.text(unit.text), "经办", "2015-01-01"])
        try write(machine, draft(key, unit, [.init(PostKind.person, "clerk")]))
        let cell = cellKey(cast.counties.first { ledger.wasEverWithin($0, machine.plan.place) } ?? cast.counties[0], "jobs", "2020-08")
        let stranger = Draft(key: cell, unit: unit, person: "stranger", fields: [.init(CellKind.value, number(&random))])
        do {
            _ = try machine.node.write([stranger])
            findings.append(Finding(3, machine.name, "acknowledged what a person without a post said for \(unit)"))
        } catch let error as NodeError where error.code == .personHoldsNoPost {
            reached.note("R11 a person without a post is refused")
        }
        return "\(machine.name) \(unit)"
    }

    func progress(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.filter { $0.hasPrefix("x") }.randomElement(using: &random) ?? "x1")
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let id = [UInt8](repeating: UInt8.random(in: 1...3, using: &random), count: ProgressKind.idByteCount)
        let key = RecordKey(.work(machine.plan.place, nil), ProgressKind.table.name, [.bytes(id)])
        try write(machine, draft(key, unit, [.init(ProgressKind.value, number(&random))]))
        return "\(machine.name) \(unit)"
    }
}
