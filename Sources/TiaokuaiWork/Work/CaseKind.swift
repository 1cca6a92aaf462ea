import TiaokuaiModel

/// A case 案件 that links items and routes, at the place that handles it; only that place and its superiors see it.
public enum CaseKind {
    public static let table = KindTable(
        "caseRecord", "案件", .work, key: [.init("unit", .text), .init("year", .decimal), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "案由"),
            FieldSpec("linkingGround", 17, .internal, .soleIssuer, .text, "并案依据"),
            FieldSpec("handler", 18, .internal, .holder, .text, "承办单位"),
            FieldSpec("members", 19, .internal, .set, .bytes, "并入事项"),
            FieldSpec("observers", 20, .internal, .set, .text, "知情单位"),
            FieldSpec("state", 21, .internal, .workflow, .text, "状态"),
        ],
        workflow: Workflow(
            states: ["reopened", "open", "handling", "closed"],
            events: [
                .init("open", from: [""], to: "open", by: [.issuer], opensEpisode: true),
                .init("handle", from: ["open", "reopened"], to: "handling", by: [.issuer, .holder("handler"), .government]),
                .init("close", from: ["handling"], to: "closed", by: [.issuer, .government, .superior], needsEvidence: true, needsNames: true),
                .init("reopen", from: ["handling", "closed"], to: "reopened", by: [.anyone], needsEvidence: true, opensEpisode: true),
            ]))

    public static let title = table.number(of: "title")
    public static let linkingGround = table.number(of: "linkingGround")
    /// The unit that handles it.
    public static let handler = table.number(of: "handler")
    /// Record ids of items and escalations, 32 bytes each.
    public static let members = table.number(of: "members")
    /// Unit ids: the other routes look on.
    public static let observers = table.number(of: "observers")
    public static let state = table.number(of: "state")
    /// The last state.
    public static let closed = "closed"
}

/// What a place below is told of a case that touches it, as a record at that place 案件分办.
public enum CasePartKind {
    public static let table = KindTable(
        "casePart", "案件分办", .work, key: [.init("unit", .text), .init("case", .bytes)], issuer: .key("unit"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "案由"),
            FieldSpec("handler", 17, .internal, .soleIssuer, .text, "承办单位"),
            FieldSpec("observers", 18, .internal, .soleIssuer, .list, "知情单位"),
            FieldSpec("items", 19, .internal, .soleIssuer, .list, "本地事项"),
            FieldSpec("note", 20, .internal, .soleIssuer, .text, "说明"),
        ])

    public static let title = table.number(of: "title")
    public static let handler = table.number(of: "handler")
    public static let observers = table.number(of: "observers")
    /// Record ids of this place's items and escalations, 32 bytes each.
    public static let items = table.number(of: "items")
    public static let note = table.number(of: "note")
}
