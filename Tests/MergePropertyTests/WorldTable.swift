import TiaokuaiModel

/// A kind with a field of every rule, for the generated worlds.
enum WorldTable {
    static let text = FieldSpec("text", 16, .public, .soleIssuer, .text, "正文")
    static let remark = FieldSpec("remark", 17, .internal, .soleReporter, .text, "说明")
    static let floor = FieldSpec("floor", 18, .internal, .strictest(.floor), .decimal, "下限")
    static let ceiling = FieldSpec("ceiling", 19, .internal, .strictest(.ceiling), .decimal, "上限")
    static let deadline = FieldSpec("deadline", 20, .internal, .strictest(.earliest), .day, "期限")
    static let figure = FieldSpec("figure", 21, .internal, .authority, .decimal, "工作口径")
    static let category = FieldSpec("category", 22, .internal, .authority, .text, "类别")
    static let leader = FieldSpec("leader", 23, .internal, .holder, .text, "责任单位")
    static let state = FieldSpec("state", 24, .internal, .workflow, .text, "状态")
    static let attachments = FieldSpec("attachments", 25, .internal, .set, .text, "附件")

    static let own = [text, remark, floor, ceiling, deadline, figure, category, leader, state, attachments]

    /// What nobody here can read; of one mark byte for byte the same.
    static func sealed(_ mark: UInt8) -> Value {
        .sealed(
            SealedValue(
                suite: .hpke, receiver: NodeID(.zero), key: .zero, binding: .zero, wrapped: [UInt8](repeating: mark, count: 32),
                ciphertext: [UInt8](repeating: mark, count: 272)))
    }

    static let kind = KindTable(
        "world", "世界", .work, key: [KindTable.KeyField("name", .text)], issuer: .government, fields: own, workflow: workflow)

    static let workflow = Workflow(
        states: ["reopened", "returned", "open", "inProgress", "resolvedClaimed", "verified", "closed"],
        events: [
            .init("open", from: [""], to: "open", by: [.issuer, .government], opensEpisode: true),
            .init("take", from: ["open", "reopened", "returned"], to: "inProgress", by: [.holder("leader"), .lead, .government]),
            .init("note", from: ["inProgress"], to: "inProgress", by: [.anyone]),
            .init("resolve", from: ["inProgress"], to: "resolvedClaimed", by: [.holder("leader"), .lead], needsEvidence: true),
            .init("return", from: ["resolvedClaimed", "verified"], to: "returned", by: [.government, .superior], needsNames: true),
            .init("verify", from: ["resolvedClaimed"], to: "verified", by: [.government, .lead, .superiorUnit], needsNames: true, notByAuthorOf: "resolve"),
            .init("close", from: ["verified"], to: "closed", by: [.government, .lead], needsEvidence: true, needsNames: true, notByAuthorOf: "resolve"),
            .init("reopen", from: ["resolvedClaimed", "verified", "closed"], to: "reopened", by: [.anyone], opensEpisode: true),
        ])

    /// Numbers that no field of the kind has.
    static let unknown = FieldNumber(index: 90, class: .internal)
    static func unknown(_ index: UInt32) -> FieldNumber { FieldNumber(index: 90 + index, class: .internal) }
}
