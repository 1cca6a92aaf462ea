/// The printed report's headings, columns and notes. What they say of figures are facts in `{}`.
public enum ReportWords {
    public static let title = Words("{place}审计报告", "Audit report: {place}")
    public static let period = Words("{from}至{to}", "{from} to {to}")
    public static let periodOpen = Words("截至{to}", "to {to}")
    public static let basis = Words(
        "依据节点 {node} 所持 {nodes} 个节点的 {changesets} 份变更集、{operations} 条填报、{records} 条记录。日期都是北京时间。",
        "From what node {node} holds: {changesets} changesets of {nodes} node(s), {operations} operations, {records} records. Days are of UTC+8.")
    public static let placeOutside = Words(
        "{place}不是本节点 {node} 的管辖范围:那里填报的,它大多收不到,没有的不等于没有填。",
        "{place} is neither node {node}'s own place nor below it: most of what is written there never comes to it, and what is lacking here may well have been said.")
    public static let nobody = Words(
        "本节点没有收到{place}及所辖任何节点填报的内容:下面的“无”只说明这里没有。",
        "Nothing that any node of {place} or below it wrote has come to this node: where it says none, none is here.")
    public static let wholeNode = Words("这一节是本节点所持的全部,不按地方筛选。", "This section is of everything that the node holds, whatever the place.")
    public static let sampleNotice = Words(
        "本报告含示例数据:凡标【示例数据】的都是编造的,不是任何地方的实情。", "This report holds made-up figures: what is marked [made-up figures] says nothing about any real place.")
    public static let sample = Words("【示例数据】", " [made-up figures]")
    public static let history = Words("第一部分 由历史得出", "Part one: from the history")
    public static let historyNote = Words(
        "持有同样历史的节点,这一部分一字不差。", "Every node that holds the same history has this part the same, to the byte.")
    public static let node = Words("第二部分 本节点所见", "Part two: as this node saw it")
    public static let nodeNote = Words(
        "收到的时间、日志和检查点是本节点自己的,换一个节点就不一样。", "Times of receipt, the log and the checkpoint are this node's own; another node has others.")
    public static let none = Words("无。", "None.")
    public static let picture = Words("图 {number} {title}", "Figure {number}: {title}")
    public static let sheet = Words("({sheet}/{sheets})", " ({sheet} of {sheets})")
    public static let counted = Words("{heading}({count})", "{heading} ({count})")
    /// After a name, where its rows go on from the sheet before.
    public static let goesOn = Words("{name}(续)", "{name} (continued)")
    /// How people tell the parts of a long text that was cut.
    public static let cut = Words("……(共 {count} 字,全文见 report.json)", "… ({count} characters; all of it in report.json)")

    // MARK: Sections

    public static let bounds = Words("底线、上限、时限的沿革", "Bounds by date")
    public static let disputes = Words("争议", "Disputes")
    public static let refused = Words("被拒的填报", "Refused acts")
    public static let ledger = Words("台账的立项、销号与重启", "The ledger: opened, closed, reopened")
    public static let selfForks = Words("同一单位两台机器不一致", "Two machines of one unit that differ")
    public static let citations = Words("没有对上的引用", "Citations pending or mismatched")
    public static let unreported = Words("没有数据的措施", "Measures without a figure")
    public static let beforeIssue = Words("印发时已到期的目标和标准", "Targets and standards that had run out when issued")
    public static let late = Words("迟报", "Late figures")
    public static let privacy = Words("个人信息", "Personal data")
    public static let arrivals = Words("到达", "Arrivals")
    public static let carriage = Words("分叉、修复与隔离", "Forks, repairs, quarantine")
    public static let log = Words("日志与检查点", "The log and its checkpoint")
    public static let unknown = Words("本节点不知道的", "What this node does not know")

    // MARK: Columns

    public static let target = Words("目标", "Target")
    public static let since = Words("起算日", "Since")
    public static let place = Words("地方", "Place")
    public static let bound = Words("内容", "Bound")
    public static let value = Words("值", "Value")
    public static let source = Words("依据", "Source")
    public static let unit = Words("单位", "Unit")
    public static let written = Words("填写日", "Written")
    public static let received = Words("收到日", "Received")
    public static let outcome = Words("结论", "Outcome")
    public static let instead = Words("在用的", "In use instead")
    public static let matter = Words("事项", "Matter")
    public static let step = Words("步骤", "Step")
    public static let evidence = Words("佐证", "Evidence")
    public static let figure = Words("指标数据", "Figure")
    public static let due = Words("时限", "Due")
    public static let days = Words("迟", "Late by")
    public static let nodeColumn = Words("节点", "Node")
    public static let newestMade = Words("最近填写", "Newest written")
    public static let newestReceived = Words("最近收到", "Newest received")
    public static let changesets = Words("份数", "Changesets")
    public static let onEach = Words("各机所报", "Said on each")
    public static let chosen = Words("本单位选定", "Chosen by the unit")
    public static let notChosen = Words("未选定", "not chosen yet")
    public static let document = Words("文件", "Document")
    public static let relation = Words("关系", "Relation")
    public static let cited = Words("所引文件", "What it cites")
    public static let resolved = Words("已对上的引用 {count} 处。", "{count} citation(s) are resolved.")
    public static let measure = Words("措施", "Measure")
    public static let leads = Words("牵头", "Lead")
    public static let targetOrStandard = Words("目标或标准", "Target or standard")
    public static let ran = Words("到期日", "Ran out")
    public static let issued = Words("印发日", "Issued")
    public static let privacyLine = Words(
        "查过 {operations} 条填报的每个字段:个人信息字段 {fields} 个,本地名册外传 {records} 条,因含个人信息整份作废 {refused} 份。",
        "Every field of {operations} operations was looked at: {fields} personal field(s), {records} record(s) of local lists, {refused} changeset(s) void because they held personal data.")
    public static let closing = Words("出具:节点 {node}", "Given out by node {node}")
    public static let noBound = Words("不再有约束", "no bound any more")

    // MARK: Disputes

    public static let quote = Words("{document} {clause}:“{formula}”", "{document} {clause}: \"{formula}\"")
    public static let quoteBare = Words("{document} {clause}", "{document} {clause}")
    public static let begun = Words("{day} 起", "since {day}")
    public static let inUse = Words("在用:{value}", "In use: {value}")
    public static let blank = Words("空", "blank")
    public static let claims = Words("各方:{claims}", "Sides: {claims}")
    public static let noRule = Words("没有规则能定,由人裁定", "no rule tells: left to people")
    public static let read = Words("{unit}:{state}", "{unit}: {state}")
    public static let deciders = Words("可裁定:{units}", "May decide: {units}")
    public static let noDecider = Words("没有单位可裁定", "nobody may decide")
    public static let ended = Words("了结:{how}[,{unit}][,{value}][,{day}][,依据 {ground}]", "Ended: {how}[, {unit}][, {value}][, {day}][, on the ground of {ground}]")
    public static let state = Words("现状:{state}", "State: {state}")

    // MARK: Figures

    public static let madeLate = Words("迟填 {days} 天", "made {days} day(s) late")
    public static let receivedLate = Words("按时填,迟到 {days} 天", "made in time, received {days} day(s) late")

    /// What a square of the grid of places by months says.
    public static func cell(_ state: String) -> Words? {
        [
            "onTime": Words("按时", "in time"), "receivedLate": Words("按时填、迟到", "received late"), "madeLate": Words("迟填", "made late"),
            "missing": Words("缺", "missing"), "open": Words("未到时限", "not due yet"), "none": Words("无应报", "nothing due"),
        ][state]
    }

    public static let reporting = Words("各地各月填报情况", "Who reported when")
    public static let reportingNote = Words(
        "期末后 {days} 天内为按时(本报告的口径)。格中数字:已报/应报。", "In time is within {days} days after the period's end (this report's own measure). Numbers: reported/due.")
    public static let cellText = Words(
        "{place} {month}:应报 {due},按时 {onTime},按时填迟到 {receivedLate},迟填 {madeLate},缺 {missing},未到时限 {open}",
        "{place} {month}: due {due}, in time {onTime}, received late {receivedLate}, made late {madeLate}, missing {missing}, not due yet {open}")
    public static let reportingEmpty = Words("这一期间没有应报的数,也没有填报。", "Nothing was due in this period, and nothing was reported.")
    public static let sampleMark = Words("含示例数据", "made-up figures")

    // MARK: Pictures

    public static let arrivalsTitle = Words("各链变更集的填写与收到", "When changesets were made and when they came")
    public static let arrivalsNote = Words(
        "每行一条链:上方为填写的起止日,下方为收到日,斜线相连;× 为等待或作废。", "One feed a row: above, days of writing; below, day of receipt, joined by a line; a cross waits or is void.")
    public static let made = Words("填写", "made")
    public static let came = Words("收到", "received")
    public static let ineffective = Words("等待或作废", "waiting or void")
    public static let outside = Words("在期间之外", "out of period")
    public static let arrivalText = Words(
        "{feed}:{count} 份[,{madeFrom} 至 {madeTo} 填写],{from} 至 {to} 收到", "{feed}: {count} changeset(s)[, written {madeFrom} to {madeTo}], received {from} to {to}")
    public static let arrivalsEmpty = Words("这一期间没有收到变更集。", "No changeset came in this period.")
    public static let policy = Words("政策", "policy")
    public static let work = Words("业务", "work")
    public static let outcomesTitle = Words("争议按规则的结果", "What disputes came to, by rule")
    public static let outcomesNote = Words("条长为件数;空心部分是示例数据。", "Bars count disputes; the hollow part is made-up figures.")
    public static let outcomesEmpty = Words("这一期间没有争议。", "There was no dispute in this period.")
    public static let outcomeText = Words("{rule}:{outcome} {count} 件", "{rule}: {outcome}, {count}")

    // MARK: The log

    public static let logLine = Words("日志 {size} 项,{findings}。", "The log has {size} entries, {findings}.")
    public static let verified = Words("核验通过", "verified")
    public static let notVerified = Words("核验不通过:{findings}", "and does not verify: {findings}")
    public static let checkpoint = Words(
        "最新检查点由 {node} 于 {written} 签,盖住前 {size} 项[,其后又有 {since} 项未盖]。", "The newest checkpoint was signed by {node} at {written} over the first {size} entries[; {since} since are not covered].")
    public static let phone = Words("电话校验码:{digest}", "Digest to read over the telephone: {digest}")
    public static let phoneNote = Words(
        "核对办法:请持有本节点检查点的单位念出 {size} 项那一个的根的前 12 位,应与此一致。", "To check: have whoever holds this node's checkpoint over {size} entries read out the first twelve digits of its root.")
    public static let root = Words("根 {root}", "Root {root}")
    public static let sm3Root = Words("SM3 根 {root}", "SM3 root {root}")
    public static let noCheckpoint = Words("本节点还没有签过检查点。", "This node has signed no checkpoint yet.")

    // MARK: Files

    /// What became of a file of the report.
    public static func file(_ state: String) -> Words {
        [
            "written": Words("已写", "wrote"), "replaced": Words("已替换", "replaced"), "unchanged": Words("原样已在", "unchanged"),
        ][state] ?? Words(state, state)
    }

    // MARK: Not known

    public static let unknownNote = Words(
        "本报告只凭本节点持有的内容:没有交出的、还在路上的、只留本地的,这里都没有,也不能由没有推出没发生。填写时间是填写人自己的时钟。",
        "This report knows what this node holds and nothing else: what was not handed over, is on its way or never leaves its place is not here, and that it is not here does not say that it did not happen. Times of writing are their authors' clocks."
    )
    public static let neverHeard = Words("从未收到", "never")
    public static let placesWithoutNode = Words("所辖还有 {count} 个地方在这里没有自己的节点。", "{count} place(s) below have no node of their own here.")
    public static let waiting = Words("{count} 份变更集在等没有到的前项。", "{count} changeset(s) wait for others that did not come.")
    public static let pendingCitations = Words("{count} 处引用的原文没有到。", "{count} citation(s) are of documents that did not come.")
    public static let withoutForm = Words("{count} 条记录在等表式。", "{count} record(s) wait for their form.")
    public static let unsealed = Words("本节点有 {count} 条填报还没有封装,不在日志里。", "{count} of this node's own operations are not sealed yet and in no log.")
    public static let lines = Words("本节点只接收这些条线的限知内容:{lines}。", "Of what is confidential to a line this node receives only: {lines}.")
}
