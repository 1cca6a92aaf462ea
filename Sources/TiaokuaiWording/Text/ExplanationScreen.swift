/// `explain` as one screen of plain words: what is in use, by which rule and whose words, who said what and had seen what,
/// and who can change it how. Names are names already; codes are those of `--json`.
///
/// At most `rows` lines of `columns` columns, however much there is to say: lists end with how many are left out.
public struct ExplanationScreen {
    public struct Claim {
        public var unit: String
        /// With its measure; nil withdraws.
        public var value: String?
        public var verdict: String
        public var voidReason: String?
        public var day: String
        /// Names of the units whose words it was made in knowledge of.
        public var hadSeen: [String]
        public var isSample: Bool

        public init(unit: String, value: String?, verdict: String, voidReason: String?, day: String, hadSeen: [String], isSample: Bool) {
            self.unit = unit
            self.value = value
            self.verdict = verdict
            self.voidReason = voidReason
            self.day = day
            self.hadSeen = hadSeen
            self.isSample = isSample
        }
    }

    public struct Dispute {
        public var axis: String
        public var knowledge: String
        public var isSettled: Bool
        public var deciders: [String]

        public init(axis: String, knowledge: String, isSettled: Bool, deciders: [String]) {
            self.axis = axis
            self.knowledge = knowledge
            self.isSettled = isSettled
            self.deciders = deciders
        }
    }

    /// One tier's bound, for values joined along the path.
    public struct Step {
        public var place: String
        public var unit: String
        public var value: String
        public var standing: String
        public var source: String?
        /// From which day it counts.
        public var since: String?
        public var isSample: Bool

        public init(place: String, unit: String, value: String, standing: String, source: String?, since: String? = nil, isSample: Bool = false) {
            self.place = place
            self.unit = unit
            self.value = value
            self.standing = standing
            self.source = source
            self.since = since
            self.isSample = isSample
        }
    }

    public var reference: String
    public var field: String
    /// With its measure.
    public var value: String?
    public var blank: Words?
    public var rule: String
    public var fieldRule: String
    public var mode: String?
    /// Document and clause of the mode, or the place whose step decided.
    public var modeSource: String?
    public var claims: [Claim] = []
    public var refused: [Claim] = []
    public var dispute: Dispute?
    public var steps: [Step] = []
    /// Who can do what, in the order to show.
    public var changes: [(unit: String, actions: [Words])] = []
    public var isSample = false

    public init(reference: String, field: String, value: String?, blank: Words?, rule: String, fieldRule: String) {
        self.reference = reference
        self.field = field
        self.value = value
        self.blank = blank
        self.rule = rule
        self.fieldRule = fieldRule
    }

    public static let rows = 24
    public static let columns = 100

    public static let sample = Words("示例数据", "made-up figures")

    /// Bounds along a path, one tier in a row; also where nothing else is explained.
    public static func table(of steps: [Step], _ language: Language, within columns: Int = .max) -> [String] {
        func say(_ zh: String, _ en: String) -> String { Words(zh, en)[language] }
        var table = TextTable([
            .init(say("层级", "Tier")), .init(say("单位", "Unit")), .init(say("值", "Value"), .right), .init(say("结论", "Outcome")), .init(say("起算日", "Since")),
            .init(say("出处", "Source")), .init(""),
        ])
        for step in steps {
            table.add([
                step.place, step.unit, step.value, JudgementWords.verdict(step.standing)[language], step.since ?? "", step.source ?? "",
                step.isSample ? sample[language] : "",
            ])
        }
        return table.lines(within: columns)
    }

    public func lines(_ language: Language) -> [String] { Screen(facts: self, language: language).lines }
}

private struct Screen {
    let facts: ExplanationScreen
    let language: Language

    var lines: [String] {
        let head = [DisplayWidth.cut(heading, to: columns)] + wrapped(inUse, 2) + wrapped(ruleLine, 3)
        let fixed = head + steps + dispute
        let all = facts.claims + facts.refused
        // What is left goes to the claims and to who can change them, each below a blank line and a heading.
        let left = ExplanationScreen.rows - fixed.count - (all.isEmpty ? 0 : 2) - (facts.changes.isEmpty ? 0 : 2)
        let forChanges = min(facts.changes.count, max(left / 3, left - all.count, 1))
        return head + table(all, atMost: max(left - forChanges, 1)) + steps + dispute + changes(atMost: forChanges)
    }

    private var columns: Int { ExplanationScreen.columns }

    private func wrapped(_ text: String, _ lines: Int) -> [String] { DisplayWidth.wrapped(text, to: columns, lines: lines) }

    /// So many of a list, the last replaced by how many are left out.
    private func shortened<Item>(_ list: [Item], atMost count: Int) -> (shown: [Item], rest: Int) {
        list.count <= count ? (list, 0) : (Array(list.prefix(max(count - 1, 0))), list.count - max(count - 1, 0))
    }

    private func say(_ zh: String, _ en: String) -> String { Words(zh, en)[language] }
    private func list(_ names: [String]) -> String { names.joined(separator: say("、", ", ")) }

    private var heading: String {
        let head = "\(facts.reference) · \(facts.field)"
        let isSample = facts.isSample || (facts.claims + facts.refused).contains(where: \.isSample)
        return isSample ? "\(head) 【\(ExplanationScreen.sample[language])】" : head
    }

    private var inUse: String {
        if let value = facts.value { return say("在用:", "In use: ") + value }
        return say("在用:空(\(facts.blank?.zh ?? "没有值"))", "In use: blank (\(facts.blank?.en ?? "no value"))")
    }

    // 以条为主(高台县方案,保粮食能源安全 一(五)):县发改局 14.2 天 采用;县政府 15.6 天 保留,不采用。
    private var ruleLine: String {
        let standing = facts.claims.filter { $0.value != nil }.enumerated()
            .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .map { "\($0.element.unit) \($0.element.value ?? "") \(verdict($0.element))" }
        return rule + (standing.isEmpty ? "" : say(":", ": ") + standing.joined(separator: say(";", "; "))) + say("。", ".")
    }

    private func verdict(_ claim: ExplanationScreen.Claim) -> String { JudgementWords.verdict(claim.verdict, reason: claim.voidReason)[language] }

    private func rank(_ claim: ExplanationScreen.Claim) -> Int {
        switch claim.verdict {
        case "stands": 0
        case "decides": 1
        case "disputed", "forked", "incomplete": 2
        default: 3
        }
    }

    private var rule: String {
        // Where nothing decided, the mode that was stated, or that none was, is why.
        if let mode = facts.mode, facts.rule == "mode" || facts.value == nil {
            let words = ValueWords.of(field: "mode", value: mode)?[language] ?? mode
            return words + (facts.modeSource.map { say("(\($0))", " (\($0))") } ?? "")
        }
        if facts.rule == "strictest", let words = JudgementWords.fieldRule(facts.fieldRule) { return words[language] }
        return JudgementWords.rule(facts.rule)?[language] ?? facts.rule
    }

    private func table(_ all: [ExplanationScreen.Claim], atMost count: Int) -> [String] {
        guard !all.isEmpty else { return [] }
        var table = TextTable([
            .init(say("单位", "Unit")), .init(say("值", "Value"), .right), .init(say("结论", "Outcome")), .init(say("填写日", "Written")),
            .init(say("填写时已见", "Had seen")), .init(""),
        ])
        let (shown, rest) = shortened(all, atMost: count)
        for claim in shown {
            table.add([
                claim.unit, claim.value ?? say("(撤回)", "(withdraws)"), verdict(claim), claim.day,
                claim.hadSeen.isEmpty ? say("无", "none") : list(claim.hadSeen), claim.isSample ? ExplanationScreen.sample[language] : "",
            ])
        }
        let more = rest == 0 ? [] : [say("另有 \(rest) 次填报,见 tiaokuai history。", "\(rest) more: see tiaokuai history.")]
        return [""] + table.lines(within: columns) + more
    }

    private static let stepsShown = 5

    private var steps: [String] {
        guard !facts.steps.isEmpty else { return [] }
        let (shown, rest) = shortened(facts.steps, atMost: Screen.stepsShown)
        let more = rest == 0 ? [] : [say("另有 \(rest) 级,见 tiaokuai bounds。", "\(rest) more: see tiaokuai bounds.")]
        return ["", say("沿上下级路径:", "Along the path:")] + ExplanationScreen.table(of: shown, language, within: columns) + more
    }

    private var dispute: [String] {
        guard let dispute = facts.dispute else { return [] }
        let axis = JudgementWords.axis(dispute.axis)?[language] ?? dispute.axis
        let knowledge = JudgementWords.knowledge(dispute.knowledge)?[language] ?? dispute.knowledge
        let state = dispute.isSettled ? say("已按规则定,另一方保留并须知悉", "settled by rule; the other side stays on record and must acknowledge it") : say("未定", "undecided")
        let who = dispute.deciders.isEmpty ? say("裁定不及于此,只能协商", "no decision reaches it") : say("可裁定:", "may decide: ") + list(dispute.deciders)
        return [""] + wrapped(say("争议:\(axis),\(knowledge);\(state);\(who)", "Dispute: \(axis), \(knowledge); \(state); \(who)"), 2)
    }

    private func changes(atMost count: Int) -> [String] {
        guard !facts.changes.isEmpty else { return [] }
        let (shown, rest) = shortened(facts.changes, atMost: count)
        let lines = shown.map { change in DisplayWidth.cut("  \(change.unit)\(say(":", ": "))\(list(change.actions.map { $0[language] }))", to: columns) }
        let more = rest == 0 ? [] : [say("  另有 \(rest) 个单位", "  \(rest) more units")]
        return ["", say("谁能改、怎么改:", "Who can change it, and how:")] + lines + more
    }
}
