/// Agendas, appeals, acknowledgements and the course of a dispute in words, by the stable codes of `--json`.
public enum DisputeWords {
    /// Why a matter is on an agenda.
    public static func why(_ code: String) -> Words? {
        [
            "undecided": Words("未定", "undecided"), "reopened": Words("裁定后有新情况", "a new fact after the decision"), "appeal": Words("提请复核", "appeal"),
        ][code]
    }

    /// How often a consultation meets.
    public static func consultation(_ code: String) -> Words? {
        ["monthly": Words("按月会商", "monthly"), "quarterly": Words("按季会商", "quarterly"), "yearly": Words("按年会商", "yearly")][code]
    }

    /// Where an appeal stands.
    public static func appeal(_ code: String) -> Words? {
        [
            "filed": Words("已提请,待复核;其间裁定照用", "filed; the decision stands meanwhile"), "upheld": Words("维持原裁定", "the decision was upheld"),
            "replaced": Words("已另行裁定", "another decision took its place"), "withdrawn": Words("已撤回", "withdrawn"),
            "pending": Words("所涉记录未到", "what it is about has not arrived"), "void": Words("无效", "void"),
        ][code]
    }

    /// Why an acknowledgement or an appeal has no effect; other codes are the engine's reasons.
    public static func refusal(_ code: String) -> Words? {
        [
            "nothingLost": Words("该单位没有未被采用的填报", "no claim of the unit lost"), "notYourClaim": Words("不是该单位的填报", "not the unit's own claim"),
            "unknownDecision": Words("所指的不是裁定", "what it names is no decision"), "noTierAbove": Words("上面没有可复核的政府", "no government above can look at it again"),
        ][code] ?? JudgementWords.voidReason(code)
    }

    /// Whether a losing side has read the outcome; `answer` is a code of the acknowledgement's own field.
    public static func acknowledgement(_ code: String, answer: String? = nil, day: String? = nil, due: String, late: Int? = nil) -> Words? {
        let said = answer.flatMap { ValueWords.of(field: "answer", value: $0) }
        let facts = ["day": day ?? "", "due": due, "late": late.map(String.init) ?? "", "zhAnswer": said?.zh ?? "", "enAnswer": said?.en ?? ""]
        return [
            "acknowledged": Words("已知悉[({zhAnswer})][ {day}]", "acknowledged[ ({enAnswer})][ {day}]"),
            "due": Words("待知悉,{due} 前", "to acknowledge by {due}"), "overdue": Words("应于 {due} 前知悉,逾期[ {late} 天]", "should have acknowledged by {due}[, {late} days late]"),
        ][code]?.filled(facts)
    }

    /// A step in the course of a dispute.
    public static func step(_ code: String) -> Words? { steps[code] }

    private static let steps: [String: Words] = [
        "claim": Words("填报", "claims"), "newFact": Words("举出新情况", "cites a new fact"), "withdrawal": Words("撤回", "withdraws"),
        "decision": Words("裁定", "decides"), "annulment": Words("撤销裁定", "annuls the decision"), "acknowledgement": Words("知悉", "acknowledges"),
        "objection": Words("异议", "objects"), "appeal": Words("提请复核", "appeals"), "appealUpheld": Words("维持原裁定", "upholds the decision"),
        "appealWithdrawn": Words("撤回提请", "withdraws the appeal"),
    ]

    /// Who can end a blank or a dispute, and how; names are those of the units.
    public static func waysOut(blank code: String?, sides: [String], deciders: [String], forked: [String]) -> Words {
        func zh(_ names: [String]) -> String { names.joined(separator: "、") }
        func en(_ names: [String]) -> String { names.joined(separator: ", ") }
        if code == "forked" {
            return Words("只能由\(zh(forked))在自己的两个值中选定", "only \(en(forked)) can choose between its own two")
        }
        let agree = Words("\(zh(sides))任一方改报成一致或撤回", "any of \(en(sides)) lodges the same or withdraws")
        guard !deciders.isEmpty else { return Words(agree.zh + ";裁定不及于此", agree.en + "; no decision reaches it") }
        return Words(agree.zh + ",或由\(zh(deciders))裁定", agree.en + ", or \(en(deciders)) decides")
    }
}
