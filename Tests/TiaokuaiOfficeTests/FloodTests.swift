import Foundation
import TestKit
import Testing
import TiaokuaiEntry
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync
import TiaokuaiWork

/// The worked example of Docs/YourOwnDomain.md: flood control, declared as data in Nodes/flood, over three tiers.
@Suite struct FloodTests {
    private let gauge = "水库水情:高台县/2020-08-14/示例-01"
    private let evacuation = "flood.evacuation:620724/620724.gov/1"

    private func network(_ body: (ExampleNetwork) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder, from: "flood/")
            try network.enrolToCounty(publishing: ["gs/publish/01-forms.yaml"])
            try network.set("2020-06-01")
            try network.publish("gt/publish/01-plan.yaml")
            try network.set("2020-08-14")
            try body(network)
        }
    }

    private func author(_ unit: String) -> Author { Author(unit: UnitID(unchecked: unit), person: PersonID(unchecked: unit + ".p1")) }

    private func digests(_ network: ExampleNetwork) throws -> Set<Hash32> {
        Set(try ["gs", "zy", "gt"].map { name in try network[name].node.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")).derived } })
    }

    private func carryUp(_ network: ExampleNetwork) throws {
        try network.carry("gt", to: "zy")
        try network.carry("zy", to: "gs")
        try network.carry("gs", to: "zy")
        try network.carry("zy", to: "gt")
    }

    @Test func aClerkReportsAgainstAFormByItsTitleAndTheModeDecides() throws {
        try network { network in
            let county = network["gt"]
            #expect(try county.isOfForm(gauge))
            #expect(try !county.isOfForm("620724/grainReserveDays/2020-08"))
            _ = try county.claim(gauge, fields: [("水位", "1431.20米"), ("inflow", "35")], by: author("620724.water"))
            _ = try county.claim(gauge, fields: [("水位", "1430.9")], by: author("620724.gov"))
            try carryUp(network)
            for name in ["gt", "zy", "gs"] {
                let explained = try network[name].explain(gauge, field: "水位")
                #expect(explained.value == "1431.2")
                #expect(explained.measure == "米")
                #expect(explained.mode == "lineFirst")
                #expect(explained.source?.formula == "以条为主")
                #expect(explained.title == "水位")
                #expect(explained.english == "level")
                #expect(explained.record.kindEnglish == "reservoir gauge")
                #expect(try network[name].show(gauge).fields.map(\.title) == ["水位", "入库流量"])
                #expect(try network[name].list(kind: "水库水情").count == 1)
            }
            #expect(try digests(network).count == 1)
        }
    }

    @Test func aSheetIsFilledInAndImportedAllOrNothing() throws {
        try network { network in
            let county = network["gt"]
            let template = try county.template(form: "水库水情", unit: "620724.water", key: ["2020-08-14"])
            #expect(template.csv == "\u{FEFF}地区,日期,水库编码,水位(米),入库流量(立方米每秒),填报单位,填报人\r\n620724,2020-08-14,,,,620724.water,\r\n")
            let sheet = try ExampleNetwork.bytes("flood/gt/figures/gauges.csv")
            let written = try county.importForm(sheet, form: "flood.gauge", file: "gauges.csv", by: author("620724.water"))
            #expect(written.writings.map(\.record.reference) == ["flood.gauge:620724/2020-08-14/示例-01", "flood.gauge:620724/2020-08-14/示例-02"])
            #expect(try county.importForm(sheet, form: "水库水情", file: "gauges.csv", by: author("620724.water")).unchanged == 2)
            let bad = "日期,水库编码,水位,预警\n2020-08-14,示例-01,高,红\n"
            #expect(throws: OfficeError.self) { try county.importForm(Array(bad.utf8), form: "flood.gauge", file: "bad.csv", by: author("620724.water")) }
            let wrong = "日期,水库编码,水位\n8月14,示例-03,1\n2020-08-14,示例-03,约3\n2020-08-15,,3\n2020-08-16,示例-03,3\n2020-08-16,示例-03,4\n"
            let error = #expect(throws: OfficeError.self) {
                try county.importForm(Array(wrong.utf8), form: "flood.gauge", file: "wrong.csv", by: author("620724.water"))
            }
            #expect(error?.faults.map(\.code) == ["badValue", "malformedFigure", "badValue", "duplicateRow"])
            #expect(error?.faults.map(\.row) == [2, 3, 4, 6])
            #expect(throws: NodeError.self) { try county.template(form: "没有的表", unit: nil) }
        }
    }

    @Test func aBoundIsTightenedAlongThePathAndNeverLoosened() throws {
        try network { network in
            let limit = "flood.limit:%/示例-01/2020"
            try network.carry("zy", to: "gs")
            func at(_ place: String) -> String { limit.replacingOccurrences(of: "%", with: place) }
            _ = try network["gs"].claim(at("620000"), fields: [("汛限水位", "1432"), ("patrols", "3"), ("readyBy", "2020-06-15")], by: author("620000.gov"))
            try network.carry("gs", to: "gt")
            _ = try network["gt"].claim(at("620724"), fields: [("maximumLevel", "1433"), ("patrols", "4"), ("readyBy", "2020-06-01")], by: author("620724.gov"))
            let county = network["gt"]
            #expect(try county.explain(at("620724"), field: "汛限水位").value == "1432")
            #expect(try county.explain(at("620724"), field: "汛限水位").claims.first?.verdict.code == "inert")
            #expect(try county.explain(at("620724"), field: "每日巡查次数").value == "4")
            #expect(try county.explain(at("620724"), field: "备汛完成日").value == "2020-06-01")
        }
    }

    @Test func anEvacuationGoesFromTheOrderToTheStrikeOffWhichTheReporterCannotDo() throws {
        try network { network in
            let county = network["gt"]
            _ = try county.claim(evacuation, fields: [("title", "示例村转移"), ("people", "120人")], by: author("620724.gov"))
            _ = try county.claim(evacuation, fields: [("people", "150")], by: author("620724.emergency"))
            _ = try county.claim(evacuation, fields: [("carriedOutBy", "620724.emergency")], by: author("620724.gov"))
            _ = try county.claim(evacuation, fields: [("shelters", "示例中学"), ("shelters", "示例小学")], by: author("620724.emergency"))
            // 以块为主: the government's figure stands, the line's is kept.
            #expect(try county.explain(evacuation, field: "people").value == "120")
            #expect(try county.explain(evacuation, field: "people").mode == "blockFirst")
            func raise(_ event: String, _ unit: String) throws {
                _ = try network["gt"].raise(evacuation, event: event, by: author(unit), evidence: "示例照片")
            }
            try raise("order", "620724.gov")
            #expect(throws: (any Error).self) { try raise("strikeOff", "620724.gov") }
            try raise("report", "620724.gov")
            #expect(throws: (any Error).self) { try raise("strikeOff", "620724.gov") }
            try carryUp(network)
            _ = try network["zy"].raise(evacuation, event: "strikeOff", by: author("620700.gov"), evidence: "现场核查(示例)")
            try carryUp(network)
            for name in ["gt", "zy", "gs"] {
                #expect(try network[name].explain(evacuation, field: "progress").value == "struckOff")
                #expect(try network[name].explain(evacuation, field: "shelters").members.map(\.value).sorted() == ["示例中学", "示例小学"].sorted())
            }
            #expect(try digests(network).count == 1)
        }
    }

    @Test func theRosterIsTheGovernmentsAndItsRemarkTheLines() throws {
        try network { network in
            let duty = "防汛值班日报:高台县/2020-08-14"
            let county = network["gt"]
            _ = try county.claim(duty, fields: [("预警级别", "橙色")], by: author("620724.gov"))
            _ = try county.claim(duty, fields: [("水务说明", "水势平稳(示例)")], by: author("620724.water"))
            let refused = #expect(throws: OfficeError.self) { try county.claim(duty, fields: [("预警级别", "purple")], by: author("620724.gov")) }
            #expect(refused?.facts["type"] == "蓝色 blue / 黄色 yellow / 橙色 orange / 红色 red")
            _ = try county.claim(duty, fields: [("预警级别", "red")], by: author("620724.water"))
            let shown = try county.show(duty)
            #expect(shown.fields.first { $0.field == "warning" }?.value == "orange")
            #expect(shown.fields.first { $0.field == "remark" }?.value == "水势平稳(示例)")
            let disputes = try county.disputes()
            #expect(disputes.isEmpty)
        }
    }

    @Test func recordsThatComeBeforeTheirFormShowAsWaiting() throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder, from: "flood/")
            try network.enrolToCounty(publishing: [])
            try network.publish("gs/publish/01-forms.yaml")
            try network.carry("zy", to: "gs")
            try network.carry("gs", to: "gt")
            try network.set("2020-08-14")
            _ = try network["gt"].claim(gauge, fields: [("水位", "1431.2")], by: author("620724.water"))
            // A stick takes along what its node holds of the province's; here it does not.
            let (county, province) = (network["gt"].node, try network["gs"].node.settings().node)
            let stick = folder.appendingPathComponent("work.tkb").path
            let known = try county.ask { view in try view.heldHeads().filter { $0.feed.node == province } }
            _ = try BundleFile.export(county, to: try network["zy"].node.settings().node, path: stick, known: Heads(known))
            _ = try BundleFile.import(network["zy"].node, path: stick)
            let waiting = try network["zy"].todo(unit: nil, asOf: network["zy"].today).waitingForForm
            #expect(waiting.map(\.kind) == ["flood.gauge"])
            #expect(waiting.first?.place?.name == "高台县")
            // It is found all the same, and says that it waits.
            let held = try #require(try network["zy"].list(kind: "flood.gauge").first)
            #expect(try network["zy"].history(held.record.reference).flatMap(\.fields).map(\.verdict.code) == ["pending"])
            #expect(try network["zy"].show(held.record.reference).fields.isEmpty)
            try network.carry("gs", to: "zy")
            #expect(try network["zy"].explain(gauge, field: "level").value == "1431.2")
            #expect(try network["zy"].todo(unit: nil, asOf: network["zy"].today).waitingForForm.isEmpty)
        }
    }

    /// What a fault of a form file says, and where.
    @Test(arguments: [
        ("rule: \"authority\", title: \"水位\"", "rule: \"loudest\", title: \"水位\"", "formRuleUnknown"),
        ("number: 17, name: \"inflow\"", "number: 16, name: \"inflow\"", "formNumberTwice"),
        ("name: \"flood.gauge\"", "name: \"gauge\"", "formNameWithoutDot"),
        ("to: \"struckOff\"", "to: \"gone\"", "formStateUndefined"),
        ("stream: \"policy\"", "stream: \"work\"", "formRuleUnfit"),
        ("notByAuthorOf: \"report\"", "notByAuthorOf: \"vanish\"", "formEventUndefined"),
        ("\"holder:carriedOutBy\"", "\"holder:nobody\"", "formHolderUndefined"),
    ])
    func aFormThatContradictsItselfIsNotPublished(old: String, new: String, code: String) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder, from: "flood/")
            try network.found(publishing: [])
            let text = String(decoding: try ExampleNetwork.bytes("flood/gs/publish/01-forms.yaml"), as: UTF8.self)
            #expect(text.contains(old))
            let changed = Array(text.replacingOccurrences(of: old, with: new).utf8)
            let error = #expect(throws: OfficeError.self) { try network["gs"].publish(changed, file: "forms.yaml") }
            #expect(error?.faults.contains { $0.fact.hasPrefix(code) } == true, "\(error?.faults ?? [])")
            #expect(try network["gs"].list(kind: "form").isEmpty)
        }
    }
}
