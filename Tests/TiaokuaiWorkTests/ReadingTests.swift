import Testing
import TiaokuaiModel
import TiaokuaiWork

/// Keys, posts, units and indicators as values.
@Suite struct ReadingTests {
    @Test func jointIssuersHaveOneSpelling() throws {
        let joint = try JointUnits(["620724.partyoffice", "620724.govoffice", "620724.partyoffice"])
        #expect(joint.description == "620724.govoffice+620724.partyoffice")
        #expect(try JointUnits(parsing: joint.description) == joint)
        #expect(try JointUnits(parsing: "620724.gov").units == ["620724.gov"])
        for text in ["", "620724.partyoffice+620724.govoffice", "a+a", "a+", "a、b", "县委办"] {
            #expect(throws: ModelError.self) { try JointUnits(parsing: text) }
        }
        #expect(throws: ModelError.self) { try JointUnits([]) }
    }

    @Test func aPostIsAUnitAndAName() throws {
        let post = try PostReference(parsing: "620724.gov:分管副县长")
        #expect(post == PostReference(unit: "620724.gov", post: "分管副县长"))
        #expect(post.description == "620724.gov:分管副县长")
        for text in ["620724.gov", "620724.gov:", ":局长", "高台:局长"] { #expect(throws: ModelError.self) { try PostReference(parsing: text) } }
    }

    func tenure(_ person: String, from: String, until: String? = nil) throws -> Tenure {
        var values: [FieldNumber: Value] = [PostKind.person: .text(person)]
        if let until { values[PostKind.until] = .day(try Day(parsing: until)) }
        return try #require(Tenure(EffectiveRecord(RecordKey(.policy("620724"), PostKind.table.name, ["620724.gov", "分管副县长", .text(from)]), values)))
    }

    @Test func actsBindThePersonWhoHeldThePostThatDay() throws {
        let tenures = [try tenure("620724.gov.p2", from: "2020-01-01", until: "2020-09-14"), try tenure("620724.gov.p3", from: "2020-09-15")]
        let post = PostReference(unit: "620724.gov", post: "分管副县长")
        #expect(try Tenure.holder(of: post, on: Day(parsing: "2020-09-14"), among: tenures)?.person == "620724.gov.p2")
        #expect(try Tenure.holder(of: post, on: Day(parsing: "2020-09-15"), among: tenures)?.person == "620724.gov.p3")
        #expect(try Tenure.holder(of: post, on: Day(parsing: "2019-12-31"), among: tenures) == nil)
        #expect(try Tenure.posts(of: "620724.gov.p2", in: "620724.gov", on: Day(parsing: "2020-09-14"), among: tenures) == ["分管副县长"])
        #expect(try Tenure.posts(of: "620724.gov.p2", in: "620724.gov", on: Day(parsing: "2020-09-15"), among: tenures) == [])
    }

    @Test func ofTwoHoldersTheLaterTenureCounts() throws {
        let tenures = [try tenure("620724.gov.p2", from: "2020-01-01"), try tenure("620724.gov.p3", from: "2020-09-15")]
        let post = PostReference(unit: "620724.gov", post: "分管副县长")
        #expect(try Tenure.holder(of: post, on: Day(parsing: "2020-10-01"), among: tenures.reversed())?.person == "620724.gov.p3")
    }

    @Test func aUnitIsReadFromItsRecord() {
        let key = RecordKey(.policy("620724"), UnitKind.table.name, ["620724.tax"])
        let record = EffectiveRecord(key, [UnitKind.name: "高台县税务局", UnitKind.aliases: ["县税务局"], UnitKind.line: "tax", UnitKind.management: "vertical"])
        #expect(
            UnitKind.unit(record) == Unit(id: "620724.tax", name: "高台县税务局", aliases: ["县税务局"], region: "620724", line: "tax", management: .vertical))
        #expect(UnitKind.unit(EffectiveRecord(key, [:])) == nil)
    }

    @Test func whoReportsAnIndicatorIsItsLineUnlessItSaysOtherwise() throws {
        func indicator(_ reporter: Value?) throws -> IndicatorDefinition {
            var values: [FieldNumber: Value] = [IndicatorKind.title: "市场主体总数", IndicatorKind.measure: "户", IndicatorKind.line: "samr"]
            values[IndicatorKind.reporter] = reporter
            return try #require(IndicatorDefinition(EffectiveRecord(RecordKey(.policy("620000"), IndicatorKind.table.name, ["marketEntityTotal"]), values)))
        }
        #expect(try indicator(nil).reporter == .line("samr"))
        #expect(try indicator("government").reporter == .government)
        #expect(try indicator("finance").reporter == .line("finance"))
    }

    @Test func theStricterPublicityIsTheSmaller() {
        #expect(min(Publicity.public, .internal) == .internal)
        #expect(min(Publicity.public, .onRequest) == .onRequest)
    }
}
