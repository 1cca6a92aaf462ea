/// A calendar day of UTC+8, whatever the machine says; counted from 1970-01-01.
@frozen public struct Day: Hashable, Comparable, Sendable {
    public let number: Int32
    @inlinable public init(number: Int32) { self.number = number }
    @inlinable public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// So many days later; the last or the first day there is where the calendar ends.
    public func adding(_ days: Int) -> Day { Day(number: Int32(clamping: Int(number) + Int(Int32(clamping: days)))) }

    /// Midnight of UTC+8, with which the day begins.
    public var begin: Written { Written(milliseconds: Int64(number) * Written.millisecondsInDay - Written.offset) }

    /// The day's last millisecond.
    public var end: Written { Written(milliseconds: adding(1).begin.milliseconds - 1) }

    /// A day of the proleptic Gregorian calendar, years 1900 to 2199; nil for a day that does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard (1900...2199).contains(year), (1...12).contains(month), day >= 1, day <= Day.daysIn(month: month, year: year) else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = Int32(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    /// `2020-08-12`, exactly.
    public init(parsing text: some StringProtocol) throws(ModelError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int(digits: parts[0]), let month = Int(digits: parts[1]), let day = Int(digits: parts[2]),
            let found = Day(year: year, month: month, day: day)
        else { throw ModelError(.malformedDay, String(text)) }
        self = found
    }

    public static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public var parts: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Day: CustomStringConvertible {
    public var description: String {
        let (year, month, day) = parts
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

/// The author's clock: UTC milliseconds since 1970. A statement, nothing more; nothing is decided by it.
@frozen public struct Written: Hashable, Comparable, Sendable {
    public let milliseconds: Int64
    @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    @inlinable public static func < (left: Written, right: Written) -> Bool { left.milliseconds < right.milliseconds }
    static let millisecondsInDay: Int64 = 86_400_000
    /// UTC+8.
    static let offset: Int64 = 28_800_000

    private var local: Int64 {
        let (local, overflow) = milliseconds.addingReportingOverflow(Written.offset)
        return overflow ? .max : local
    }

    /// The day of UTC+8 on which this instant falls.
    public var day: Day { Day(number: Int32(clamping: local.flooredDivision(by: Written.millisecondsInDay))) }

    /// `2020-08-12T09:30:00.000+08:00`: for programs.
    public var timestamp: String {
        let (clock, milliseconds) = clock
        return "\(day)T\(clock).\(milliseconds.padded(3))+08:00"
    }

    /// `2020-08-12 09:30`: for people, UTC+8.
    public var toTheMinute: String { "\(day) \(clock.text.prefix(5))" }

    private var clock: (text: String, milliseconds: Int64) {
        let inDay = (local % Written.millisecondsInDay + Written.millisecondsInDay) % Written.millisecondsInDay
        let seconds = inDay / 1_000
        return ("\((seconds / 3_600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))", inDay % 1_000)
    }
}

extension Int {
    /// ASCII digits and nothing else: `Int("+8")` is 8, which would give a day a second spelling.
    init?(digits text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        self.init(text)
    }
}

extension Int64 {
    fileprivate func padded(_ width: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, width - text.count)) + text
    }

    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// A business period: a year `2020`, half `2020-H1`, quarter `2020-Q3`, month `2020-08` or day `2020-08-14`.
public struct Period: Hashable, Sendable {
    public let text: String
    public let firstDay: Day
    public let lastDay: Day

    public init(parsing text: some StringProtocol) throws(ModelError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count == 4, let year = Int(digits: parts[0]) else {
            throw ModelError(.malformedPeriod, String(text))
        }
        var months = 1...12
        var days: ClosedRange<Int>?
        if parts.count > 1 {
            let rest = parts[1]
            if rest.first == "Q", let quarter = Int(digits: rest.dropFirst()), (1...4).contains(quarter), rest.utf8.count == 2 {
                months = (quarter * 3 - 2)...(quarter * 3)
            } else if rest.first == "H", let half = Int(digits: rest.dropFirst()), (1...2).contains(half), rest.utf8.count == 2 {
                months = (half * 6 - 5)...(half * 6)
            } else if rest.utf8.count == 2, let month = Int(digits: rest), (1...12).contains(month) {
                months = month...month
            } else {
                throw ModelError(.malformedPeriod, String(text))
            }
        }
        if parts.count == 3 {
            guard parts[1].first?.isNumber == true, parts[2].utf8.count == 2, let day = Int(digits: parts[2]) else {
                throw ModelError(.malformedPeriod, String(text))
            }
            days = day...day
        }
        let last = days?.upperBound ?? Day.daysIn(month: months.upperBound, year: year)
        guard let first = Day(year: year, month: months.lowerBound, day: days?.lowerBound ?? 1),
            let end = Day(year: year, month: months.upperBound, day: last)
        else { throw ModelError(.malformedPeriod, String(text)) }
        self.text = String(text)
        firstDay = first
        lastDay = end
    }
}
