import TiaokuaiModel

/// One person's tenure of a post 职务. A new holder is a new record, so that history keeps who held the post on any day.
///
/// The person is a name of the node's own (`620724.ndrc.p1`), never a real name; the fields are internal.
public enum PostKind {
    public static let table = KindTable(
        "post", "职务", .policy, key: [.init("unit", .text), .init("post", .text), .init("from", .text)], issuer: .key("unit"),
        fields: [
            FieldSpec("person", 16, .internal, .soleIssuer, .text, "任职人"),
            FieldSpec("until", 17, .internal, .soleIssuer, .day, "离任日"),
        ])

    public static let person = table.number(of: "person")
    /// The last day of the tenure; absent while it lasts.
    public static let until = table.number(of: "until")
}

/// A `post` record, read.
public struct Tenure: Hashable, Sendable {
    public let post: PostReference
    public let person: PersonID
    public let from: Day
    /// The last day held; nil while it lasts.
    public let until: Day?

    public init(post: PostReference, person: PersonID, from: Day, until: Day?) {
        self.post = post
        self.person = person
        self.from = from
        self.until = until
    }

    /// Nil for a record of another kind, a malformed key, or one without a person in use.
    public init?(_ record: EffectiveRecord) {
        guard record.key.kind == PostKind.table.name, let unit = record.keyText(0), let post = record.keyText(1), let from = record.keyText(2),
            let reference = try? PostReference(parsing: "\(unit):\(post)"), let day = try? Day(parsing: from),
            let person = record[PostKind.person]?.text.flatMap({ try? PersonID(checking: $0) })
        else { return nil }
        self.init(post: reference, person: person, from: day, until: record[PostKind.until]?.day)
    }

    /// True on every day of the tenure, first and last included.
    public func covers(_ day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }

    /// Who holds the post on that day: of overlapping tenures the one that began last, then by person. Nil is vacant.
    public static func holder(of post: PostReference, on day: Day, among tenures: [Tenure]) -> Tenure? {
        tenures.filter { $0.post == post && $0.covers(day) }.max { ($0.from, $0.person) < ($1.from, $1.person) }
    }

    /// The posts of this unit that the person holds on that day, ascending; an act for the unit needs at least one (R11).
    public static func posts(of person: PersonID, in unit: UnitID, on day: Day, among tenures: [Tenure]) -> [String] {
        Set(tenures.filter { $0.person == person && $0.post.unit == unit && $0.covers(day) }.map(\.post.post)).sorted()
    }
}
