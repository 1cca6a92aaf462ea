import Testing
import TiaokuaiModel
import TiaokuaiWork

@Suite struct ResponsibilityTests {
    let number = "高台方案"

    func entry(
        _ part: String, mode: String? = nil, leads: [String] = [], responsible: [String] = [], cooperating: [String] = [], indicators: [String] = [],
        topic: String? = nil, place: RegionID = "620724", from: String = "2020-08-12", document: String = "高台方案"
    ) throws -> MatrixEntry {
        var values: [FieldNumber: Value] = [
            MatrixKind.inForceFrom: .day(try Day(parsing: from)), MatrixKind.clause: .text(part + "条"), MatrixKind.formula: "以条为主",
        ]
        if let mode { values[MatrixKind.mode] = .text(mode) }
        if let topic { values[MatrixKind.topic] = .text(topic) }
        func set(_ field: FieldNumber, _ texts: [String]) { if !texts.isEmpty { values[field] = .list(texts.map(Value.text)) } }
        set(MatrixKind.leads, leads)
        set(MatrixKind.responsible, responsible)
        set(MatrixKind.cooperating, cooperating)
        set(MatrixKind.indicators, indicators)
        let record = EffectiveRecord(RecordKey(.policy(place), MatrixKind.table.name, [.text(document), .text(part)]), values)
        return try #require(MatrixEntry(record))
    }

    func read(_ entries: [MatrixEntry], _ indicator: String = "grainReserveDays", line: LineID? = "ndrc") -> TierResponsibility {
        TierResponsibility(indicator: indicator, line: line, entries: entries) { unit in
            unit.text.split(separator: ".").last.flatMap { try? LineID(checking: String($0)) }
        }
    }

    func grain() throws -> [MatrixEntry] {
        [
            try entry("保基本民生", mode: "lineFirst"),
            try entry("保基本民生/5", responsible: ["620724.mofcom", "620724.ndrc"], indicators: ["grainReserveDays"]),
            try entry("保粮食能源安全/一", mode: "lineFirst"),
            try entry("保粮食能源安全/一/3", responsible: ["620724.ndrc", "620724.miit"], indicators: ["grainReserveDays"]),
            try entry("保粮食能源安全/二"),
        ]
    }

    @Test func ofTwoMeasuresOnOneIndicatorTheOneLedByItsLineGoverns() throws {
        let tier = read(try grain())
        #expect(tier.governing?.part == "保粮食能源安全/一/3")
        #expect(tier.mode == .lineFirst)
        #expect(tier.modeSource == Source(document: number, clause: "保粮食能源安全/一条", formula: "以条为主"))
        #expect(tier.leads == ["620724.ndrc"])
        #expect(tier.cooperating == ["620724.miit", "620724.mofcom"])
    }

    @Test func theOrderOfTheEntriesDoesNotMatter() throws {
        let entries = try grain()
        for first in entries.indices {
            let turned = Array(entries[first...] + entries[..<first])
            #expect(read(turned) == read(entries))
            #expect(read(turned.reversed()) == read(entries))
        }
    }

    @Test func anExplicitLeadBeatsTheOrderOfTheList() throws {
        let tier = read([try entry("保粮食能源安全/一/3", leads: ["620724.mofcom"], responsible: ["620724.ndrc", "620724.mofcom"], indicators: ["grainReserveDays"])])
        #expect(tier.leads == ["620724.mofcom"])
        #expect(tier.cooperating == ["620724.ndrc"])
        #expect(tier.mode == nil)
    }

    @Test func aPartThatSaysNothingIsSilentAndNotUnspecified() throws {
        let tier = read([try entry("保粮食能源安全/二"), try entry("保粮食能源安全/二/1", responsible: ["620724.ndrc"], indicators: ["windPower"])], "windPower")
        #expect(tier.governing?.part == "保粮食能源安全/二/1")
        #expect(tier.mode == nil)
        #expect(read(try grain(), "nothing").governing == nil)
    }

    @Test func aMeasuresOwnModeBeatsItsParts() throws {
        let tier = read(
            [
                try entry("保市场主体", mode: "blockFirst"), try entry("保市场主体/4", mode: "unspecified", responsible: ["620724.ndrc"], indicators: ["rules"]),
            ], "rules")
        #expect(tier.mode == .unspecified)
    }

    @Test func aPartIsNoPrefixOfAnotherWord() throws {
        #expect(try entry("保粮食能源安全/一/3").isWithin(entry("保粮食能源安全/一")))
        #expect(try !entry("保粮食能源安全/一/30").isWithin(entry("保粮食能源安全/一/3")))
        #expect(try !entry("保粮食能源安全/一/3").isWithin(entry("保粮食能源安全/一", document: "别的方案")))
    }

    func path(_ tiers: [[MatrixEntry]]) -> [ResponsibilityMode?] {
        TierResponsibility.path(indicator: "grainReserveDays", line: "ndrc", tiers: tiers) { _ in "ndrc" }.map(\.mode)
    }

    @Test func aSilentPlanInheritsFromAboveByTopicAndNeverFromBelow() throws {
        let measure = try entry("保粮食能源安全/一/3", responsible: ["620724.ndrc"], indicators: ["grainReserveDays"])
        let silent = try entry("保粮食能源安全/一", topic: "foodSecurity")
        let stated = try entry("保粮食能源安全/一", mode: "lineFirst", topic: "foodSecurity")
        let city = try entry("粮食", mode: "blockFirst", topic: "foodSecurity", place: "620700", document: "张掖方案")
        let energy = try entry("能源", mode: "blockFirst", topic: "energySecurity", place: "620700", document: "张掖方案")
        #expect(path([[silent, measure], [city], []]) == [.blockFirst, .blockFirst, nil])
        #expect(path([[stated, measure], [city], []]) == [.lineFirst, .blockFirst, nil])
        #expect(path([[stated, measure], [], []]) == [.lineFirst, nil, nil])
        #expect(path([[silent, measure], [energy], []]) == [nil, nil, nil])
        #expect(path([[], [], []]) == [nil, nil, nil])
    }

    @Test func anExplicitUnspecifiedIsNotSilence() throws {
        let own = try entry("保居民就业/22", mode: "unspecified", responsible: ["620724.ndrc"], indicators: ["grainReserveDays"], topic: "employment")
        let city = try entry("就业", mode: "lineFirst", topic: "employment", place: "620700", document: "张掖方案")
        #expect(path([[own], [city]]) == [.unspecified, .lineFirst])
    }

    // MARK: Blanket units, contradictions

    @Test func aPartsBlanketUnitsCooperateOnEveryMeasureWithinIt() throws {
        func made(_ blanket: [String]) throws -> [MatrixEntry] {
            var values: [FieldNumber: Value] = [MatrixKind.inForceFrom: .day(try Day(parsing: "2020-08-12")), MatrixKind.clause: "一"]
            values[MatrixKind.blanket] = .list(blanket.map(Value.text))
            let record = EffectiveRecord(RecordKey(.policy("620724"), MatrixKind.table.name, [.text(number), "保粮食能源安全/一"]), values)
            return [try #require(MatrixEntry(record)), try entry("保粮食能源安全/一/3", responsible: ["620724.ndrc"], indicators: ["grainReserveDays"])]
        }
        #expect(read(try made([])).cooperating.isEmpty)
        // A group stands for governments of other places, which have no seat of their own here.
        #expect(read(try made(["620724.agri", "各镇人民政府"])).cooperating == ["620724.agri"])
        #expect(read(try made(["620724.ndrc"])).leads == ["620724.ndrc"])
    }

    @Test func contradictionsAreFoundInAFixedOrderWhateverTheOrderOfTheEntries() throws {
        let entries = [
            try entry("甲", mode: "lineFirst", topic: "employment"), try entry("乙", mode: "blockFirst", topic: "employment"),
            try entry("甲/1", leads: ["620724.ndrc"], cooperating: ["620724.ndrc"], indicators: ["a"]), try entry("乙/1", leads: ["620724.hrss"], indicators: ["a"]),
        ]
        let found = MatrixContradiction.found(in: entries)
        #expect(Set(found.map(\.kind)) == Set(MatrixContradiction.Kind.allCases))
        #expect(MatrixContradiction.found(in: entries.reversed()) == found)
        #expect(MatrixContradiction.found(in: try grain()).isEmpty)
    }
}
