import Testing
import TiaokuaiModel
import TiaokuaiWork

@Suite struct DeadlineTests {
    let signed = Self.day("2020-08-12")

    static func day(_ text: String) -> Day { (try? Day(parsing: text)) ?? Day(number: .min) }
    func status(_ deadline: String, metOn: String? = nil, asOf: String) -> DeadlineStatus {
        DeadlineStatus(deadline: Self.day(deadline), signedOn: signed, metOn: metOn.map(Self.day), asOf: Self.day(asOf))
    }

    @Test func theDeadlineItselfIsNotOverdue() {
        #expect(status("2020-10-31", asOf: "2020-10-31").state == .due(daysLeft: 0))
        #expect(status("2020-10-31", asOf: "2020-11-01").state == .overdue(days: 1))
        #expect(status("2020-10-31", asOf: "2020-10-01").state == .due(daysLeft: 30))
    }

    @Test func aDeadlineBeforeTheSigningIsMarkedAndStillCountsFromItself() {
        let rules = status("2020-06-10", asOf: "2020-08-12")
        #expect(rules.dueBeforeIssue)
        #expect(rules.state == .overdue(days: 63))
        #expect(status("2020-05-31", metOn: "2020-05-31", asOf: "2020-08-13") == status("2020-05-31", metOn: "2020-05-30", asOf: "2020-09-01"))
        #expect(!status("2020-08-12", asOf: "2020-08-12").dueBeforeIssue)
    }

    @Test func beforeTheSigningNothingIsOverdue() {
        #expect(status("2020-06-30", asOf: "2020-07-15").state == .notIssued)
    }

    @Test func whatIsDoneLaterThanTheDayAskedIsNotDoneYet() {
        #expect(status("2020-08-31", metOn: "2020-09-02", asOf: "2020-09-01").state == .overdue(days: 1))
        #expect(status("2020-08-31", metOn: "2020-09-02", asOf: "2020-09-02").state == .metLate(days: 2))
        #expect(status("2020-08-31", metOn: "2020-08-31", asOf: "2020-09-02").state == .met)
    }

    @Test func aTermThatRanOutBeforeTheSigningIsExpiredAtIssue() {
        func term(_ from: String?, _ until: String?, asOf: String) -> TermStatus {
            TermStatus(from: from.map(Self.day), until: until.map(Self.day), signedOn: signed, asOf: Self.day(asOf))
        }
        #expect(term("2020-02-01", "2020-06-30", asOf: "2020-08-12") == .expiredAtIssue)
        #expect(term("2020-02-01", "2020-12-31", asOf: "2020-12-31") == .inForce(daysLeft: 0))
        #expect(term("2020-02-01", "2020-12-31", asOf: "2021-01-01") == .expired(days: 1))
        #expect(term("2020-09-01", nil, asOf: "2020-08-31") == .notStarted(daysLeft: 1))
        #expect(term(nil, nil, asOf: "2020-08-31") == .inForce(daysLeft: nil))
    }
}
