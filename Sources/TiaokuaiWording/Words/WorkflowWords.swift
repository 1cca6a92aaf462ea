/// States and events of every kind's workflow, in words.
public enum WorkflowWords {
    public static func state(_ name: String) -> Words? { states[name] }
    public static func event(_ name: String) -> Words? { events[name] }

    private static let states: [String: Words] = [
        "": Words("未开始", "not begun"),
        "open": Words("已立项", "open"), "inProgress": Words("办理中", "in progress"), "escalated": Words("已提级", "escalated"),
        "resolvedClaimed": Words("报结待核", "reported resolved"), "verified": Words("已核实", "verified"), "closed": Words("已销号", "closed"),
        "returned": Words("已退回", "returned"), "reopened": Words("已重启", "reopened"),
        "submitted": Words("已报送", "submitted"), "accepted": Words("已采纳", "accepted"),
        "raised": Words("已转报", "raised"), "taken": Words("已受理", "taken"), "sentBack": Words("已退回", "sent back"), "answered": Words("已答复", "answered"),
        "handling": Words("办理中", "being handled"),
        "filed": Words("已提请", "filed"), "withdrawn": Words("已撤回", "withdrawn"), "upheld": Words("维持原裁定", "upheld"),
    ]

    private static let events: [String: Words] = [
        "open": Words("立项", "open"), "start": Words("开始办理", "start"), "escalate": Words("提级", "escalate"), "resolve": Words("报结", "report resolved"),
        "verify": Words("核实", "verify"), "return": Words("退回", "return"), "close": Words("销号", "close"), "reopen": Words("重启", "reopen"),
        "submit": Words("报送", "submit"), "accept": Words("采纳", "accept"),
        "raise": Words("转报", "raise"), "take": Words("受理", "take"), "sendBack": Words("退回", "send back"), "answer": Words("答复", "answer"),
        "handle": Words("办理", "handle"),
        "file": Words("提请", "file"), "withdraw": Words("撤回", "withdraw"), "uphold": Words("维持原裁定", "uphold"),
    ]
}
