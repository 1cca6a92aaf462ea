import TiaokuaiModel

/// A cell of figures 指标数据: one indicator, one period, one place. Each unit's claim on `value` is its report or its
/// determination; the working figure 工作口径 is settled over them 条块结合. Nobody edits another's.
public enum CellKind {
    public static let table = KindTable(
        "cell", "指标数据", .work, key: [.init("indicator", .text), .init("period", .text)], issuer: .indicatorReporter, reporter: .indicatorReporter,
        fields: [
            FieldSpec("value", 16, .internal, .authority, .decimal, "数值"),
            FieldSpec("remark", 17, .internal, .soleReporter, .text, "填报说明"),
            FieldSpec("measure", 18, .internal, .soleReporter, .text, "对应措施"),
            FieldSpec("review", 19, .internal, .workflow, .text, "审核"),
            FieldSpec("attachments", 20, .internal, .set, .text, "附件"),
        ],
        workflow: Workflow(
            states: ["returned", "submitted", "accepted"],
            events: [
                .init("submit", from: ["", "returned", "accepted"], to: "submitted", by: [.issuer]),
                .init("return", from: ["", "submitted", "accepted"], to: "returned", by: [.superior, .superiorUnit], needsNames: true),
                .init("accept", from: ["", "submitted"], to: "accepted", by: [.superior, .superiorUnit], needsNames: true),
            ]))

    /// In the indicator's base measure.
    public static let value = table.number(of: "value")
    public static let remark = table.number(of: "remark")
    /// The measure that the report serves: `<document number> <path>`.
    public static let measure = table.number(of: "measure")
    /// 退回 or accepted by a superior; the claims judged are in the operation's `names`, so that a later report is not
    /// taken for the one that was judged.
    public static let review = table.number(of: "review")
    /// `<sha-256 in hexadecimal> <file name>`.
    public static let attachments = table.number(of: "attachments")
}
