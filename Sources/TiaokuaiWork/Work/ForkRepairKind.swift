import TiaokuaiModel

/// The statement by which a place's government owns up to a forked feed 分叉修复: what happened and which branches there are.
/// Drops and annuls nothing; the fork stops being shown as unexplained. Fields that differ are chosen by later claims.
public enum ForkRepairKind {
    public static let table = KindTable(
        "forkRepair", "分叉修复", .work, key: [.init("unit", .text), .init("feed", .bytes), .init("sequence", .decimal)], issuer: .key("unit"),
        fields: [
            FieldSpec("branches", 16, .internal, .soleIssuer, .list, "分支"),
            FieldSpec("cause", 17, .internal, .soleIssuer, .text, "原因"),
            FieldSpec("text", 18, .internal, .soleIssuer, .text, "说明"),
        ])

    /// Changeset ids of the parallel branches, 32 bytes each.
    public static let branches = table.number(of: "branches")
    /// `restoredBackup`, `clonedDisk` or `unknown`.
    public static let cause = table.number(of: "cause")
    public static let text = table.number(of: "text")
}
