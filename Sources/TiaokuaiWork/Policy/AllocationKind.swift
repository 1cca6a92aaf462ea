import TiaokuaiModel

/// What a parent assigns to one child place 分解任务, in the parent's policy partition. The parent's stands; the child
/// accepts or objects with a record at its own place.
public enum AllocationKind {
    public static let table = KindTable(
        "allocation", "分解任务", .policy, key: [.init("indicator", .text), .init("period", .text), .init("child", .text)], issuer: .government,
        fields: [
            FieldSpec("value", 16, .internal, .soleIssuer, .decimal, "任务数"),
            FieldSpec("deadline", 17, .internal, .soleIssuer, .day, "时限"),
            FieldSpec("document", 18, .internal, .soleIssuer, .text, "依据文件"),
            FieldSpec("clause", 19, .internal, .soleIssuer, .text, "条款"),
        ])

    /// In the indicator's base measure.
    public static let value = table.number(of: "value")
    public static let deadline = table.number(of: "deadline")
    public static let document = table.number(of: "document")
    public static let clause = table.number(of: "clause")
}
