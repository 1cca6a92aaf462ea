/// What the audit's questions come to, in words; codes as in `--json`. One that the tables don't know shows as itself.
public enum AuditWords {
    /// Which sort of act a policy stands against.
    public static func why(_ code: String) -> Words {
        [
            "supersededVersion": Words("依据的方案已有新版本", "cites a version of the matrix that another supersedes"),
            "inert": Words("比上级宽,不起作用", "looser than what stands above it, and without effect"),
            "refused": Words("与统一标准不一致,未采用", "differs from a standard, and is refused"),
            "inForce": Words("当日已有这项政策", "was made under a policy in force that day"),
        ][code] ?? Words(code, code)
    }

    /// Whether an act's author could have known the policy.
    public static func knowledge(_ code: String) -> Words {
        [
            "could": Words("应当知道", "could have known it"), "couldNot": Words("办理时不可能知道", "could not have known it"),
            "unproven": Words("无从证明", "not proven either way"),
        ][code] ?? Words(code, code)
    }

    /// What became of a figure that a circular used.
    public static func figure(_ state: String) -> Words {
        [
            "same": Words("没有变", "the same"), "changed": Words("后来变了", "changed later"), "blank": Words("现在没有采用的值", "no value is in use any more"),
            "notHeld": Words("这里没有", "not held here"),
        ][state] ?? Words(state, state)
    }

    /// How far it is proven that a figure was late.
    public static func lateness(_ code: String) -> Words {
        [
            "madeLate": Words("迟填,有证明", "made late, proven"), "inTime": Words("按时收到,有证明", "in time, proven"),
            "statedLate": Words("自述迟填,没有证明", "late by its author's clock, not proven"), "statedInTime": Words("自述按时,没有证明", "in time by its author's clock, not proven"),
        ][code] ?? Words(code, code)
    }
}
