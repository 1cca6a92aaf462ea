import TiaokuaiModel

/// The terms in force at a place.
public struct DisputeTerms: Hashable, Sendable {
    public enum Consultation: String, Hashable, Sendable, CaseIterable {
        case monthly, quarterly, yearly
    }

    /// Whole days, 0 to 3,660.
    public var acknowledgeWithin: Int
    public var appealWithin: Int
    public var consultation: Consultation

    /// 15 days to acknowledge, 30 to appeal, a consultation each month (按月召开会商会议).
    public static let standard = DisputeTerms(acknowledgeWithin: 15, appealWithin: 30, consultation: .monthly)
    public static let maximumDays = 3_660

    public init(acknowledgeWithin: Int, appealWithin: Int, consultation: Consultation) {
        self.acknowledgeWithin = acknowledgeWithin
        self.appealWithin = appealWithin
        self.consultation = consultation
    }

    /// Reads the records of a path, the place's own first; a term out of range counts as not stated.
    public init(path records: [EffectiveRecord]) {
        func days(_ number: FieldNumber) -> Int? {
            records.lazy.compactMap { $0[number]?.decimal.flatMap { Int($0.description) } }.first { (0...DisputeTerms.maximumDays).contains($0) }
        }
        self = .standard
        if let days = days(ProcedureKind.acknowledgeWithin) { acknowledgeWithin = days }
        if let days = days(ProcedureKind.appealWithin) { appealWithin = days }
        if let stated = records.lazy.compactMap({ $0[ProcedureKind.consultation]?.text.flatMap(Consultation.init(rawValue:)) }).first { consultation = stated }
    }

    /// The period of the consultation after `held`, no earlier than that of `day`: `2020-09`, `2020-Q3`, `2020`; nil beyond the
    /// years that a period can name.
    public func next(after held: Day?, on day: Day) -> Period? {
        guard let current = period(of: day), let held, held >= current.firstDay else { return period(of: day) }
        return period(of: held).flatMap { period(of: max(current.lastDay, $0.lastDay).adding(1)) }
    }

    private func period(of day: Day) -> Period? {
        let (year, month, _) = day.parts
        let text =
            switch consultation {
            case .monthly: "\(year)-\(month < 10 ? "0" : "")\(month)"
            case .quarterly: "\(year)-Q\((month + 2) / 3)"
            case .yearly: "\(year)"
            }
        return try? Period(parsing: text)
    }
}
