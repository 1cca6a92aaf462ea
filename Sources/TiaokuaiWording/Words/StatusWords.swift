/// Views' states in words: targets, deadlines, terms, citations.
public enum StatusWords {
    public static func assessment(_ code: String) -> Words? {
        [
            "met": Words("达到", "met"), "notMet": Words("未达到", "not met"), "aspirationalShort": Words("力争目标未达到", "aspirational, short"),
            "noFigure": Words("没有数据", "no figure"), "disputed": Words("数据有争议", "disputed"), "noBound": Words("没有目标值", "no bound"),
            "sealed": Words("数据密封,在此不能核对", "sealed, can't be compared here"),
        ][code]
    }

    /// Whether a date is kept; `days` are late or left.
    public static func deadline(_ code: String, days: Int? = nil) -> Words? {
        let facts = ["days": days.map(String.init) ?? ""]
        return [
            "notIssued": Words("当时尚未印发", "not issued yet"), "met": Words("按时完成", "met in time"), "metLate": Words("迟[ {days} 天]完成", "met[ {days} days] late"),
            "due": Words("[还有 {days} 天]到期", "due[ in {days} days]"), "overdue": Words("逾期[ {days} 天]", "overdue[ by {days} days]"),
            "notStarted": Words("尚未开始", "not begun"), "inForce": Words("执行中", "in force"), "expired": Words("已到期[ {days} 天]", "expired[ {days} days ago]"),
            "expiredAtIssue": Words("印发时已过期", "expired when issued"),
        ][code]?.filled(facts)
    }

    /// Where a dispute stands.
    public static func dispute(_ code: String) -> Words? {
        [
            "undecided": Words("未定", "undecided"), "reopened": Words("裁定后又有新情况,重开", "reopened by a new fact after the decision"),
            "byRule": Words("已按规则定,另一方保留", "settled by rule, the other side is kept"), "ended": Words("已了结", "ended"),
        ][code]
    }

    /// What ended a dispute.
    public static func disputeEnd(_ code: String) -> Words? {
        [
            "decision": Words("裁定", "by decision"), "agreement": Words("一方改报,各方一致", "by agreement"), "withdrawal": Words("一方撤回", "by withdrawal"),
            "event": Words("流程后续步骤", "by a later step"), "otherwise": Words("责任分工已变", "who governs has changed"),
        ][code]
    }

    public static let dueBeforeIssue = Words("印发时已到期", "due before it was issued")

    public static func citation(_ code: String) -> Words? {
        [
            "resolved": Words("已找到", "resolved"), "mismatch": Words("文号不符", "number differs"), "titleMismatch": Words("标题不符", "title differs"),
            "pending": Words("原文未到", "pending"),
        ][code]
    }
}
