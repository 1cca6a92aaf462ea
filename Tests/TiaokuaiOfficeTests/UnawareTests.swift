import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

@testable import TiaokuaiOffice

/// Question (e): which acts were made before their office could have known a policy, whatever kind of policy it is.
@Suite struct UnawareTests {
    private static let (grain, duty) = ("620724/grainReserveDays/2020-08", KindName("flood.duty"))

    private static func form(_ fields: [FieldSpec]) -> KindTable {
        KindTable(duty, "防汛值班", english: "duty roster", .work, key: [.init("day", .text, Label("日期", "day"))], issuer: .unitOfPlace, fields: fields)
    }

    private static let onDuty = FieldSpec("onDuty", 16, .internal, .soleIssuer, .text, "值班人员", english: "on duty")

    /// What the province and the city issue on 2020-08-22: one record of each kind that can speak of the county's acts, by reference.
    private func policies(_ operation: OperationID) throws -> [(node: String, drafts: [Draft])] {
        func draft(_ place: RegionID, _ kind: KindTable, _ key: [Value], _ fields: [TiaokuaiModel.Operation.Field]) -> Draft {
            Draft(key: RecordKey(.policy(place), kind.name, key), unit: UnitID(unchecked: "\(place).gov"), person: PersonID(unchecked: "\(place).gov.p1"), fields: fields)
        }
        let figure: Value = .list(["620724", "grainReserveDays", "2020-08", .decimal(ExactDecimal(14)), .bytes(operation.hash.bytes)])
        let (formKey, line) = (FormKind.key(of: UnawareTests.duty, at: "620000"), FieldSpec("line", 17, .internal, .soleIssuer, .text, "值班电话", english: "line"))
        let grown = FormKind.draft(of: UnawareTests.form([UnawareTests.onDuty, line]), at: "620000", by: "620000.gov", person: "620000.gov.p1")
        #expect(grown.key == formKey)
        return [
            (
                "gs",
                [
                    draft("620000", IndicatorKind.table, ["grainReserveDays"], [.init(IndicatorKind.definition, "按县城常住人口计")]),
                    draft("620000", TargetKind.table, ["grainReserveDays", "2020", ""], [.init(TargetKind.floor, .decimal(ExactDecimal(11)))]),
                    draft("620000", StandardKind.table, ["620000.gov", "grainReserveDays", "2020"], [.init(StandardKind.value, .decimal(ExactDecimal(11)))]),
                    draft("620000", MatrixKind.table, ["甘粮发〔2020〕9号", "储备"], [.init(MatrixKind.indicators, ["grainReserveDays"]), .init(MatrixKind.mode, "blockFirst")]),
                    draft("620000", CircularKind.table, ["620000.gov", "2020-08", "保粮食能源安全"], [.init(CircularKind.figures, .list([figure]))]),
                    draft("620000", ProcedureKind.table, ["disputes"], [.init(ProcedureKind.appealWithin, .decimal(ExactDecimal(9)))]),
                    grown,
                ]
            ),
            ("zy", [draft("620700", AllocationKind.table, ["grainReserveDays", "2020", "620724"], [.init(AllocationKind.value, .decimal(ExactDecimal(15)))])]),
        ]
    }

    /// The county's acts of one day: a figure, an entry in a form, a word on a dispute, a target of its own.
    private func act(_ office: Office, _ number: Int64) throws {
        let unit: UnitID = "620724.gov"
        func draft(_ key: RecordKey, _ number: FieldNumber, _ value: Value) -> Draft { Draft(key: key, unit: unit, person: "620724.gov.p1", fields: [.init(number, value)]) }
        let place = Partition.work("620724", nil)
        _ = try office.claim(UnawareTests.grain, fields: [("value", "\(12 + number)天")], by: author("620724.gov"))
        _ = try office.node.write([
            draft(RecordKey(place, UnawareTests.duty, [.text("2020-09-0\(number)")]), UnawareTests.onDuty.number, "张三"),
            draft(
                RecordKey(place, AcknowledgementKind.table.name, [.text(unit.text), .bytes([UInt8](repeating: UInt8(number), count: 32)), .bytes([UInt8](repeating: 2, count: 32))]),
                AcknowledgementKind.answer, "read"),
            draft(RecordKey(.policy("620724"), TargetKind.table.name, ["grainReserveDays", "2020", ""]), TargetKind.floor, .decimal(ExactDecimal(15 + number))),
        ])
    }

    private func network(_ body: (ExampleNetwork, OperationID) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            _ = try network["gs"].node.write([FormKind.draft(of: UnawareTests.form([UnawareTests.onDuty]), at: "620000", by: "620000.gov", person: "620000.gov.p1")])
            for _ in 0..<2 {
                try network.exchange("gs", "zy")
                try network.exchange("zy", "gt")
            }
            try network.set("2020-08-22")
            for (name, drafts) in try policies(OperationID(Hash32(word0: 7, word1: 7, word2: 7, word3: 7))) { _ = try network[name].node.write(drafts) }
            try body(network, OperationID(Hash32(word0: 7, word1: 7, word2: 7, word3: 7)))
        }
    }

    private func kinds(_ acts: [UnawareAct], writtenOn day: String, _ knowledge: Set<String>) -> [String: Set<String>] {
        let meant = acts.filter { $0.written.hasPrefix(day) && knowledge.contains($0.knowledge) && $0.policyWritten.hasPrefix("2020-08-22") }
        return Dictionary(grouping: meant, by: \.record.kind).mapValues { Set($0.map(\.policy.kind)) }
    }

    private static let onTheFigure: Set<String> = ["indicator", "target", "standard", "matrix", "circular", "allocation"]

    @Test func anActIsHeldAgainstEveryKindOfPolicyThatSpeaksOfIt() throws {
        try network { network, _ in
            try network.set("2020-08-25")
            try act(network["gt"], 1)
            try network.exchange("gt", "zy")
            try network.exchange("zy", "gs")
            let acts = try network["gs"].auditUnaware(place: "620724")
            let unaware = kinds(acts, writtenOn: "2020-08-25", ["couldNot", "unproven"])
            #expect(unaware["cell"] == UnawareTests.onTheFigure)
            // A circular on August's figure says nothing of a target for the year.
            #expect(unaware["target"] == UnawareTests.onTheFigure.subtracting(["circular"]))
            #expect(unaware["flood.duty"] == ["form"])
            #expect(unaware["acknowledgement"] == ["procedure"])
            #expect(acts.filter { $0.why == "inForce" }.allSatisfy { $0.knowledge != "could" })
        }
    }

    @Test func anActMadeOnceThePolicyHadComeIsNotAmongThem() throws {
        try network { network, _ in
            // Down to the county and back up, so that its changesets name a checkpoint that covers it all.
            try network.set("2020-08-24")
            for _ in 0..<2 {
                try network.exchange("gs", "zy")
                try network.exchange("zy", "gt")
            }
            try network.set("2020-08-26")
            try act(network["gt"], 2)
            try network.exchange("gt", "zy")
            try network.exchange("zy", "gs")
            let acts = try network["gs"].auditUnaware(place: "620724")
            #expect(kinds(acts, writtenOn: "2020-08-26", ["couldNot", "unproven"]).isEmpty)
        }
    }

    /// A clock that is put back before the policy was written acquits nobody whose changeset names a checkpoint that covers it.
    @Test func aClockThatWasPutBackAcquitsNobody() throws {
        try network { network, _ in
            try network.set("2020-08-24")
            for _ in 0..<2 {
                try network.exchange("gs", "zy")
                try network.exchange("zy", "gt")
            }
            try network.set("2020-08-20")
            try act(network["gt"], 2)
            try network.set("2020-08-26")
            try network.exchange("gt", "zy")
            try network.exchange("zy", "gs")
            let acts = try network["gs"].auditUnaware(place: "620724")
            #expect(kinds(acts, writtenOn: "2020-08-20", ["couldNot", "unproven"]).isEmpty)
        }
    }

    /// A node that lost the newest checkpoint, or says so, names an older one; what it had named before it had.
    @Test func whoNamesAnOlderCheckpointHasNotForgottenTheNewer() throws {
        try network { network, _ in
            let gt = try network["gt"].node.settings().node
            func change(_ name: String, _ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try DatabaseQueue(path: network[name].node.folder.storePath).write { db in
                    try db.execute(sql: sql, arguments: arguments)
                    return db.changesCount
                }
            }
            try network.set("2020-08-24")
            for _ in 0..<2 {
                try network.exchange("gs", "zy")
                try network.exchange("zy", "gt")
            }
            try network.set("2020-08-26")
            try act(network["gt"], 2)
            try network.carry("gt", to: "zy")
            #expect(try change("gt", "DELETE FROM statement WHERE type = 3 AND node <> ? AND received >= ?", [Data(gt.hash.bytes), try Day(parsing: "2020-08-23").begin.milliseconds]) > 0)
            try network.set("2020-08-27")
            try act(network["gt"], 3)
            try network.carry("gt", to: "zy")
            try network.exchange("zy", "gs")
            // Its own receipts would tell it too.
            _ = try change("gs", "DELETE FROM statement WHERE type = 4 AND node = ?", [Data(gt.hash.bytes)])
            let acts = try network["gs"].auditUnaware(place: "620724")
            for day in ["2020-08-26", "2020-08-27"] { #expect(kinds(acts, writtenOn: day, ["couldNot", "unproven"]).isEmpty, "\(day)") }
        }
    }

    @Test func aPolicyOfAnotherPlaceIndicatorOrPeriodSpeaksOfNothingHere() throws {
        try network { network, _ in
            func target(_ indicator: String, _ period: String) -> Draft {
                Draft(
                    key: RecordKey(.policy("620000"), TargetKind.table.name, [.text(indicator), .text(period), ""]), unit: "620000.gov", person: "620000.gov.p1",
                    fields: [.init(TargetKind.floor, .decimal(ExactDecimal(1)))])
            }
            func circular(_ scope: String, _ place: String, _ period: String) -> Draft {
                Draft(
                    key: RecordKey(.policy("620000"), CircularKind.table.name, ["620000.gov", "2020-08", .text(scope)]), unit: "620000.gov", person: "620000.gov.p1",
                    fields: [.init(CircularKind.figures, .list([.list([.text(place), "grainReserveDays", .text(period), .decimal(ExactDecimal(1)), .bytes([1])])]))])
            }
            try network.set("2020-08-23")
            _ = try network["gs"].node.write([
                target("grainReserveDays", "2021"), target("labourTransfer", "2020"), circular("别处", "620702", "2020-08"), circular("别月", "620724", "2020-07"),
            ])
            try network.set("2020-08-25")
            try act(network["gt"], 1)
            try network.exchange("gt", "zy")
            try network.exchange("zy", "gs")
            let spoken = try network["gs"].auditUnaware(place: "620724").filter { $0.policyWritten.hasPrefix("2020-08-23") && $0.record.kind == "cell" }
            #expect(spoken.map(\.policy.reference) == [])
        }
    }

    /// What says itself from which day on it is in force holds for what was done before it was written.
    @Test func aVersionThatReachesBackIsHeldAgainstWhatWasDoneBefore() throws {
        try network { network, _ in
            try network.set("2020-08-25")
            try act(network["gt"], 1)
            try network.set("2020-09-10")
            _ = try network["gs"].node.write([
                Draft(
                    key: RecordKey(.policy("620000"), MatrixKind.table.name, ["甘粮发〔2020〕12号", "储备"]), unit: "620000.gov", person: "620000.gov.p1",
                    fields: [.init(MatrixKind.indicators, ["grainReserveDays"]), .init(MatrixKind.inForceFrom, .day(try Day(parsing: "2020-08-01")))])
            ])
            try network.exchange("gt", "zy")
            try network.exchange("zy", "gs")
            let later = try network["gs"].auditUnaware(place: "620724").filter { $0.policyWritten.hasPrefix("2020-09-10") && $0.record.kind == "cell" }
            #expect(later.map(\.knowledge) == ["couldNot"] && later.map(\.why) == ["inForce"])
        }
    }
}
