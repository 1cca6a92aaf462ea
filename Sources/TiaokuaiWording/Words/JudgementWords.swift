/// What the engine decided, in words, by the stable codes of `--json`. A test walks through every case of the engine's types.
public enum JudgementWords {
    /// A claim's verdict, short enough for a column; `reason` is a void one's.
    public static func verdict(_ code: String, reason: String? = nil) -> Words {
        if code == "void", let reason, let words = voidReason(reason) { return Words("无效:\(words.zh)", "void: \(words.en)") }
        return verdicts[code] ?? Words(code, code)
    }

    public static func voidReason(_ code: String) -> Words? { voidReasons[code] ?? FormFaultWords.of(code) }
    public static func rule(_ code: String) -> Words? { rules[code] }
    public static func axis(_ code: String) -> Words? { axes[code] }
    public static func knowledge(_ code: String) -> Words? { knowledges[code] }
    public static func fieldRule(_ code: String) -> Words? { fieldRules[code] }
    /// Codes of all verdicts with their words.
    public static var allVerdicts: [(code: String, words: Words)] { verdicts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    /// Verdicts by their code or by what screens call them, whole or to a comma, else by a part of it; empty for what is none.
    public static func verdictCodes(of text: String) -> Set<String> {
        if verdicts[text] != nil { return [text] }
        func names(_ words: Words) -> [String] { [words.zh, words.en] + words.zh.split(separator: ",").map(String.init) + words.en.split(separator: ", ").map(String.init) }
        let whole = Set(verdicts.filter { names($0.value).contains(text) }.keys)
        guard whole.isEmpty, text.count > 1 else { return whole }
        return Set(verdicts.filter { $0.value.zh.contains(text) || $0.value.en.contains(text) }.keys)
    }

    /// Why a field is blank; `units` are the names of those that it speaks of.
    public static func blank(_ code: String, units: [String] = []) -> Words? {
        blanks[code]?.filled(["zhUnits": units.joined(separator: "、"), "enUnits": units.joined(separator: ", ")])
    }

    /// What somebody can do about a value; `event` is the workflow's for `raise`.
    public static func action(_ code: String, event: String? = nil) -> Words? {
        if code == "raise", let event { return WorkflowWords.event(event) ?? Words(event, event) }
        return actions[code]
    }

    private static let verdicts: [String: Words] = [
        "stands": Words("采用", "in use"), "overruled": Words("保留,不采用", "kept, overruled"), "disputed": Words("有争议,未定", "disputed, undecided"),
        "incomplete": Words("联合发文未齐", "joint issue incomplete"), "inert": Words("宽于上级,保留不生效", "looser than the bound, kept and inert"),
        "objection": Words("异议,保留", "objection, kept"), "replaced": Words("已被本单位更正", "replaced by its own unit"),
        "withdrawn": Words("已撤回", "withdrawn"), "forked": Words("两台机器不一致,待本单位选定", "forked, its unit must choose"),
        "pending": Words("等待前项或表式到达", "waits for what it names or for its form"), "void": Words("无效", "void"), "passed": Words("已过", "passed"), "decides": Words("裁定", "decides"),
        // Where bounds are joined along the path.
        "effective": Words("采用", "in effect"), "equal": Words("与之相同", "the same"), "shadowed": Words("另有更严的", "a stricter one stands"),
        "stretch": Words("力争目标,不作约束", "aspirational, not binding"), "incomparable": Words("不可比", "not comparable"),
        // Where standards are compared.
        "repeats": Words("重申上级标准", "repeats the superior's"), "refused": Words("与上级不符,保留不生效", "differs from the superior's, kept and refused"),
        "withinDiscretion": Words("在裁量范围内", "within discretion"), "undecided": Words("未定", "undecided"),
    ]

    private static let voidReasons: [String: Words] = [
        "unitNotGranted": Words("签名节点无权以该单位名义填写", "the signing node may not write for the unit"),
        "credentialCut": Words("签名节点的凭证已撤销", "the signing node's credential was cut"),
        "unitTakenOver": Words("该单位已由自己的节点接管", "the unit's own node took it over"),
        "rehearsal": Words("演练内容不进正式网络", "a rehearsal's word in a real network"),
        "personalField": Words("含个人信息", "it holds personal data"),
        "outsidePartition": Words("超出节点的范围", "outside the node's scope"),
        "sealedElsewhere": Words("密封值是从别处抄来的", "a sealed value copied from elsewhere"),
        "notSealable": Words("这个字段的值不能密封", "values of this field can't be sealed"),
        "unknownField": Words("没有这个字段", "unknown field"),
        "wrongType": Words("值的类型不对", "wrong type of value"),
        "noGround": Words("裁定没有依据", "a decision without a ground"),
        "noEvidence": Words("没有佐证", "without evidence"),
        "noNames": Words("没有指明所评判的填报", "does not name what it judges"),
        "overQuota": Words("超过限额", "over quota"),
        "emptyOperation": Words("没有内容", "empty"),
        "notAChoice": Words("不在可选值之内", "none of the choices"),
        "malformedKey": Words("记录编号不对", "malformed key"),
        "notOnPath": Words("单位不在该记录的上下级路径上", "the unit is not on the record's path"),
        "notIssuer": Words("不是签发单位", "not an issuer"),
        "notReporter": Words("不是填报单位", "not the reporting unit"),
        "notAdmitted": Words("该单位在此无发言权", "the unit has no voice here"),
        "notDecider": Words("无权裁定", "may not decide"),
        "deciderLodged": Words("裁定者自己也填报了", "the decider lodged a claim itself"),
        "statisticsDecide": Words("统计指标由统计部门定", "statistics decide"),
        "verticalUnit": Words("对垂管单位只能商请", "a vertically managed unit can only be asked"),
        "eventNotAllowed": Words("当前状态不允许这一步", "not allowed in this state"),
        "wrongRole": Words("不该由该单位办", "not this unit's to do"),
        "sameUnitAsResolver": Words("办理单位不能自己核实销号", "who resolved may not verify or close"),
        "unknownNames": Words("所指的填报或环节不存在", "names something that is not there"),
        "notMemberAuthor": Words("只有添加者能移除", "only its author's unit may remove it"),
        "notHolder": Words("不是承办者", "not the holder"),
        "matrixMalformed": Words("责任分工写法不对", "an entry of the responsibility matrix that can't be read"),
        "matrixContradictsItself": Words("责任分工自相矛盾", "an entry of the responsibility matrix that contradicts itself"),
    ]

    private static let blanks: [String: Words] = [
        "noClaim": Words("还没有人填报", "nobody has lodged a claim yet"),
        "undecided": Words("各方不一致,没有一致过的值", "equal claims differ, and none was ever agreed"),
        "forked": Words("{zhUnits}的两台机器不一致,待其选定", "{enUnits} wrote differently on two machines and must choose"),
        "incompleteJointIssue": Words("联合发文,还差:{zhUnits}", "joint issue, missing: {enUnits}"),
        "noReport": Words("只有上级核定,没有填报", "only determinations from above, no report beside them"),
    ]

    private static let rules: [String: Words] = [
        "sole": Words("以签发或填报单位为准", "its issuer's or reporter's alone"), "strictest": Words("从严", "the strictest"),
        "agreement": Words("各方一致", "agreed by all"), "mode": Words("按条块关系", "by line and block"), "decision": Words("按裁定", "by decision"),
        "lastAgreed": Words("沿用最后一致的值", "the value last agreed"), "statistics": Words("谁主管谁统计", "statistics decide"),
        "workflow": Words("按办理流程", "by the workflow"), "set": Words("各单位添加", "as added by units"), "none": Words("没有在用的值", "no value in use"),
    ]

    private static let fieldRules: [String: Words] = [
        "soleIssuer": Words("以签发单位为准", "its issuer's alone"), "soleReporter": Words("以填报单位为准", "its reporter's alone"),
        "strictest": Words("从严", "the strictest"), "floor": Words("从严(底线取高)", "strictest (the higher floor)"),
        "ceiling": Words("从严(上限取低)", "strictest (the lower ceiling)"), "earliest": Words("从严(时限取早)", "strictest (the earlier day)"),
        "authority": Words("按条块关系", "by line and block"), "holder": Words("一个承办者,最后一致的留任", "one holder, the last agreed stays"),
        "workflow": Words("按办理流程", "by the workflow"), "set": Words("各单位添加", "as added by units"), "accompanying": Words("随附", "accompanying"),
    ]

    private static let axes: [String: Words] = ["vertical": Words("上下级之间", "between tiers"), "inTier": Words("同级之间", "within a tier")]

    private static let knowledges: [String: Words] = [
        "parallel": Words("互不知情", "in ignorance of each other"), "conflicting": Words("知情而不同", "in knowledge of each other"),
    ]

    private static let actions: [String: Words] = [
        "lodge": Words("填报", "lodge a claim"), "report": Words("填报后,上级的核定才算数", "report, so that the determination counts"),
        "amend": Words("改报", "lodge another claim"), "agree": Words("改成与另一方一致", "lodge the same as the other side"),
        "withdraw": Words("撤回", "withdraw"), "choose": Words("在自己的两个值中选定一个", "choose between its own two"),
        "joinIssue": Words("以同样内容联署", "lodge the same content"), "decide": Words("会商后裁定(须写明依据)", "decide, stating a ground"),
        "revise": Words("更改或撤回裁定", "revise or withdraw the decision"), "citeNewFact": Words("举出新情况,重开争议", "cite a new fact"),
        "removeMember": Words("移除自己添加的", "remove what it added"), "raise": Words("推进流程", "raise an event"),
    ]
}
