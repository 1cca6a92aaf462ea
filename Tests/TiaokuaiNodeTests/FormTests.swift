import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

/// A record kind published as data: it travels like any policy, and its rules hold wherever it has come.
///
/// The form is a made-up flood roster of the province: a sole remark, a working figure by precedence, a bound along the path in
/// a kind of its own, one holder, an evacuation with its steps, a set.
@Suite struct FormTests {
    static let post = KindTable(
        "flood.post", "防汛值班", english: "flood duty", .work, key: [.init("day", .text, Label("日期", "day"))], issuer: .government,
        fields: [
            FieldSpec("note", 16, .public, .soleIssuer, .text, "备注", english: "note"),
            FieldSpec("level", 17, .public, .authority, .decimal, "水位", english: "level", measure: "米"),
            FieldSpec("officer", 18, .internal, .holder, .text, "值守单位", english: "on duty"),
            FieldSpec("state", 19, .internal, .workflow, .text, "转移状态", english: "evacuation"),
            FieldSpec("shelters", 20, .internal, .set, .text, "安置点", english: "shelters"),
            FieldSpec(
                "warning", 21, .public, .soleIssuer, .text, "预警级别", english: "warning",
                choices: [.init("red", Label("红色", "red")), .init("blue", Label("蓝色", "blue"))]),
        ],
        workflow: Workflow(
            states: ["ordered", "moved", "closed"],
            events: [
                .init("order", from: [""], to: "ordered", by: [.government], opensEpisode: true, label: Label("下令转移", "order")),
                .init("move", from: ["ordered"], to: "moved", by: [.lead, .government], needsEvidence: true, label: Label("转移到位", "moved")),
                .init("close", from: ["moved"], to: "closed", by: [.superior], needsNames: true, notByAuthorOf: "move", label: Label("销号", "close")),
            ], stateLabels: ["ordered": Label("已下令", "ordered"), "moved": Label("已转移", "moved"), "closed": Label("已销号", "closed")]),
        line: "ndrc")

    static let day = RecordKey(.work("620724", nil), post.name, ["2020-08-14"])

    static func number(_ name: String) -> FieldNumber { post.field(named: name)!.number }

    static func claim(_ unit: UnitID, _ fields: [TiaokuaiModel.Operation.Field], key: RecordKey = day) -> Draft { Draft(key: key, unit: unit, person: "clerk", fields: fields) }

    static func level(_ unit: UnitID, _ value: Int64) -> Draft { claim(unit, [.init(number("level"), .decimal(ExactDecimal(value)))]) }

    func publish(_ table: KindTable = post, in network: TestNetwork, by name: String = "gs", as unit: UnitID = TestNetwork.province) throws {
        let place = try network[name].settings().region
        try network[name].write([FormKind.draft(of: table, at: place, by: unit, person: "clerk")])
    }

    func enrolled(in folder: URL) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrolCityAndCounty()
        // The province learns of the county, so that a stick may go past the city.
        try network.carry("zy", to: "gs")
        return network
    }

    /// Carries the county's own work and nothing of the province's: a stick takes the forms along that its node holds.
    private func carryWorkAlone(_ network: TestNetwork) throws {
        let path = network.path("work.tkb")
        let province = try network["gs"].settings().node
        let known = try network["gt"].ask { view in try view.heldHeads().filter { $0.feed.node == province } }
        _ = try BundleFile.export(network["gt"], to: try network["zy"].settings().node, path: path, known: Heads(known))
        _ = try BundleFile.import(network["zy"], path: path)
    }

    func settlement(_ network: TestNetwork, _ name: String, _ key: RecordKey = day) throws -> Settlement {
        try network[name].ask { view in
            let ref = try #require(try view.recordRef(key))
            return try #require(try view.settlement(ref))
        }
    }

    func digests(_ network: TestNetwork, _ names: [String] = ["gs", "zy", "gt"]) throws -> Set<Hash32> {
        Set(try names.map { name in try network[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")).derived } })
    }

    @Test func aPublishedKindIsSettledByItsRulesAtEveryTier() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gt")
            try network["gt"].write([
                FormTests.claim(TestNetwork.county, [.init(FormTests.number("note"), "正常"), .init(FormTests.number("state"), "order")]),
                FormTests.level(TestNetwork.countyFood, 31), FormTests.claim(TestNetwork.county, [.init(FormTests.number("shelters"), "一中")]),
            ])
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            for name in ["gt", "zy", "gs"] {
                let settled = try settlement(network, name)
                #expect(settled.fields[FormTests.number("note")]?.value == "正常")
                #expect(settled.fields[FormTests.number("level")]?.value == 31)
                #expect(settled.fields[FormTests.number("state")]?.value == "ordered")
                #expect(settled.fields[FormTests.number("shelters")]?.value == ["一中"])
                #expect(try network[name].replayFindings() == [])
            }
            #expect(try digests(network).count == 1)
        }
    }

    // MARK: What comes before its form

    @Test(arguments: [true, false]) func recordsThatComeBeforeTheirFormWaitForItAndComeToTheSame(isFormFirst: Bool) throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            // The county has the form by a road that passes the city by.
            try network.carry("gs", to: "gt")
            try network["gt"].write([
                FormTests.level(TestNetwork.countyFood, 31), FormTests.level(TestNetwork.county, 32),
                FormTests.claim(TestNetwork.county, [.init(FormTests.number("state"), "order")]),
            ])
            if isFormFirst { try network.carry("gs", to: "zy") }
            try carryWorkAlone(network)
            if !isFormFirst {
                let held = try settlement(network, "zy")
                #expect(held.fields.isEmpty)
                #expect(held.verdicts.count == 3)
                #expect(held.verdicts.values.allSatisfy { $0.values.allSatisfy { $0 == .pending([]) } })
                #expect(try network["zy"].ask { try $0.recordsWithoutForm().map(\.kind) } == ["flood.post"])
                #expect(try network["zy"].replayFindings() == [])
                // Held, it goes on its way.
                try network.carry("zy", to: "gs")
                try network.carry("gs", to: "zy")
            }
            try network.carry("zy", to: "gs")
            for name in ["gs", "zy", "gt"] {
                let settled = try settlement(network, name)
                #expect(settled.fields[FormTests.number("level")]?.dispute != nil, "\(name)")
                #expect(settled.fields[FormTests.number("state")]?.value == "ordered", "\(name)")
                #expect(try network[name].ask { try $0.recordsWithoutForm() } == [])
                #expect(try network[name].replayFindings() == [])
            }
            #expect(try digests(network).count == 1)
        }
    }

    @Test func noUnitWritesARecordWhoseFormIsNotHere() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            #expect { try network["gt"].write([FormTests.level(TestNetwork.countyFood, 31)]) } throws: { ($0 as? NodeError)?.code == .unknownKind }
        }
    }

    // MARK: Who leads

    @Test func theMatrixNamesTheKindAndItsModeDecides() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            try network.carry("gs", to: "gt")
            try network["gt"].write([FormTests.level(TestNetwork.countyFood, 31), FormTests.level(TestNetwork.county, 32)])
            #expect(try settlement(network, "gt").fields[FormTests.number("level")]?.value == nil)
            for (mode, expected) in [(ResponsibilityMode.lineFirst, 31 as Value), (.blockFirst, 32)] {
                try network["gt"].write([
                    Draft(
                        key: RecordKey(.policy("620724"), MatrixKind.table.name, ["高台县防汛预案", "调度"]), unit: TestNetwork.county, person: "clerk",
                        fields: [
                            .init(MatrixKind.mode, .text(mode.rawValue)), .init(MatrixKind.indicators, [.text(FormTests.post.name.text)]),
                            .init(MatrixKind.inForceFrom, .day(Day(year: 2020, month: 6, day: 1)!)),
                        ])
                ])
                #expect(try settlement(network, "gt").fields[FormTests.number("level")]?.value == expected)
            }
            // The county's day is before another plan is in force: the day in the key says which version governs.
            try network["gt"].write([FormTests.claim(TestNetwork.county, [.init(FormTests.number("level"), 30)], key: RecordKey(.work("620724", nil), FormTests.post.name, ["2020-05-31"]))])
            let before = try network["gt"].ask { $0.governance(of: RecordKey(.work("620724", nil), FormTests.post.name, ["2020-05-31"])).tiers[0].mode }
            #expect(before == .unspecified)
        }
    }

    // MARK: Versions

    private func grown(_ fields: [FieldSpec], states: [String]? = nil) -> KindTable {
        let post = FormTests.post
        let workflow = states.map { Workflow(states: $0, events: post.workflow?.events ?? [], stateLabels: post.workflow?.stateLabels ?? [:]) } ?? post.workflow
        return KindTable(
            post.name, post.title, english: post.english, post.stream, key: post.key, issuer: post.issuer, fields: fields, workflow: workflow, line: post.line)
    }

    @Test func aLaterVersionAddsFieldsAndWhatCameBeforeItComesToStand() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            for name in ["zy", "gt"] { try network.carry("gs", to: name) }
            let rain = FieldSpec("rain", 22, .public, .authority, .decimal, "雨量", english: "rain", measure: "毫米")
            try publish(grown(FormTests.post.ownFields + [rain]), in: network)
            try network.carry("gs", to: "gt")
            try network["gt"].write([FormTests.claim(TestNetwork.countyFood, [.init(rain.number, 80)])])
            // The city has the first version only: the new field is void there until the second comes.
            try carryWorkAlone(network)
            #expect(try settlement(network, "zy").verdicts.values.first?[rain.number] == .void(.unknownField))
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gs")
            for name in ["gs", "zy", "gt"] { #expect(try settlement(network, name).fields[rain.number]?.value == 80, "\(name)") }
            #expect(try digests(network).count == 1)
        }
    }

    @Test func whatALaterVersionMayNotChangeIsRefused() throws {
        let post = FormTests.post
        let changed = post.ownFields.map { $0.name == "level" ? FieldSpec("level", 17, .public, .soleIssuer, .decimal, "水位", english: "level", measure: "米") : $0 }
        let other = KindTable(
            post.name, post.title, english: post.english, .policy, key: post.key, issuer: post.issuer, fields: post.ownFields, workflow: post.workflow, line: post.line)
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            for (table, code) in [
                (grown(changed), KindFault.Code.formFieldChanged), (grown(Array(post.ownFields.dropFirst())), .formFieldDropped),
                (grown(post.ownFields, states: ["moved", "ordered", "closed"]), .formWorkflowChanged), (other, .formChanged),
            ] {
                #expect { try publish(table, in: network) } throws: { error in
                    (error as? NodeError)?.code == .formRefused && (error as? NodeError)?.facts["reason"] == code.rawValue
                }
            }
        }
    }

    @Test func ofVersionsMadeSideBySideTheOneBeforeThemGoverns() throws {
        func field(_ name: String, _ type: ValueType) -> FieldSpec { FieldSpec(name, 22, .public, .soleIssuer, type, "甲", english: "a") }
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            try network["gs"].seal()
            let image = network.path("image.sqlite")
            try network["gs"].store.backUp(to: image)
            try publish(grown(FormTests.post.ownFields + [field("rain", .decimal)]), in: network)
            try network.carry("gs", to: "gt")
            #expect(try network["gt"].ask { $0.table(of: FormTests.day)?.field(named: "rain") } != nil)
            // A disk image put back publishes another second version, under the same number.
            let imaged = try network.imaged("gs", from: image)
            let other = grown(FormTests.post.ownFields + [field("wind", .text)])
            try imaged.write([FormKind.draft(of: other, at: "620000", by: TestNetwork.province, person: "clerk")])
            let path = network.path("fork.tkb")
            _ = try BundleFile.export(imaged, to: try network["gt"].settings().node, path: path)
            _ = try BundleFile.import(network["gt"], path: path)
            #expect(try network["gt"].ask { $0.table(of: FormTests.day) } == FormTests.post)
            #expect(try network["gt"].replayFindings() == [])
        }
    }

    // MARK: Forms that are none

    private static let contradictions: [(KindFault.Code, [FieldNumber: Value])] = [
        (.formRuleUnknown, [FormKind.fields: [[16, "level", "decimal", "public", "loudest", "水位", "level", ""]]]),
        (.formWordUnknown, [FormKind.stream: "sideways"]),
        (.formNumberTwice, [FormKind.fields: [[16, "a", "text", "public", "sole", "甲", "a", ""], [16, "b", "text", "public", "sole", "乙", "b", ""]]]),
        (.formNumberOutOfRange, [FormKind.fields: [[3, "a", "text", "public", "sole", "甲", "a", ""]]]),
        (.formTooManyFields, [FormKind.fields: .list((0..<60).map { [.decimal(ExactDecimal(16 + $0)), .text("f\($0)"), "text", "public", "sole", "甲", "a", ""] })]),
        (.formStateUnreachable, [FormKind.states: [["ordered", "甲", "a"], ["moved", "乙", "b"], ["closed", "丙", "c"], ["lost", "丁", "d"]]]),
        (.formStateUndefined, [FormKind.states: [["ordered", "甲", "a"], ["moved", "乙", "b"]]]),
        (.formIncomplete, [FormKind.key: [["day"]]]),
        (.formPersonal, [FormKind.fields: [[16, "name", "text", "personal", "holder", "姓名", "name", ""]]]),
        (.formRuleUnfit, [FormKind.fields: [[16, "limit", "decimal", "public", "floor", "底线", "limit", ""]]]),
        (.formKeyUndefined, [FormKind.issuer: "key:unit"]),
    ]

    private static func fields(_ changed: [FieldNumber: Value]) -> [TiaokuaiModel.Operation.Field] {
        // Choices of a field that is not there would be a fault of their own.
        let replaced = changed[FormKind.fields] == nil ? changed : changed.merging([FormKind.choices: []]) { first, _ in first }
        return FormKind.fields(of: post).map { .init($0.number, replaced[$0.number] ?? $0.value) }
    }

    @Test func aFormThatContradictsItselfIsRefusedWhenWrittenAndVoidWhenReceived() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            let key = FormKind.key(of: FormTests.post.name, at: "620000")
            for (code, changed) in FormTests.contradictions {
                let draft = Draft(key: key, unit: TestNetwork.province, person: "clerk", fields: FormTests.fields(changed))
                #expect { try network["gs"].write([draft]) } throws: { ($0 as? NodeError)?.facts["reason"] == code.rawValue }
            }
            var forger = try Forger(network["gs"], .policy("620000"))
            for (code, changed) in FormTests.contradictions {
                let name = KindName(unchecked: "flood.\(code.rawValue)")
                let operation = try forger.operation(FormKind.key(of: name, at: "620000"), TestNetwork.province, FormTests.fields(changed))
                _ = try network["gt"].receive(forger.changeset([operation]))
                let settled = try settlement(network, "gt", FormKind.key(of: name, at: "620000"))
                #expect(settled.verdicts[operation.id]?[FormKind.title] == .void(try #require(VoidReason(rawValue: code.rawValue))), "\(code)")
                #expect(try network["gt"].ask { $0.kinds.forms[name] == nil })
            }
            #expect(try network["gt"].replayFindings() == [])
        }
    }

    @Test func aLaterVersionThatIsNoneLeavesTheEarlierInForce() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            try network.carry("gs", to: "gt")
            var forger = try Forger(network["gs"], .policy("620000"))
            let key = FormKind.key(of: FormTests.post.name, at: "620000")
            let first = try network["gs"].ask { view in try view.operations(of: try #require(try view.recordRef(key)))[0].id }
            let changed = try forger.operation(key, TestNetwork.province, [.init(FormKind.stream, "local")], seen: [first])
            _ = try network["gt"].receive(forger.changeset([changed]))
            #expect(try settlement(network, "gt", key).verdicts[changed.id]?[FormKind.stream] == .void(.formChanged))
            #expect(try settlement(network, "gt", key).fields[FormKind.stream]?.value == "work")
            try network["gt"].write([FormTests.level(TestNetwork.countyFood, 31)])
            #expect(try network["gt"].replayFindings() == [])
        }
    }

    // MARK: Who may

    @Test func onlyAGovernmentPublishesAndNobodyRedefinesWhatAPlaceAboveDid() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            // The county has a form of its own name's making; then the province publishes one.
            var own = FormTests.post
            own = KindTable(own.name, "县值班", english: "county roster", .work, key: own.key, issuer: .unitOfPlace, fields: [own.ownFields[0]])
            try publish(own, in: network, by: "gt", as: TestNetwork.county)
            let key = FormKind.key(of: own.name, at: "620724")
            try network["gt"].write([FormTests.claim(TestNetwork.countyFood, [.init(FormTests.number("note"), "自设")])])
            #expect(try settlement(network, "gt").fields[FormTests.number("note")]?.value == "自设")
            try publish(in: network)
            try network.carry("gs", to: "gt")
            // The county's form counts no more; its record goes by the province's, where the note is the government's.
            #expect(try settlement(network, "gt", key).verdicts.values.first?[FormKind.title] == .void(.formNameTakenAbove))
            #expect(try settlement(network, "gt").fields[FormTests.number("note")]?.value == nil)
            #expect { try publish(own, in: network, by: "gt", as: TestNetwork.county) } throws: {
                ($0 as? NodeError)?.facts["reason"] == KindFault.Code.formNameTakenAbove.rawValue
            }
            // A department's word on a form is none.
            try network["gs"].write([
                Draft(key: FormKind.key(of: "flood.other", at: "620000"), unit: "620000.ndrc", person: "clerk", fields: FormKind.fields(of: FormTests.post))
            ])
            #expect(try network["gs"].ask { $0.kinds.forms["flood.other"] == nil })
            // And no county writes into the province's policy.
            #expect { try network["gt"].write([FormKind.draft(of: FormTests.post, at: "620000", by: TestNetwork.county, person: "clerk")]) } throws: {
                ($0 as? NodeError)?.code == .outsidePartition
            }
            for name in ["gs", "gt"] { #expect(try network[name].replayFindings() == []) }
        }
    }

    @Test func aFormTakesNoBuiltInOrDeclaredName() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            func named(_ name: KindName) -> KindTable { KindTable(name, "甲", english: "a", .work, key: FormTests.post.key, issuer: .government, fields: [FormTests.post.ownFields[0]]) }
            for (name, code) in [(CellKind.table.name, KindFault.Code.formNameTaken), ("roster", .formNameWithoutDot)] {
                #expect { try publish(named(name), in: network) } throws: { ($0 as? NodeError)?.facts["reason"] == code.rawValue }
            }
        }
    }

    @Test func aValueThatIsNoChoiceIsRefusedWhenWrittenAndVoidWhenReceived() throws {
        try withTemporaryFolder { folder in
            let network = try enrolled(in: folder)
            try publish(in: network)
            try network.carry("gs", to: "gt")
            let green = [TiaokuaiModel.Operation.Field(FormTests.number("warning"), "green")]
            #expect { try network["gt"].write([FormTests.claim(TestNetwork.county, green)]) } throws: { ($0 as? NodeError)?.code == .notAChoice }
            var forger = try Forger(network["gt"], .work("620724", nil))
            let forged = try forger.operation(FormTests.day, TestNetwork.county, green)
            _ = try network["gs"].receive(forger.changeset([forged]))
            #expect(try settlement(network, "gs").verdicts[forged.id]?[FormTests.number("warning")] == .void(.notAChoice))
        }
    }
}
