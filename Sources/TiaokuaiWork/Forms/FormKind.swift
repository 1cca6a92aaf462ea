import TiaokuaiModel

/// A record kind as data 表式: published by a government into the policy partition of its place, for records at that place
/// and below. A node reads the `form` record into a `KindTable` and goes by it as by one of its own.
///
/// To declare a kind by hand, make a `KindTable` whose name has a dot and write it as a draft:
///
///     let duty = KindTable("flood.duty", "防汛值班", english: "duty roster", .work, key: [.init("day", .text, Label("日期", "day"))], …)
///     try node.write([FormKind.draft(of: duty, at: "620000", by: "620000.gov", person: "clerk")])
///
/// Claims are then lodged on `RecordKey(.work(place, nil), "flood.duty", ["2020-08-14"])` with `duty.field(named:)`'s numbers.
/// Who leads its records 条块 is said by a matrix entry whose `indicators` name the kind: `["flood.duty"]`.
///
/// A later version (the same record, written again) may add fields, states, events and choices and change titles; what
/// stood before stays (`KindTable.fault(ofSuccessor:)`). A form is never taken back.
public enum FormKind {
    public static let table = KindTable(
        "form", "表式", .policy, key: [.init("name", .text)], issuer: .government,
        fields: [
            FieldSpec("title", 16, .public, .soleIssuer, .text, "名称"),
            FieldSpec("english", 17, .public, .soleIssuer, .text, "英文名称"),
            FieldSpec("stream", 18, .public, .soleIssuer, .text, "流向"),
            FieldSpec("key", 19, .public, .soleIssuer, .list, "编号组成"),
            FieldSpec("fields", 20, .public, .soleIssuer, .list, "字段"),
            FieldSpec("choices", 21, .public, .soleIssuer, .list, "可选值"),
            FieldSpec("states", 22, .public, .soleIssuer, .list, "状态"),
            FieldSpec("events", 23, .public, .soleIssuer, .list, "办理环节"),
            FieldSpec("issuer", 24, .public, .soleIssuer, .text, "签发单位"),
            FieldSpec("reporter", 25, .public, .soleIssuer, .text, "填报单位"),
            FieldSpec("line", 26, .public, .soleIssuer, .text, "条线"),
            FieldSpec("confidentialTo", 27, .internal, .soleIssuer, .text, "限知条线"),
            FieldSpec("document", 28, .public, .soleIssuer, .text, "依据文件"),
        ])

    public static let title = table.number(of: "title")
    public static let english = table.number(of: "english")
    /// `policy`, `work` or `local`.
    public static let stream = table.number(of: "stream")
    /// Each part: name, type, title, English title.
    public static let key = table.number(of: "key")
    /// Each field: number, name, type, class, rule, title, English title, measure ("" for none).
    public static let fields = table.number(of: "fields")
    /// Each choice: field, code, title, English title.
    public static let choices = table.number(of: "choices")
    /// Safest first; each state: code, title, English title.
    public static let states = table.number(of: "states")
    /// Each event: name, title, English title, states that it starts from ("" for none yet), state that it leads to, roles,
    /// needs (`evidence`, `names`, `episode`), event whose last author may not do it ("" for none).
    public static let events = table.number(of: "events")
    /// `government`, `governmentOnPath`, `line`, `unitOfPlace`, or `key:<part>`.
    public static let issuer = table.number(of: "issuer")
    public static let reporter = table.number(of: "reporter")
    public static let line = table.number(of: "line")
    public static let confidentialTo = table.number(of: "confidentialTo")
    public static let document = table.number(of: "document")

    /// The key of a form's record.
    public static func key(of name: KindName, at place: RegionID) -> RecordKey { RecordKey(.policy(place), table.name, [.text(name.text)]) }
}
