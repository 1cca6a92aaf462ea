import TiaokuaiModel

/// How disputes are dealt with at a place and below it 议事规则: how often the consultation 会商 meets, and within how many days a
/// losing side says that it has read the outcome, or asks for another look. The nearest place on the path that states a
/// term counts; where none does, the default. Views of a day: no value is decided by a term.
public enum ProcedureKind {
    public static let table = KindTable(
        "procedure", "议事规则", .policy, key: [.init("matter", .text)], issuer: .government,
        fields: [
            FieldSpec("acknowledgeWithin", 16, .internal, .soleIssuer, .decimal, "知悉期限(天)"),
            FieldSpec("appealWithin", 17, .internal, .soleIssuer, .decimal, "提请复核期限(天)"),
            FieldSpec("consultation", 18, .internal, .soleIssuer, .text, "会商周期"),
            FieldSpec("document", 19, .internal, .soleIssuer, .text, "依据文件"),
            FieldSpec("clause", 20, .internal, .soleIssuer, .text, "条款"),
        ])

    /// The one matter there is: disputes 争议.
    public static let disputes = "disputes"

    /// Kinds whose records a matter is about.
    public static let kinds: [String: Set<KindName>] = [disputes: [AppealKind.table.name, AcknowledgementKind.table.name]]

    public static let acknowledgeWithin = table.number(of: "acknowledgeWithin")
    public static let appealWithin = table.number(of: "appealWithin")
    /// `monthly`, `quarterly` or `yearly`.
    public static let consultation = table.number(of: "consultation")
    public static let document = table.number(of: "document")
    public static let clause = table.number(of: "clause")
}
