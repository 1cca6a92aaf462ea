/// Codes of `OfficeError` and of the faults that it names in files.
let officeErrors: [String: ErrorWords] = [
    "badFile": ErrorWords(
        "文件有 {count} 处不对,什么也没有写。", "The file has {count} fault(s); nothing was written.",
        next: "按上面每一处改好,再办一次。", "Correct each of the above and try again."),
    "unknownUnit": ErrorWords("没有单位“{text}”。", "There is no unit {text}.", next: "tiaokuai list unit 列出所有单位。", "tiaokuai list unit names them all."),
    "ambiguousUnit": ErrorWords(
        "“{text}”对得上几个单位[:{candidates}]。", "{text} fits several units[: {candidates}].", next: "写单位编号,如 620724.hrss。", "Give the unit's id, such as 620724.hrss."),
    "unknownPlace": ErrorWords("没有区划“{text}”。", "There is no place {text}.", next: "写六位区划代码或全名,如 620724 或 高台县。", "Give a six-digit code or the full name."),
    "ambiguousPlace": ErrorWords("“{text}”对得上几个区划[:{candidates}]。", "{text} fits several places[: {candidates}].", next: "写六位区划代码。", "Give the six-digit code."),
    "unknownIndicator": ErrorWords(
        "没有指标“{indicator}”[({place})]。", "There is no indicator {indicator}[ ({place})].", next: "tiaokuai list indicator 列出所有指标。", "tiaokuai list indicator names them all."),
    "unknownEvent": ErrorWords(
        "{kind}没有“{event}”这一步[;可用的:{events}]。", "{kind} has no event {event}[; there are: {events}].", next: "用 tiaokuai show 记录 看现在的状态。", "See its state with tiaokuai show RECORD."),
    "unknownField": ErrorWords(
        "[{kind} ]没有字段“{field}”[;有:{fields}]。", "There is no field {field}[ of {kind}][; there are: {fields}].", next: "tiaokuai show 记录 列出它的字段。", "tiaokuai show RECORD lists its fields."),
    "badValue": ErrorWords(
        "字段[“{field}”]的值不对[:{text}][(应为 {type})]。", "The value[ of {field}] is not right[: {text}][ (it is a {type})].", next: "按字段的类型重写。", "Write it as the field's type."),
    "fieldNotClaimable": ErrorWords(
        "字段“{field}”不能直接填报。", "{field} can't be claimed.", next: "流程状态用相应的命令推进;依据、佐证用 --ground、--evidence。", "Move states with their own commands; grounds and evidence have options."),
    "wouldBeVoid": ErrorWords(
        "这样填不会生效[({why})][:{subject}],没有写。", "This would have no effect[ ({why})][: {subject}]; nothing was written.",
        next: "换有权的单位或改内容;确要留档,加 --even-if-void。", "Use a unit that may, or change it; to put it on record all the same, add --even-if-void."),
    "numberTaken": ErrorWords(
        "编号已用[:{unit} ][{year}-][{number}]。", "The number is taken[: {unit} ][{year}-][{number}].", next: "换一个编号,或不写编号由程序取下一个。", "Choose another, or leave it out and get the next."),
    "wrongFormat": ErrorWords(
        "文件是 {format} 格式[,这里要 {expected}]。", "The file is of the format {format}[, here {expected} is wanted].", next: "看 Nodes/SCHEMA.md 里各种文件的写法。", "See the formats in Nodes/SCHEMA.md."),
    "nothingSigned": ErrorWords(
        "文件里没有 {unit} 签的内容[({name})]。", "Nothing in the file is signed by {unit}[ ({name})].", next: "核对 issuers 和 by 里的单位。", "Check the units under issuers and by."),
    "unknownOperation": ErrorWords(
        "没有这样的填报[:{operation}][:{reference}]。", "There is no such operation[: {operation}][: {reference}].", next: "tiaokuai history 记录 列出每一次。", "tiaokuai history RECORD lists them."),
    "notDisputed": ErrorWords(
        "这个字段没有争议[:{field}]。", "The field is not disputed[: {field}].", next: "不需要裁定;要改数用 claim 或 report。", "No decision is needed; to change it use claim or report."),
    "nothingSealed": ErrorWords(
        "这条记录没有密封的值[:{field}]。", "The record holds no sealed value[: {field}].", next: "用 tiaokuai show 记录 看它的字段。", "See its fields with tiaokuai show RECORD."),
    "sealedToOthers": ErrorWords(
        "这里的值不是封给本节点的[,封给:{nodes}]。", "What is sealed here is not for this node[ but for {nodes}].", next: "在收件的节点上拆封。", "Open it at the receiving node."),
    "operationElsewhere": ErrorWords(
        "填报 {operation} 不是这条记录的[,是 {other} 的]。", "Operation {operation} is not on this record[ but on {other}].", next: "tiaokuai history 记录 列出这条记录的每一次填报。",
        "tiaokuai history RECORD lists those of this record."),
    "placeNotAbove": ErrorWords(
        "{place}不在这条记录的上下级路径上。", "{place} is not on the record's path.", next: "写记录所在的区划,或它的上级。", "Give the record's place, or one above it."),
    "nothingLost": ErrorWords(
        "{name}在这里没有未被采用的填报。", "{name} has no claim here that was not adopted.", next: "知悉和提请复核是未被采用的一方的事;tiaokuai explain 看现在用的是谁的。",
        "Only a side whose claim was not adopted acknowledges or appeals; see whose stands with tiaokuai explain."),
    "notYourClaim": ErrorWords(
        "填报 {operation} 不是{name}的,是{author}的。", "Operation {operation} is not {name}'s but {author}'s.", next: "由填报的单位自己知悉。", "Let the unit that lodged it acknowledge it."),
    "notDecided": ErrorWords(
        "字段“{field}”上没有在用的裁定。", "No decision stands on {field}.", next: "对按规则定的结果,先由可裁定的政府裁定(tiaokuai disputes 列出);没有裁定就无从提请复核。",
        "An outcome by rule is first put before whoever may decide (tiaokuai disputes names them); without a decision there is nothing to appeal against."),
    "noTierAbove": ErrorWords(
        "裁定是{name}作出的,上面没有可以复核的政府。", "{name} decided, and no government above it can look at it again.", next: "有新情况时,改报并用 --new-fact 写明,争议即重开。",
        "With a new fact, lodge another claim and state it with --new-fact: the dispute is open again."),
    "notAbove": ErrorWords(
        "{name}不是事项 {reference} 所在地的上级单位。", "{name} is not above the place of {reference}.", next: "转报给上级单位。", "Escalate it to an office of a place above."),
    "circularMade": ErrorWords(
        "{reference} 已经作过,不再改。", "{reference} has been made, and stays as it is.", next: "更正写进下一期,或换一个范围名;现状用 tiaokuai audit circular 看。",
        "Say what was corrected in the next one, or give another scope; see it with tiaokuai audit circular."),
    "noFigures": ErrorWords(
        "{period} 这里没有采用的数据[:{indicator}]。", "No figure of {period} is in use here[: {indicator}].", next: "核对期间和指标;有争议、未定的数不进通报。",
        "Check the period and the indicators; what is disputed and undecided is in no circular."),
    "itemsOpen": ErrorWords(
        "案件 {reference} 里还有没有销号的事项[:{items}]。", "Case {reference} still holds items that are not closed[: {items}].", next: "先由各地把自己的事项销号,收到后再销案。",
        "Let each place close its own item first; close the case when that has arrived."),
    "unknownVersion": ErrorWords(
        "没有这个版本的责任分工:{version}。", "No version {version} of the responsibility matrix is held, or several fit.", next: "tiaokuai responsibility show 列出在用的版本编号,写 8 位以上。",
        "tiaokuai responsibility show gives the versions in force; give eight digits or more."),
    // Faults in files.
    "contradiction": ErrorWords("自相矛盾:{fact}。", "It contradicts itself: {fact}.", next: "只留其中一种说法。", "Keep one of the two."),
    "unknownKey": ErrorWords("不认识的键“{fact}”。", "The key {fact} is not known.", next: "照 Nodes/SCHEMA.md 写。", "Write it as in Nodes/SCHEMA.md."),
    "missingKey": ErrorWords("缺少“{fact}”。", "{fact} is missing.", next: "补上它。", "Add it."),
    "wrongType": ErrorWords("类型不对[,应为{fact}]。", "It has the wrong type[: wanted is {fact}].", next: "照 Nodes/SCHEMA.md 写。", "Write it as in Nodes/SCHEMA.md."),
    "unknownFormat": ErrorWords(
        "没有写明 format,或不认识;可用的:{fact}。", "No format is stated, or it is not known; there are: {fact}.", next: "第一行写 format: \"tiaokuai/publish/1\" 之类。",
        "Begin with format: \"tiaokuai/publish/1\" or the like."),
    "malformedYAML": ErrorWords(
        "不是有效的 YAML[:{fact}]。", "This is not valid YAML[: {fact}].", next: "检查缩进和引号。", "Check indentation and quotation marks."),
    "malformedTOML": ErrorWords(
        "不是有效的 TOML[:{fact}]。", "This is not valid TOML[: {fact}].", next: "检查引号、括号和键;中文键要加引号。", "Check quotation marks, brackets and keys; Chinese keys need quotation marks."),
    "duplicateKey": ErrorWords("键“{fact}”出现两次。", "The key {fact} stands twice.", next: "删去其中一个。", "Remove one of them."),
    "notAllowedHere": ErrorWords("“{fact}”不能写在这里。", "{fact} is not allowed here.", next: "照 Nodes/SCHEMA.md 写。", "Write it as in Nodes/SCHEMA.md."),
    "duplicateRow": ErrorWords("与另一行重复:{fact}。", "It repeats another row: {fact}.", next: "删去其中一行。", "Remove one of them."),
    "personalColumn": ErrorWords("“{fact}”是个人信息,不能上报。", "{fact} is personal data and may not be reported.", next: "删去这一列,只报汇总数。", "Remove the column; report only figures computed from it."),
    "notYourFigure": ErrorWords("不由该单位填报:{fact}。", "Not this unit's figure: {fact}.", next: "由填报单位填。", "Let the reporting unit do so."),
    "missingValue": ErrorWords("缺少数值[:{fact}]。", "The value is missing[: {fact}].", next: "补上数值,或删去这一行。", "Fill it in, or remove the row."),
    "tooLarge": ErrorWords("文件或其中一项太大[:{fact}]。", "The file or a part of it is too large[: {fact}].", next: "分成几个文件。", "Split it into several files."),
    "unknownReference": ErrorWords("没有这条记录:{fact}。", "There is no such record: {fact}.", next: "核对编号。", "Check the reference."),
]
