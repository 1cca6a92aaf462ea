import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension NodeView {
    /// Where the term of a standard stands. One that repeats a standard above has that one's day of issue.
    func term(_ row: RecordRow, asOf day: Day, _ facts: FactMaker) throws -> TermRow? {
        let record = try effective(row.ref)
        guard let until = record[StandardKind.termTo]?.day ?? record[StandardKind.termFrom]?.day else { return nil }
        let from = record[StandardKind.termFrom]?.day
        let judged = try judgement(of: row)
        let issuing = judged?.judgement == .repeats ? judged?.top ?? row : row
        let document = try effective(issuing.ref)[StandardKind.document]?.text
        var signedOn = try issuing.key.partition.place.flatMap { try signingDay(of: document, at: $0) }
        if signedOn == nil { signedOn = try settledOperations(of: issuing.ref).map(\.operation.written.day).min() }
        guard let signedOn else { return nil }
        let end = record[StandardKind.termTo]?.day
        let (state, days): (String, Int?) =
            day < signedOn
            ? ("notIssued", nil)
            : {
                switch TermStatus(from: from, until: end, signedOn: signedOn, asOf: day) {
                case .notStarted(let days): ("notStarted", days)
                case .inForce(let days): ("inForce", days)
                case .expired(let days): ("expired", days)
                case .expiredAtIssue: ("expiredAtIssue", Int(day.number) - Int(until.number))
                }
            }()
        return TermRow(record: try facts.record(row), signedOn: signedOn.description, from: from?.description, until: end?.description, state: state, days: days)
    }
}

extension IndicatorDefinition {
    /// The last period of its frequency that had ended before the day; nil for what is reported once.
    func lastPeriod(before day: Day) -> Period? {
        let (year, month, _) = day.parts
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let text: String? =
            switch frequency {
            case .daily: day.adding(-1).description
            case .monthly: month == 1 ? "\(year - 1)-12" : "\(year)-\(padded(month - 1))"
            case .quarterly: month <= 3 ? "\(year - 1)-Q4" : "\(year)-Q\((month - 1) / 3)"
            case .yearly: "\(year - 1)"
            case .once: nil
            }
        return text.flatMap { try? Period(parsing: $0) }
    }
}
