import TiaokuaiModel

/// A warning 预警线索 that a unit above sends to a place to be verified: a household that may be falling into hardship, a firm that may stop.
/// Whom it is about only the node of the place may read, so it goes down sealed (R16); what came of it is said without a name.
public enum WarningKind {
    public static let table = KindTable(
        "warning", "预警线索", .work, key: [.init("unit", .text), .init("year", .decimal), .init("number", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("title", 16, .internal, .soleIssuer, .text, "预警事项"),
            FieldSpec("household", 17, .personal, .soleIssuer, .text, "涉及家庭"),
            FieldSpec("deadline", 18, .internal, .soleIssuer, .day, "核实时限"),
            FieldSpec("state", 19, .internal, .workflow, .text, "状态"),
        ],
        workflow: Workflow(
            states: ["raised", "taken", "answered"],
            events: [
                .init("raise", from: ["", "answered"], to: "raised", by: [.issuer], opensEpisode: true),
                .init("take", from: ["raised"], to: "taken", by: [.government, .lead], needsNames: true),
                .init("answer", from: ["raised", "taken"], to: "answered", by: [.government, .lead], needsEvidence: true, needsNames: true),
            ]))

    public static let title = table.number(of: "title")
    /// Named people: sealed to a node of the place, or nothing.
    public static let household = table.number(of: "household")
    public static let deadline = table.number(of: "deadline")
    public static let state = table.number(of: "state")
}
