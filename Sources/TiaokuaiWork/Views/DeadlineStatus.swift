import TiaokuaiModel

/// Where a deadline stands on a given day. A view: the day is an argument, and nothing is decided by it.
///
/// A deadline is its last day: 6月底前 is 06-30, and 07-01 is one day overdue. Overdue counts from the business deadline;
/// when the document or the report arrived only explains.
public struct DeadlineStatus: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// The document that sets it was not yet signed on that day.
        case notIssued
        case met
        /// Done, so many days after the deadline (at least 1).
        case metLate(days: Int)
        /// Open, with so many days left (0 on the deadline itself).
        case due(daysLeft: Int)
        /// Open, so many days after the deadline (at least 1).
        case overdue(days: Int)
    }

    public let state: State
    /// The deadline lay before the signing of the document that sets it: shown, and not scored until clarified.
    public let dueBeforeIssue: Bool

    /// - Parameters:
    ///   - metOn: The business day on which it was fulfilled; nil while it is not. A day after `day` is not known yet.
    ///   - day: The day as of which the question is asked.
    public init(deadline: Day, signedOn: Day, metOn: Day?, asOf day: Day) {
        dueBeforeIssue = deadline < signedOn
        if day < signedOn {
            state = .notIssued
        } else if let done = metOn, done <= day {
            state = done <= deadline ? .met : .metLate(days: deadline.days(until: done))
        } else {
            state = day <= deadline ? .due(daysLeft: day.days(until: deadline)) : .overdue(days: deadline.days(until: day))
        }
    }
}

/// Where the term of a policy or standard stands on a given day 执行期限.
public enum TermStatus: Hashable, Sendable {
    case notStarted(daysLeft: Int)
    /// `daysLeft` is nil for a term without an end.
    case inForce(daysLeft: Int?)
    /// Ran out so many days ago (at least 1).
    case expired(days: Int)
    /// Had run out before the document that states it was signed: accepted and marked, not refused.
    case expiredAtIssue

    /// - Parameters:
    ///   - from: First day; nil is since ever.
    ///   - until: Last day; nil is open.
    public init(from: Day?, until: Day?, signedOn: Day, asOf day: Day) {
        if let until, until < signedOn {
            self = .expiredAtIssue
        } else if let from, day < from {
            self = .notStarted(daysLeft: day.days(until: from))
        } else if let until, until < day {
            self = .expired(days: until.days(until: day))
        } else {
            self = .inForce(daysLeft: until.map { day.days(until: $0) })
        }
    }
}

extension Day {
    func days(until later: Day) -> Int { Int(later.number) - Int(number) }
}
