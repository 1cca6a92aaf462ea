import Testing
import TiaokuaiModel
import TiaokuaiWork

@Suite struct StandardTests {
    func standard(_ tier: Int, _ issuer: String, _ value: String, to: String = "2020-06-30", may: Bool = false) throws -> ExactStandard {
        ExactStandard(
            tier: tier, issuer: issuer, value: try ExactDecimal(parsing: value), termFrom: try Day(parsing: "2020-03-01"), termTo: try Day(parsing: to),
            isDiscretionary: may)
    }

    @Test func neitherLowerNorHigherIsAllowed() throws {
        let judged = try ExactStandard.judge([
            standard(0, "620724.gov", "1.5"), standard(0, "620724.civil", "1"), standard(1, "620700.gov", "0.5"), standard(2, "620000.civil", "1"),
        ])
        #expect(judged == [.refused, .repeats, .refused, .stands])
    }

    @Test func aLongerTermIsATopUpToo() throws {
        #expect(try ExactStandard.judge([standard(0, "620724.gov", "1", to: "2020-07-31"), standard(2, "620000.civil", "1")]) == [.refused, .stands])
    }

    @Test func twoIssuersOfOneTierThatDifferLeaveItOpen() throws {
        #expect(
            try ExactStandard.judge([standard(2, "620000.civil", "1"), standard(2, "620000.finance", "2"), standard(0, "620724.gov", "1")])
                == [.undecided, .undecided, .undecided])
        #expect(try ExactStandard.judge([standard(2, "620000.civil", "1"), standard(2, "620000.finance", "1.0")]) == [.stands, .stands])
    }

    @Test func onlyAMayClauseOpensARange() throws {
        #expect(try ExactStandard.judge([standard(0, "620724.gov", "0.8"), standard(2, "620000.civil", "1", may: true)]) == [.withinDiscretion, .stands])
        #expect(ExactStandard.judge([]) == [])
    }

    @Test func aRecordIsReadWithItsTerm() throws {
        let record = EffectiveRecord(
            RecordKey(.policy("620000"), StandardKind.table.name, ["620000.civil", "priceSubsidyRaise", "2020"]),
            [StandardKind.value: 1, StandardKind.termFrom: .day(try Day(parsing: "2020-03-01")), StandardKind.termTo: .day(try Day(parsing: "2020-06-30"))])
        #expect(try ExactStandard(record, tier: 2) == standard(2, "620000.civil", "1"))
    }
}
