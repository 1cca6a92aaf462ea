import Testing
import TiaokuaiModel
import TiaokuaiOffice

/// Places that change: another code, a split; and bounds that differ from place to place (R15, R2).
@Suite struct PlaceCases {
    @Test func r15c31aReportUnderTheOldCodeIsFiledUnderThePlaceThatHasANewOne() throws {
        try Case.play(["hb", "jz", "jl"], on: "2021-01-05") { one in
            try one.at("jl") { try $0.state("421023/newUrbanJobs/2020-11", ["value": "310人"], by: "421023.hrss") }
            try one.at("jl") { try $0.state("421023/newUrbanJobs/2021-01", ["value": "320人"], by: "421023.hrss") }
            try one.at("jz") { try $0.state("监利市/newUrbanJobs/2021-01", ["value": "320人"], by: "421000.hrss") }
        } check: { (_, office) throws in
            let figure = try office.explain("监利市/newUrbanJobs/2021-01", field: "value")
            #expect(figure.value == "320")
            #expect(told(figure.claims) == ["421023.hrss 320 stands", "421000.hrss 320 stands"])
            #expect(try office.explain("421023/newUrbanJobs/2020-11", field: "value").value == "310")
            #expect(figure.record.place?.name == "监利市")
            let regions = office.node.regions
            let codes = ["2020-06-01", "2021-01-31"].map { day in (try? Day(parsing: day)).flatMap { regions.region("421023")?.period(on: $0)?.code } }
            #expect(codes == ["421023", "421088"])
            #expect(regions.lineage(of: "421023").map(\.kind).contains(.recode))
        }
    }

    @Test func r15c32afterASplitTheHistoryStaysAndTheCityAllocatesAnew() throws {
        func allocated(_ office: Office, to places: [RegionID]) throws -> [String?] { try places.flatMap { try office.allocations(to: $0).map(\.value) } }
        try Stage.with(["he", "xt", "xd"], on: "2020-05-10") { stage in
            try stage["xt"].state("allocation:130500/newUrbanJobs/2020/130521", ["value": "3000人"], by: "130500.gov")
            try stage.exchangeAll()
            // The successors wait for the city's word: nothing is split by itself.
            for place in ["130502", "130503"] {
                let rows = try stage["xd"].allocations(to: RegionID(unchecked: place))
                #expect(rows.map { "\($0.state) \($0.value ?? "-") \($0.formerly?.to.id ?? "") \($0.formerly?.value ?? "")" } == ["awaiting - 130521 3000"])
            }
            let one = Case(stage)
            for (place, value) in [("130502", "1400人"), ("130503", "1600人")] {
                try one.at("xt", on: "2020-07-20") {
                    try $0.state("allocation:130500/newUrbanJobs/2020/\(place)", ["value": value, "document": "邢政发〔2020〕8号"], by: "130500.gov")
                }
            }
            try one.at("xd") { try $0.state("130502/newUrbanJobs/2020-07", ["value": "120人"], by: "130502.hrss") }
            try one.inEveryOrder { (_, office) throws in
                #expect(try allocated(office, to: ["130521"]) == ["3000"])
                #expect(try allocated(office, to: ["130502", "130503"]) == ["1400", "1600"])
                #expect(try office.explain("130502/newUrbanJobs/2020-07", field: "value").value == "120")
                let regions = office.node.regions
                #expect(regions.successors(of: "130521") == ["130502", "130503"])
                #expect(regions.predecessors(of: "130502").contains("130521"))
            }
        }
    }

    /// What a divided county left open stays in the city's lists, comes to its successors, and the city can end it.
    @Test func r15c32whatADividedCountyLeftOpenIsSeenAndEndedByTheCity() throws {
        let item = "邢政-2020-001"
        func rows(_ office: Office, _ place: RegionID) throws -> [String] { try office.ledger(LedgerFilter(place: place, asOf: office.today)).map { "\($0.title) \($0.state)" } }
        func leftOpen(_ stage: Stage) throws {
            let county = stage["xx"]
            _ = try county.openLedgerItem(
                LedgerOpening(year: 2020, title: "企业复工缺口罩", leader: nil, department: "130521.gov", notes: Notes(isSample: true)), by: county.hand("130521.gov"))
            try county.step(item, "start", by: "130521.gov")
            try county.step(item, "resolve", by: "130521.gov", evidence: "领用单")
        }
        try Case.play(["he", "xt", "xd", "xx"], on: "2020-05-10", before: leftOpen) { one in
            try one.at("xt", on: "2020-07-20") { try $0.step(item, "verify", by: "130500.gov", evidence: "现场核验") }
        } check: { (_, office) throws in
            #expect(try rows(office, "130521") == ["企业复工缺口罩 verified"])
            #expect(try rows(office, "130502") == [])
            if try office.node.settings().region != "130502" { #expect(try rows(office, "130500") == ["企业复工缺口罩 verified"]) }
        }
    }

    @Test func r2s16s17placesKeepTheirOwnFloorsAndARepeatedOneIsNoConflict() throws {
        try Case.play(["gs", "zy", "gt", "lx", "lxx"]) { one in
            try one.at("gs") { try $0.state("target 620000/grainReserveDays/2020", ["floor": "10天"], by: "620000.gov") }
            try one.at("lx") { try $0.state("target 622900/grainReserveDays/2020", ["floor": "10天"], by: "622900.gov") }
            try one.at("gt") { try $0.state("target 620724/grainReserveDays/2020", ["floor": "15天"], by: "620724.gov") }
        } check: { (node, office) throws in
            func floor(_ place: RegionID) throws -> BoundFact? { try office.bounds(place: place, indicator: "grainReserveDays", period: "2020").first }
            if ["gs", "lx", "lxx"].contains(node) {
                #expect(try floor("622921")?.value == "10")
                #expect(try floor("622900")?.steps.map(\.standing) == ["effective", "equal"])
            }
            if ["gs", "zy", "gt"].contains(node) {
                #expect(try floor("620724")?.value == "15")
                #expect(try floor("620700")?.value == "10")
            }
            #expect(try office.kept().filter { $0.standing == "inert" }.isEmpty)
        }
    }
}
