import Testing
import TiaokuaiModel

struct DayTests {
    private func isRefused(_ code: ModelError.Code, _ body: () throws -> Void) -> Bool {
        do { try body() } catch { return (error as? ModelError)?.code == code }
        return false
    }

    @Test func daysAreCountedFrom1970() throws {
        #expect(Day(year: 1970, month: 1, day: 1)?.number == 0)
        #expect(Day(year: 2000, month: 3, day: 1)?.number == 11_017)
        #expect(try Day(parsing: "2020-08-12").number == 18_486)
        #expect(Day(number: -1).description == "1969-12-31")
        #expect(Day(number: 18_486).description == "2020-08-12")
        #expect(try Day(parsing: "2020-08-12") < Day(parsing: "2020-08-13"))
    }

    @Test func everyDayFrom1900To2199GoesThereAndBack() {
        guard let first = Day(year: 1900, month: 1, day: 1), let last = Day(year: 2199, month: 12, day: 31) else {
            Issue.record("the bounds are days")
            return
        }
        var seen = 0
        for number in first.number...last.number {
            let (year, month, day) = Day(number: number).parts
            if Day(year: year, month: month, day: day)?.number == number { seen += 1 }
        }
        #expect(seen == 109_573)
    }

    @Test(arguments: [
        "", "2020-8-12", "2020-08-12 ", "2020/08/12", "20200812", "2020-02-30", "2019-02-29", "2100-02-29", "2020-13-01", "2020-00-10", "2020-01-00",
        "2020-04-31", "1899-12-31",
        "2200-01-01", "2020-+1-05", "+202-01-05", "2020-01-+5", "２０２０-01-05", "2020-08-12-01", "2020--8-12",
    ])
    func noDayIsMadeUp(text: String) {
        #expect(isRefused(.malformedDay) { _ = try Day(parsing: text) })
    }

    @Test func anInstantFallsOnTheDayOfItsClockAtPlusEight() throws {
        #expect(Written(milliseconds: 0).day.number == 0)
        #expect(Written(milliseconds: 57_599_999).day.number == 0)
        #expect(Written(milliseconds: 57_600_000).day.number == 1)
        #expect(Written(milliseconds: -28_800_000).day.number == 0)
        #expect(Written(milliseconds: -28_800_001).day.number == -1)
        #expect(Written(milliseconds: .min).day < Written(milliseconds: .max).day)
        #expect(Written(milliseconds: 1) < Written(milliseconds: 2))
    }

    @Test func aDayBeginsAndEndsAtMidnightOfPlusEight() throws {
        let day = try Day(parsing: "2020-08-12")
        #expect(day.begin.timestamp == "2020-08-12T00:00:00.000+08:00" && day.begin.toTheMinute == "2020-08-12 00:00")
        #expect(day.end.timestamp == "2020-08-12T23:59:59.999+08:00" && day.end.day == day)
        #expect(day.end.milliseconds + 1 == day.adding(1).begin.milliseconds)
        #expect(Written(milliseconds: -1).timestamp == "1970-01-01T07:59:59.999+08:00")
        for wild in [Written(milliseconds: .min), Written(milliseconds: .max)] { #expect(wild.timestamp.hasSuffix("+08:00")) }
    }

    @Test func countingDaysEndsWithTheCalendar() throws {
        #expect(try Day(parsing: "2020-02-28").adding(2).description == "2020-03-01")
        #expect(try Day(parsing: "2020-03-01").adding(-1).description == "2020-02-29")
        let last = Day(number: .max)
        #expect(last.adding(1) == last && last.adding(.max) == last && Day(number: 0).adding(.min) == Day(number: .min))
    }

    @Test(arguments: [
        ("2020", "2020-01-01", "2020-12-31"), ("2020-H1", "2020-01-01", "2020-06-30"), ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2020-Q1", "2020-01-01", "2020-03-31"),
        ("2020-Q3", "2020-07-01", "2020-09-30"), ("2020-08", "2020-08-01", "2020-08-31"), ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-08-14", "2020-08-14", "2020-08-14"),
    ])
    func aPeriodHasItsFirstAndLastDay(text: String, first: String, last: String) throws {
        let period = try Period(parsing: text)
        #expect(period.text == text && period.firstDay.description == first && period.lastDay.description == last)
    }

    @Test(arguments: [
        "", "20", "2020-", "2020-8", "2020-13", "2020-00", "2020-Q0", "2020-Q5", "2020-H3", "2020-Q", "2020-Q+", "2020-H1-01", "2020-Q1-01", "2020-08-32",
        "2020-02-30", "2020-08-1",
        "2020-08-14-01", "2020-+8", "2020-08-+1", "+202", "1899", "2200", "２０２０", "2020-Q３", "2020-q3", " 2020",
    ])
    func noPeriodIsMadeUp(text: String) {
        #expect(isRefused(.malformedPeriod) { _ = try Period(parsing: text) })
    }
}
