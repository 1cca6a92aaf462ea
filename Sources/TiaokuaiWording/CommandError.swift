/// What only commands can find wrong. Sentences are in the same tables as everybody's.
public struct CommandError: Error, Hashable, Sendable {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        case usage, noFolder, wrongInstant, nodeAmbiguous, unknownSetting, missingReason, notTogether, toItself, noPlan, notAQuestion
        case passphraseShort, passphrasesDiffer, noNewPassphrase
        case bundleDamaged, bundleCutShort, bundleRefused, notRehearsal, malformedFile, benchDiffers
        case checkFailed, logBroken, proofFails
        case noBrowser, browserFailed, browserTooSlow
        case `internal`
    }

    public let code: Code
    public let facts: [String: String]

    public init(_ code: Code, _ facts: [String: String] = [:]) {
        self.code = code
        self.facts = facts
    }
}

/// Codes of `CommandError`.
let commandErrors: [String: ErrorWords] = [
    "usage": ErrorWords(
        "命令写法不对[:{reason}]", "The command is not written correctly[: {reason}]",
        next: "看用法:tiaokuai[ {command}] --help。", "See tiaokuai[ {command}] --help."),
    "noFolder": ErrorWords(
        "没有说明节点文件夹。", "No node folder was named.",
        next: "加 --dir 文件夹,或设环境变量 TIAOKUAI_DIR;还没有节点就先 tiaokuai node init --dir 文件夹 --region 区划 --name 名称。",
        "Add --dir FOLDER or set TIAOKUAI_DIR; without a node yet, start with tiaokuai node init --dir FOLDER --region REGION --name NAME."),
    "wrongInstant": ErrorWords(
        "“{text}”不是时刻。", "{text} is not an instant.",
        next: "写成 2020-08-12 或 2020-08-12T09:30:00+08:00。", "Write 2020-08-12 or 2020-08-12T09:30:00+08:00."),
    "nodeAmbiguous": ErrorWords(
        "“{node}”对得上几个节点:{candidates}。", "{node} fits several nodes: {candidates}.",
        next: "写节点编号的前 8 位以上。", "Give at least eight digits of the node's identity."),
    "unknownSetting": ErrorWords(
        "没有“{name}”这项设置。", "There is no setting {name}.",
        next: "可设 unit(单位)、person(人员)和 receiptDays(回执期限)。", "Settings are unit, person and receiptDays."),
    "missingReason": ErrorWords(
        "这一步要写明 {field}。", "This step needs {field}.", next: "补上再办。", "Add it and try again."),
    "notTogether": ErrorWords(
        "{options} 不能一起用。", "{options} can't be used together.", next: "留下其中一个。", "Keep one of them."),
    "notAQuestion": ErrorWords(
        "“{command}”不能按当时的情况来问:它不只是查看,或不是查看命令。", "{command} can't be asked as of then: it does more than look, or is no looking command.",
        next: "[可以写 {instead}。]能问的命令见:tiaokuai audit as-of --help。", "[Try {instead}. ]See tiaokuai audit as-of --help for those that can."),
    "toItself": ErrorWords(
        "{node} 就是本节点。", "{node} is this node itself.", next: "用 --to 写收件的节点;tiaokuai status 列出已知节点。", "Name the receiving node with --to; tiaokuai status lists the known ones."),
    "passphraseShort": ErrorWords(
        "口令太短:至少 {least} 个字符。", "The passphrase is too short: at least {least} characters.", next: "换一个长一些的,如四五个词。", "Choose a longer one, such as four or five words."),
    "passphrasesDiffer": ErrorWords(
        "两次输入的口令不一样。", "The two passphrases are not the same.", next: "什么也没有改;重新办一次。", "Nothing was changed; try again."),
    "noNewPassphrase": ErrorWords(
        "没有给出新口令。", "No new passphrase was given.",
        next: "在终端运行以便输入,或用 {option} 文件,或设环境变量 {variable}。", "Run it on a terminal to be asked, give {option} FILE, or set {variable}."),
    "noPlan": ErrorWords(
        "节点文件夹里没有建节点时的打算(plan.json)。", "The folder lacks the plan made at init (plan.json).",
        next: "在申请时写明:enroll request --unit 单位=名称 或 --units node.yaml。", "State it when asking: enroll request --unit ID=NAME or --units node.yaml."),
    "bundleDamaged": ErrorWords(
        "数据包有 {count} 处损坏(首处在第 {offset} 字节[:{reason}])[;{taken}]。",
        "The bundle is damaged in {count} place(s) (first at byte {offset}[: {reason}])[; {taken}].",
        next: "请对方重新导出;再导入一次不会重复。", "Have it exported again; importing again duplicates nothing."),
    "bundleCutShort": ErrorWords(
        "数据包不完整:结尾缺失或不符[;{taken}]。", "The bundle is incomplete: its end is missing or does not fit[; {taken}].",
        next: "请对方重新导出;再导入一次不会重复。", "Have it exported again; importing again duplicates nothing."),
    "bundleRefused": ErrorWords(
        "有 {count} 项没有收下[(首项:{reason})];其余已收下。", "{count} item(s) were refused[ (the first: {reason})]; the rest was taken in.",
        next: "按每项的说明处理;把回执交给对方。", "Act on each item's reason; hand the receipt to the sender."),
    "notRehearsal": ErrorWords(
        "--now 只能用于演练,而这份批准来自正式网络。", "--now works only in rehearsals, but this grant is of a real network.",
        next: "去掉 --now 再接受。", "Leave out --now and accept again."),
    "malformedFile": ErrorWords(
        "文件内容不对:{path}[({reason})]。", "The file is not what was expected: {path}[ ({reason})].", next: "核对文件名和来源。", "Check its name and where it came from."),
    "benchDiffers": ErrorWords(
        "省节点的结果与工作负载的摘要不一致:{folder}。", "What the province ends with differs from the workload's digest: {folder}.",
        next: "用同一文件夹再跑一次;仍不一致就是程序错误,请报告。", "Run it again on the same folder; if it still differs, it is our mistake: please report it."),
    "checkFailed": ErrorWords(
        "检查发现 {count} 个问题。", "The check found {count} problem(s).",
        next: "按上面每一条处理;数据有疑问时先备份,不要继续填报。", "Act on each of the above; where data are in doubt, back up first and stop writing."),
    "logBroken": ErrorWords(
        "日志核验不通过:{count} 处。", "The log does not verify: {count} place(s).", next: "保存整个文件夹,报告上级,运行 tiaokuai doctor。", "Keep the whole folder, tell the superior, and run tiaokuai doctor."),
    "proofFails": ErrorWords(
        "证明不成立[:{reason}]。", "The proof does not hold[: {reason}].", next: "不要采信;请对方重新出具。", "Do not rely on it; ask for a new one."),
    "noBrowser": ErrorWords(
        "没有找到 Chromium[:{path}],PDF 没有做。", "No Chromium was found[: {path}], so no PDF was made.",
        next: "安装 Chromium 或用 --browser 写明它在哪里;也可用任何浏览器打开网页文件自行打印。",
        "Install Chromium or name it with --browser; or open the HTML in any browser and print it."),
    "browserFailed": ErrorWords(
        "Chromium 没有做出 PDF[:{reason}]。", "Chromium made no PDF[: {reason}].",
        next: "网页文件已写好,用浏览器打开自行打印;或换一个 --browser。", "The HTML is written: open it in a browser and print it, or try another --browser."),
    "browserTooSlow": ErrorWords(
        "Chromium 在 {seconds} 秒内没有做完 PDF,已停止。", "Chromium did not finish the PDF within {seconds} seconds and was stopped.",
        next: "缩小期间或区划再做,或用 --pdf-seconds 放宽;网页文件已写好。", "Take a shorter period or a smaller place, or allow more with --pdf-seconds; the HTML is written."),
    "internal": ErrorWords(
        "程序出错[:{reason}]。", "The program failed[: {reason}].", next: "请把命令和这段话报告给维护者;运行 tiaokuai doctor 检查数据。",
        "Report the command and this text to the maintainers; check the data with tiaokuai doctor."),
]
