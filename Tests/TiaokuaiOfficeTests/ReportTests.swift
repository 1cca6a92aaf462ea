import Foundation
import TestKit
import Testing
import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWork

@Suite struct ReportTests {
    private func county(_ body: (ExampleNetwork, Office) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try network.enrolToCounty()
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try body(network, network["gt"])
        }
    }

    @Test func aFigureIsKeptInTheIndicatorsOwnMeasure() throws {
        try county { _, office in
            let written = try office.report(
                FigureReport(place: "620724", indicator: "输转城乡富余劳动力", period: "2020年7月", value: "３．０４１２ 万人", serves: "保基本民生/2"), by: author("620724.hrss"))
            #expect(written.writings.first?.record.reference == "620724/labourTransfer/2020-07")
            #expect(written.writings.first?.verdicts.first?.value == "30412")
            let again = try office.report(
                FigureReport(place: "620724", indicator: "labourTransfer", period: "2020-07", value: "30412"), by: author("620724.hrss"))
            #expect(again.writings.isEmpty && again.unchanged == 1)
            #expect(throws: EntryError.self) {
                try office.report(FigureReport(place: "620724", indicator: "labourTransfer", period: "2020-07", value: "3万余"), by: author("620724.hrss"))
            }
            #expect(throws: EntryError.self) {
                try office.report(
                    FigureReport(place: "620724", indicator: "labourTransfer", period: "2020-07", value: "3", measure: "元"), by: author("620724.hrss"))
            }
            let unknown = #expect(throws: OfficeError.self) {
                try office.report(FigureReport(place: "620724", indicator: "nothing", period: "2020-07", value: "3"), by: author("620724.hrss"))
            }
            #expect(unknown?.code == .unknownIndicator)
        }
    }

    @Test func aTemplateFilledInIsImportedAgain() throws {
        try county { _, office in
            let template = try office.template(unit: "620724.hrss", place: nil, period: try Period(parsing: "2020-07"))
            #expect(template.rows.map(\.indicator).contains("newUrbanJobs"))
            #expect(template.csv.hasPrefix("\u{FEFF}地区,指标代码,指标名称,期间,数值,计量单位,填报单位,填报人,填报说明"))
            let filled = template.csv.replacingOccurrences(of: "城镇新增就业,2020-07,,", with: "城镇新增就业,2020-07,\"1,502人\",")
            for bytes in [Array(filled.utf8), try gb18030(filled)] {
                let written = try office.importFigures(bytes, file: "7月.csv", by: author("620724.hrss"))
                #expect(
                    written.writings.map(\.record.reference) + (written.unchanged == 1 ? ["620724/newUrbanJobs/2020-07"] : []) == [
                        "620724/newUrbanJobs/2020-07"
                    ])
            }
            #expect(
                try office.template(unit: "620724.hrss", place: nil, period: try Period(parsing: "2020-07")).rows.first { $0.indicator == "newUrbanJobs" }?
                    .value == "1502")
        }
    }

    private func gb18030(_ text: String) throws -> [UInt8] {
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        return [UInt8](try #require(text.dropFirst(text.hasPrefix("\u{FEFF}") ? 1 : 0).description.data(using: encoding)))
    }

    @Test func everyFaultOfASheetHasItsRowAndColumnAndNothingIsWritten() throws {
        try county { _, office in
            let sheet = """
                指标代码,期间,数值,计量单位,填报单位
                newUrbanJobs,2020-07,1502,人,县人社局
                nothing,2020-07,1,人,
                labourTransfer,2020-7月,3.04,万人,
                labourTransfer,2020-07,约3万,人,
                newUrbanJobs,2020年7月,1503,人,县人社局
                povertyTraining,2020-07,12,元,
                grainReserveDays,2020-07,14,天,县某局
                """
            let error = #expect(throws: OfficeError.self) { try office.importFigures(Array(sheet.utf8), file: "x.csv", by: author("620724.hrss")) }
            let found = (error?.faults ?? []).map { "\($0.row ?? 0):\($0.column ?? 0) \($0.code)" }
            #expect(
                found == [
                    "3:1 unknownIndicator", "4:2 malformedPeriod", "5:3 malformedFigure", "6:1 duplicateRow", "7:4 measureMismatch", "8:5 unknownUnit",
                ])
            let cells = try office.list(kind: "cell")
            #expect(cells.isEmpty)
            let foreign = #expect(throws: OfficeError.self) {
                try office.importFigures(Array("指标,期间,数值\n成品粮储备可供应天数,2020-07,14\n".utf8), file: "y.csv", by: author("620724.culture"))
            }
            #expect(foreign?.faults.first?.code == "notYourFigure")
            #expect(foreign?.faults.first?.row == 2)
            let personal = #expect(throws: OfficeError.self) {
                try office.importFigures(Array("指标,期间,数值,身份证号\nnewUrbanJobs,2020-07,1,\n".utf8), file: "z.csv", by: author("620724.hrss"))
            }
            #expect(personal?.faults.map { "\($0.code) \($0.column ?? 0)" } == ["personalColumn 4"])
            for text in ["", "指标代码,期间\na,b\n", "指标代码,期间,数值\n\"a,b\n"] {
                #expect(throws: OfficeError.self) { try office.importFigures(Array(text.utf8), file: "w.csv", by: author("620724.hrss")) }
            }
        }
    }

    @Test func jsonLinesAreImportedToo() throws {
        try county { _, office in
            let lines = """
                {"indicator":"newUrbanJobs","period":"2020-07","value":1502}
                {"指标代码":"labourTransfer","期间":"2020-07","数值":"3.04万人"}
                """
            let written = try office.importFigures(Array(lines.utf8), file: "x.jsonl", by: author("620724.hrss"))
            #expect(written.writings.compactMap { $0.verdicts.first?.value } == ["1502", "30400"])
            let error = #expect(throws: OfficeError.self) {
                try office.importFigures(
                    Array("{\"indicator\":\"newUrbanJobs\",\"period\":\"2020-07\",\"value\":1,\"more\":2}".utf8), file: "x.jsonl", by: author("620724.hrss"))
            }
            #expect(error?.faults.first?.code == "unknownKey")
        }
    }

    @Test func aReturnedFigureIsOnItsReportersListUntilItIsReportedAgain() throws {
        try county { network, office in
            let cell = "620724/newUrbanJobs/2020-07"
            _ = try office.report(FigureReport(place: "620724", indicator: "newUrbanJobs", period: "2020-07", value: "1502"), by: author("620724.hrss"))
            try network.carry("gt", to: "zy")
            _ = try network["zy"].review(cell, event: "return", by: author("620700.hrss"), reason: "与6月数据倒挂")
            try network.carry("zy", to: "gt")
            let day = try Day(parsing: "2020-08-20")
            #expect(try office.todo(unit: "620724.hrss", asOf: day).returned.map(\.reason) == ["与6月数据倒挂"])
            _ = try office.report(FigureReport(place: "620724", indicator: "newUrbanJobs", period: "2020-07", value: "1520"), by: author("620724.hrss"))
            #expect(try office.todo(unit: "620724.hrss", asOf: day).returned.isEmpty)
            #expect(try office.show(cell).fields.first { $0.field == "review" }?.value == "submitted")
        }
    }
}
