import LifeChecks
import TestKit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// What people at the machines say.
extension Life {
    static let indicators = ["grain", "jobs", "sample", "wage"]
    static let periods = ["2020-05", "2020-08", "2020-10"]

    /// Writes, and notes what was acknowledged.
    @discardableResult
    func write(_ machine: Machine, _ draft: Draft) throws -> OperationID { try write(machine, [draft])[0] }

    /// Several at once, of different records.
    @discardableResult
    func write(_ machine: Machine, _ drafts: [Draft]) throws -> [OperationID] {
        let known = try machine.node.ask { view in
            try drafts.map { draft in try view.recordRef(draft.key).map { Set(try view.operations(of: $0).map(\.id)) } ?? [] }
        }
        let written = try machine.node.write(drafts)
        for (index, draft) in drafts.enumerated() {
            note(
                Deed(
                    id: written[index].id, key: draft.key, unit: draft.unit, person: draft.person, fields: Life.fields(draft.fields), names: Set(draft.names),
                    machine: machine.name, step: stepNumber, known: known[index]), machine)
            let isKnownTopic = topics[draft.key.kind]?.contains(draft.key) ?? false
            if !isKnownTopic { topics[draft.key.kind, default: []].append(draft.key) }
        }
        return written.map(\.id)
    }

    func operations(_ machine: Machine, _ key: RecordKey) throws -> [HeldOperation] {
        try machine.node.ask { view in try view.recordRef(key).map { try view.operations(of: $0) } ?? [] }
    }

    func draft(_ key: RecordKey, _ unit: UnitID, _ fields: [TiaokuaiModel.Operation.Field], names: [OperationID] = []) -> Draft {
        Draft(key: key, unit: unit, person: "clerk", fields: fields, names: names)
    }

    // MARK: Beginnings

    func publishBeginnings(_ random: inout SplitMix64) throws {
        let province = machine("p")
        let government = cast.government(of: Cast.province)
        var drafts: [Draft] = []
        for unit in cast.units {
            var fields: [TiaokuaiModel.Operation.Field] = [.init(UnitKind.name, .text(unit.id.text)), .init(UnitKind.isGovernment, .boolean(unit.isGovernment))]
            if let line = unit.line { fields.append(.init(UnitKind.line, .text(line.text))) }
            if unit.isVertical { fields.append(.init(UnitKind.management, "vertical")) }
            drafts.append(draft(RecordKey(.policy(unit.place), UnitKind.table.name, [.text(unit.id.text)]), government, fields))
        }
        let lines = ["grain": "ndrc", "jobs": "hrss", "sample": "hrss", "wage": "hrss"]
        for id in Life.indicators {
            var fields: [TiaokuaiModel.Operation.Field] = [
                .init(IndicatorKind.title, .text(id)), .init(IndicatorKind.measure, "天"), .init(IndicatorKind.line, .text(lines[id] ?? "ndrc")),
            ]
            if id == "sample" { fields.append(.init(IndicatorKind.isStatistical, true)) }
            if id == "wage" { fields.append(.init(IndicatorKind.confidentialTo, "hrss")) }
            drafts.append(draft(RecordKey(.policy(Cast.province), IndicatorKind.table.name, [.text(id)]), government, fields))
        }
        try write(province, drafts)
        for name in names where random.percent(70) { try publishMatrix(machine(name), &random) }
    }

    func matrixKey(_ place: RegionID, _ indicator: String) -> RecordKey {
        RecordKey(.policy(place), MatrixKind.table.name, [.text("方案\(place)"), .text(indicator)])
    }

    private func publishMatrix(_ machine: Machine, _ random: inout SplitMix64) throws {
        guard machine.plan.lines == nil else { return }
        let chosen = Life.indicators.filter { _ in random.percent(60) }
        if !chosen.isEmpty { try write(machine, chosen.map { matrix(of: machine, $0, &random) }) }
    }

    func matrix(of machine: Machine, _ indicator: String, _ random: inout SplitMix64) -> Draft {
        let place = machine.plan.place
        let units = cast.units.filter { $0.place == place && !$0.isGovernment && !$0.isVertical }.map(\.id)
        let modes: [ResponsibilityMode?] = [nil, .lineFirst, .blockFirst, .unspecified]
        let lead = units.randomElement(using: &random) ?? cast.government(of: place)
        let others = units.filter { $0 != lead && random.percent(40) }
        let mode = modes.randomElement(using: &random) ?? nil
        let days = [Day(year: 2020, month: 1, day: 1), Day(year: 2020, month: 8, day: 15)]
        let day = (days.randomElement(using: &random) ?? nil) ?? Day(number: 0)
        return draft(
            matrixKey(place, indicator), cast.government(of: place),
            [
                .init(MatrixKind.mode, mode.map { .text($0.rawValue) }), .init(MatrixKind.leads, [.text(lead.text)]),
                .init(MatrixKind.cooperating, .list(others.map { .text($0.text) })), .init(MatrixKind.indicators, [.text(indicator)]),
                .init(MatrixKind.inForceFrom, .day(day)),
            ])
    }

    func changeMatrix(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.filter { self.machine($0).plan.lines == nil }.randomElement(using: &random) ?? "p")
        let indicator = Life.indicators.randomElement(using: &random) ?? "grain"
        try write(machine, matrix(of: machine, indicator, &random))
        return "\(machine.name) \(indicator)"
    }

    // MARK: Figures

    func cellKey(_ place: RegionID, _ indicator: String, _ period: String) -> RecordKey {
        RecordKey(.work(place, indicator == "wage" ? "hrss" : nil), CellKind.table.name, [.text(indicator), .text(period)])
    }

    func anyCell(_ random: inout SplitMix64) -> RecordKey {
        // Few cells, so that people meet in them.
        let place = cast.counties[Int.random(in: 0..<min(3, cast.counties.count), using: &random)]
        return cellKey(place, Life.indicators.randomElement(using: &random) ?? "grain", Life.periods.randomElement(using: &random) ?? "2020-08")
    }

    func number(_ random: inout SplitMix64) -> Value { .decimal(ExactDecimal(Int64.random(in: 1...4, using: &random))) }

    /// A monthly sheet: some figures of one place at once.
    func report(_ random: inout SplitMix64) throws -> String? {
        let key = anyCell(&random)
        guard let place = key.partition.place, let machine = machines.values.first(where: { $0.plan.place == place && $0.plan.lines == nil }) else { return nil }
        let unit = machine.plan.units.randomElement(using: &random) ?? cast.government(of: place)
        let sheet = Set([key] + (0..<Int.random(in: 1...3, using: &random)).map { _ in anyCell(at: place, &random) })
        let drafts = sheet.sorted { "\($0)" < "\($1)" }.map { key -> Draft in
            var fields: [TiaokuaiModel.Operation.Field] = [.init(CellKind.value, number(&random))]
            if random.percent(15) { fields.append(.init(.newFact, "新情况")) }
            if random.percent(10) { fields.append(.init(CellKind.remark, .text("说明\(Int.random(in: 1...2, using: &random))"))) }
            return draft(key, unit, fields)
        }
        try write(machine, drafts)
        return "\(machine.name) \(unit) \(drafts.count)"
    }

    /// A superior's unit has its own figures.
    func determine(_ random: inout SplitMix64) throws -> String? {
        let key = anyCell(&random)
        guard let place = key.partition.place else { return nil }
        let above = names.filter { self.machine($0).plan.place != place && ledger.wasEverWithin(place, self.machine($0).plan.place) }
        guard let name = above.randomElement(using: &random) else { return nil }
        let machine = machine(name)
        let unit = machine.plan.units.randomElement(using: &random) ?? cast.government(of: machine.plan.place)
        let cells = Set([key, anyCell(at: place, &random)]).sorted { "\($0)" < "\($1)" }
        try write(machine, cells.map { draft($0, unit, [.init(CellKind.value, number(&random))]) })
        return "\(machine.name) \(unit) \(key.values[0])/\(key.values[1])"
    }

    /// A unit takes back what it said.
    func withdraw(_ random: inout SplitMix64) throws -> String? {
        guard let (machine, key) = try heldTopic(CellKind.table.name, &random) else { return nil }
        let said = try operations(machine, key).filter { machine.plan.units.contains($0.operation.unit) && $0.operation.value(of: CellKind.value) != nil }
        guard let one = said.randomElement(using: &random) else { return nil }
        try write(machine, draft(key, one.operation.unit, [.init(CellKind.value, nil)]))
        return "\(machine.name) \(one.operation.unit)"
    }

    /// A government decides between claims, or takes a decision back.
    func decide(_ random: inout SplitMix64) throws -> String? {
        let kind = random.percent(75) ? CellKind.table.name : LedgerItemKind.table.name
        guard let (machine, key) = try heldTopic(kind, &random), machine.plan.lines == nil else { return nil }
        let field = kind == CellKind.table.name ? CellKind.value : random.percent(50) ? LedgerItemKind.category : LedgerItemKind.department
        let said = try operations(machine, key).filter { $0.operation.value(of: field) != nil }
        guard !said.isEmpty else { return nil }
        let government = cast.government(of: machine.plan.place)
        let unit = random.percent(90) ? government : machine.plan.units.randomElement(using: &random) ?? government
        let isEnding = random.percent(15)
        let names = said.map(\.id).filter { _ in random.percent(70) }
        let value: Value? =
            isEnding ? nil : kind == CellKind.table.name ? number(&random) : said.compactMap { $0.operation.value(of: field) ?? nil }.randomElement(using: &random) ?? "甲"
        var fields: [TiaokuaiModel.Operation.Field] = [.init(field, value)]
        if random.percent(92) { fields.append(.init(.ground, "会商纪要1号")) }
        try write(machine, draft(key, unit, fields, names: names.isEmpty ? [said[0].id] : names))
        return "\(machine.name) \(unit)"
    }

    /// Something of a kind that some machine holds.
    func heldTopic(_ kind: KindName, _ random: inout SplitMix64) throws -> (Machine, RecordKey)? {
        guard let key = topics[kind]?.randomElement(using: &random) else { return nil }
        var holders: [Machine] = []
        for name in names where try !operations(machine(name), key).isEmpty { holders.append(machine(name)) }
        return holders.randomElement(using: &random).map { ($0, key) }
    }

    // MARK: Bounds, standards, allocations

    func setTarget(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.filter { self.machine($0).plan.lines == nil }.randomElement(using: &random) ?? "p")
        let key = RecordKey(
            .policy(machine.plan.place), TargetKind.table.name,
            [.text(Life.indicators.randomElement(using: &random) ?? "grain"), .text(Life.periods.randomElement(using: &random) ?? "2020-08"), ""])
        var fields: [TiaokuaiModel.Operation.Field] = []
        switch Int.random(in: 0..<3, using: &random) {
        case 0: fields.append(.init(TargetKind.floor, number(&random)))
        case 1: fields.append(.init(TargetKind.ceiling, number(&random)))
        default: fields.append(.init(TargetKind.deadline, .day(Day(number: 18_400 + Int32.random(in: 0...3, using: &random)))))
        }
        if random.percent(25) { fields.append(.init(TargetKind.firmness, "aspirational")) }
        let unit = random.percent(90) ? cast.government(of: machine.plan.place) : machine.plan.units.randomElement(using: &random) ?? cast.government(of: machine.plan.place)
        try write(machine, draft(key, unit, fields))
        return "\(machine.name) \(unit) \(key.values[0])/\(key.values[1])"
    }

    func setStandard(_ random: inout SplitMix64) throws -> String? {
        let machine = machine(names.randomElement(using: &random) ?? "p")
        let unit = machine.plan.units.randomElement(using: &random) ?? cast.government(of: machine.plan.place)
        let key = RecordKey(.policy(machine.plan.place), StandardKind.table.name, [.text(unit.text), "subsidy", "2020"])
        try write(machine, draft(key, unit, [.init(StandardKind.value, number(&random))]))
        return "\(machine.name) \(unit)"
    }

    func allocate(_ random: inout SplitMix64) throws -> String? {
        guard let child = (cast.cities + cast.counties).randomElement(using: &random), let parent = cast.newest.places.superiors[child]?.last?.place,
            let machine = machines.values.first(where: { $0.plan.place == parent && $0.plan.lines == nil })
        else { return nil }
        let key = RecordKey(.policy(parent), AllocationKind.table.name, ["jobs", "2020", .text(child.text)])
        try write(machine, draft(key, cast.government(of: parent), [.init(AllocationKind.value, number(&random))]))
        return "\(machine.name) \(child)"
    }

    func publishDocument(_ random: inout SplitMix64, isJoint: Bool) throws -> String? {
        let machine = machine(names.filter { self.machine($0).plan.units.count > 1 }.randomElement(using: &random) ?? "p")
        let units = isJoint ? Array(machine.plan.units.sorted().prefix(2)) : [machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]]
        let text = try JointUnits(units).description
        let key = RecordKey(.policy(machine.plan.place), DocumentKind.table.name, [.text(text), .text("示例〔2020〕\(Int.random(in: 1...2, using: &random))号")])
        let author = units.randomElement(using: &random) ?? units[0]
        try write(machine, draft(key, author, [.init(DocumentKind.title, .text("标题\(Int.random(in: 1...2, using: &random))"))]))
        return "\(machine.name) \(text)"
    }

    /// A unit speaks on what is another's alone.
    func trespass(_ random: inout SplitMix64) throws -> String? {
        let kinds = [DocumentKind.table.name, TargetKind.table.name, MatrixKind.table.name, AllocationKind.table.name, UnitKind.table.name, StandardKind.table.name]
        guard let kind = kinds.randomElement(using: &random), let (machine, key) = try heldTopic(kind, &random) else { return nil }
        let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
        let field: TiaokuaiModel.Operation.Field =
            switch kind {
            case DocumentKind.table.name: .init(DocumentKind.title, "改过的标题")
            case TargetKind.table.name: .init(TargetKind.floor, 1)
            case MatrixKind.table.name: .init(MatrixKind.mode, random.percent(50) ? "lineFirst" : "blockFirst")
            case AllocationKind.table.name: .init(AllocationKind.value, 1)
            case UnitKind.table.name: .init(UnitKind.ledgerMark, .text("示\(Int.random(in: 1...3, using: &random))"))
            default: .init(StandardKind.value, 9)
            }
        try write(machine, draft(key, unit, [field]))
        return "\(machine.name) \(unit) on \(kind)"
    }
}
