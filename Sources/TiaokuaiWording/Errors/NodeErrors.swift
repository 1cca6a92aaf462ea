/// Codes of `NodeError`, and the reasons for which a node refuses an item.
let nodeErrors: [String: ErrorWords] = [
    // The folder.
    "folderMissing": ErrorWords(
        "这里没有节点:{path}。", "There is no node here: {path}.",
        next: "先核对路径,用 --dir 指明节点的文件夹;还没有节点的才新建:tiaokuai node init --dir 文件夹 --region 区划 --name 名称。",
        "Check the path first: --dir takes a node's folder. Only where there is no node yet make one: tiaokuai node init --dir FOLDER --region REGION --name NAME."),
    "folderNotEmpty": ErrorWords(
        "文件夹不是空的:{path}。", "The folder is not empty: {path}.",
        next: "换一个空文件夹,或先把里面的内容移走。", "Choose an empty folder, or move away what is in it."),
    "folderUnsafe": ErrorWords(
        "节点文件夹的设置读不出来[:{path}]。", "The node folder's settings can't be read[: {path}].",
        next: "运行 tiaokuai doctor;如有备份,用 tiaokuai node restore 恢复到新文件夹。", "Run tiaokuai doctor; with a backup, restore it into a new folder with tiaokuai node restore."),
    "folderNewer": ErrorWords(
        "这个文件夹由更新版本的程序写成[(版本 {version})]。", "A later version of this program wrote this folder[ (version {version})].",
        next: "先升级 tiaokuai,再打开这个文件夹;不会改动其中任何内容。", "Upgrade tiaokuai before opening it; nothing in it was changed."),
    "markerMissing": ErrorWords(
        "缺少本机标记文件,本文件夹不能签名[:{path}]。", "The living marker is missing, so this folder may not sign[: {path}].",
        next: "若这是备份或复制来的文件夹,用 tiaokuai node restore 恢复,它会开始新的纪元。", "If this is a backup or a copy, use tiaokuai node restore, which opens a new epoch."),
    "clonedFolder": ErrorWords(
        "这个文件夹是复制出来的,不能签名[:{path}]。", "This folder is a copy, so it may not sign[: {path}].",
        next: "在原来的文件夹里工作;若原文件夹已不在,用 tiaokuai node restore 恢复。", "Work in the original folder; if it is lost, use tiaokuai node restore."),
    "keyMissing": ErrorWords(
        "缺少密钥文件:{path}。", "The key file is missing: {path}.",
        next: "从备份恢复(tiaokuai node restore);没有备份就重新申请加入(enroll request)。", "Restore from a backup (tiaokuai node restore); without one, ask for enrolment again (enroll request)."),
    "keysLocked": ErrorWords(
        "密钥文件已经上了锁。", "The key files are locked already.",
        next: "换口令用 tiaokuai node passphrase,去掉口令用 tiaokuai node unlock。", "To change the passphrase, tiaokuai node passphrase; to take it off, tiaokuai node unlock."),
    "keysOpen": ErrorWords(
        "密钥文件没有上锁。", "The key files are not locked.", next: "上锁:tiaokuai node lock。", "Lock them with tiaokuai node lock."),
    "keyNotOnToken": ErrorWords(
        "签名卡“{token}”上的密钥“{key}”不是本节点的。", "The key {key} on the token {token} is not this node's.",
        next: "核对卡和标签;要换成这把密钥,用 tiaokuai enroll rotate。", "Check the token and the labels; to go over to that key, use tiaokuai enroll rotate."),
    "rootStatementBehind": ErrorWords(
        "本机知道第 {known} 号根声明,数据库里只有第 {held} 号:数据库是旧的,不能签名。",
        "This machine knew root statement {known}, and the store has {held} only: the store is an old one and may not sign.",
        next: "从上级导入一次(bundle import 或 sync),收到新的根声明后再办;或用 tiaokuai node restore 恢复。",
        "Import from the superior once (bundle import or sync) to get the newer root statement; or use tiaokuai node restore."),
    // Founding and enrolment.
    "outsideValidity": ErrorWords(
        "今天({day})本节点的凭证已经到期[({to} 止)],不能签名。", "By this machine's clock ({day}) this node's credential has run out[ (valid to {to})], so it does not sign.",
        next: "先核对本机日期;凭证到期就请上级重新批准(enroll request、enroll grant),接受后再办。",
        "Check this machine's date; if the credential has run out, have it granted again (enroll request, enroll grant) and accept it."),
    "notARoot": ErrorWords(
        "这不是本网络的下一份根声明[({reason})]。", "This is not this network's next root statement[ ({reason})].",
        next: "用 tiaokuai root next 起草,由根密钥保管人 tiaokuai root sign,再 root join。", "Draft it with tiaokuai root next, have the keepers of root keys sign it with tiaokuai root sign, then root join."),
    "noRotation": ErrorWords(
        "没有等待批准的换密钥申请。", "No rotation is under way.",
        next: "先 tiaokuai enroll rotate --out 申请文件,由上级批准。", "First tiaokuai enroll rotate --out REQUEST, and have it granted."),
    "alreadyEnrolled": ErrorWords(
        "这个节点已经加入网络。", "This node is enrolled already.",
        next: "用 tiaokuai status 查看;要建另一个节点,请换一个文件夹。", "See tiaokuai status; for another node use another folder."),
    "notEnrolled": ErrorWords(
        "这个节点还没有加入网络。", "This node is not enrolled yet.",
        next: "先 tiaokuai enroll request --out 文件,交上级批准,再 tiaokuai enroll accept 文件。",
        "First tiaokuai enroll request --out FILE, have it granted by the superior, then tiaokuai enroll accept FILE."),
    "notARequest": ErrorWords(
        "这不是加入申请[({reason})]。", "This is not an enrolment request[ ({reason})].",
        next: "请下级用 tiaokuai enroll request --out 文件 重新生成。", "Have the lower node make one with tiaokuai enroll request --out FILE."),
    "notAGrant": ErrorWords(
        "这不是批准文件[({reason})]。", "This is not a grant[ ({reason})].",
        next: "请上级用 tiaokuai enroll grant 申请文件 --out 文件 重新生成。", "Have the superior make one with tiaokuai enroll grant REQUEST --out FILE."),
    "grantForAnother": ErrorWords(
        "批准文件里没有给本节点[({node})]的凭证。", "The grant holds no credential for this node[ ({node})].",
        next: "核对电话校验码,请上级用本节点的申请重新批准。", "Compare the phone digests, and have this node's own request granted."),
    "requestMalformed": ErrorWords(
        "加入申请的签名或密钥不对[({reason})]。", "The request's signature or key is wrong[ ({reason})].",
        next: "不要批准;请下级重新生成申请,并电话核对校验码。", "Do not grant it; have it made again and compare digests over the phone."),
    "mayNotIssue": ErrorWords(
        "本节点无权批准这份申请[(区划 {region})][:{reason}]。", "This node may not grant this request[ (region {region})][: {reason}].",
        next: "由管辖该区划的上级节点批准;单位已有节点时,申请要用 --joins 或 --takes-over,并附原节点的同意(enroll consent)。",
        "Have it granted by the node above that region; where a unit has a node already, the request needs --joins or --takes-over and the old node's agreement (enroll consent)."),
    "unknownRegion": ErrorWords(
        "区划表里没有 {region}。", "The region table has no {region}.",
        next: "写六位区划代码,如 620724(高台县)。", "Give a six-digit code such as 620724."),
    "rehearsalOnly": ErrorWords(
        "--now 只能用于演练网络。", "--now works only in a network created for rehearsal.",
        next: "去掉 --now;要演练,请用 node init --root --rehearsal 另建网络。", "Leave out --now; to rehearse, found a network with node init --root --rehearsal."),
    // Writing.
    "unitNotWritten": ErrorWords(
        "本节点不能以{name}({unit})的名义填写。", "This node may not write for {unit}[ ({name})].",
        next: "用 --unit 选本节点的单位(tiaokuai status 列出),或请上级批准。", "Choose one of this node's units with --unit (tiaokuai status lists them), or ask the superior to grant it."),
    "noUnit": ErrorWords(
        "没有说明以哪个单位的名义。", "No unit was named.",
        next: "加 --unit 单位,或设默认值:tiaokuai config set unit 单位。", "Add --unit UNIT, or set a default: tiaokuai config set unit UNIT."),
    "noPerson": ErrorWords(
        "没有说明由谁办理。", "No person was named.",
        next: "加 --as 人员,或设默认值:tiaokuai config set person 人员。", "Add --as PERSON, or set a default: tiaokuai config set person PERSON."),
    "personHoldsNoPost": ErrorWords(
        "{person} 在 {day} 没有 {unit} 的职务。", "{person} held no post of {unit} on {day}.",
        next: "用 --as 写在任的人(tiaokuai list post),或先登记任职。", "Name someone in office with --as (tiaokuai list post), or register the post first."),
    "unknownKind": ErrorWords(
        "没有“{kind}”这种记录,或它的表式还没有到。", "There is no record kind {kind}, or its form has not come yet.",
        next: "tiaokuai list --help 列出程序自带的种类,tiaokuai list form 列出表式。", "tiaokuai list --help names the built-in kinds, tiaokuai list form the forms."),
    "unknownField": ErrorWords(
        "{kind} 没有字段“{field}”。", "{kind} has no field {field}.",
        next: "tiaokuai show 记录 列出它的字段。", "tiaokuai show RECORD lists its fields."),
    "wrongType": ErrorWords(
        "字段“{field}”的值类型不对[,应为 {type}][:{value}][({reason})]。", "The value of {field} has the wrong type[, not {type}][: {value}][ ({reason})].",
        next: "按字段的类型重写;数字只写半角数字和小数点,日期写 2020-08-12。", "Write it as the field's type; figures in plain digits, days as 2020-08-12."),
    "notAChoice": ErrorWords(
        "字段“{field}”不能写“{value}”。", "{field} can't be {value}.", next: "从可选值中选一个:{choices}。", "Choose one of: {choices}."),
    "formRefused": ErrorWords(
        "表式 {name} 不能发布:{reason}[({fact})]。", "The form {name} can't be published: {reason}[ ({fact})].",
        next: "改正后再发布;写法见 Docs/YourOwnDomain.md。", "Put it right and publish it again; Docs/YourOwnDomain.md shows how."),
    "wrongKey": ErrorWords(
        "[{kind} 的]编号写法不对[:{key}][(第 {row} 行)]。", "The key[ of {kind}] is not right[: {key}][ (row {row})].",
        next: "照 tiaokuai list[ {kind}] 的样子写。", "Write it as tiaokuai list[ {kind}] shows it."),
    "personalField": ErrorWords(
        "“{field}”是个人信息,不能离开本机。", "{field} is personal data and may not leave this machine.",
        next: "只上报由它汇总的数字;实名记录留在本地台账。", "Report only figures computed from it; named records stay in the local list."),
    "emptyWrite": ErrorWords(
        "没有要写的内容。", "There is nothing to write.",
        next: "至少写一个字段。", "Give at least one field."),
    "wrongPlace": ErrorWords(
        "{kind} 不能放在 {partition}。", "{kind} does not belong in {partition}.",
        next: "检查区划写得对不对。", "Check the region."),
    "unknownRecord": ErrorWords(
        "没有这条记录:{reference}。", "There is no such record: {reference}.",
        next: "用 tiaokuai list 种类 或 tiaokuai search 词 查找;编号里有空格的,整个加引号。",
        "Look it up with tiaokuai list KIND or tiaokuai search WORDS; put a reference with a space in it in quotes."),
    "ambiguousRecord": ErrorWords(
        "“{reference}”对得上多条记录[:{candidates}]。", "{reference} fits several records[: {candidates}].",
        next: "从中选一条,写全它的编号。", "Choose one and write its whole reference."),
    "noGround": ErrorWords(
        "裁定必须写明依据。", "A decision must state its ground.",
        next: "加 --ground,如“会商纪要 2020-1”。", "Add --ground, such as a minute's reference."),
    "noEvidence": ErrorWords(
        "这一步必须附佐证。", "This step needs evidence.",
        next: "加 --evidence 说明,或文件名和摘要。", "Add --evidence with a note or a file's name and hash."),
    "nothingToWithdraw": ErrorWords(
        "{unit} 在这里没有可撤回的填报。", "{unit} has nothing here to withdraw.",
        next: "用 tiaokuai show 记录 看谁填了什么。", "See who lodged what with tiaokuai show RECORD."),
    "notYourFigure": ErrorWords(
        "{unit} 不填报这个指标[({indicator})]。", "{unit} does not report this figure[ ({indicator})].",
        next: "由填报单位填[({reporters})];有不同意见用 tiaokuai object。", "Let its reporting unit do so[ ({reporters})]; to object, use tiaokuai object."),
    "receiverUnknown": ErrorWords(
        "本机没有收件节点 {node} 的凭证,不能给它密封。", "This node holds no credential of the receiver {node}, so nothing can be sealed to it.",
        next: "先从上级收取一次(sync 或 bundle import);tiaokuai status 列出已知节点。", "Receive from the superior first (sync or bundle import); tiaokuai status lists the nodes known here."),
    "receiverEnded": ErrorWords(
        "收件节点 {node} 的密钥已被撤销,不能给它密封。", "Every key of the receiver {node} was cut, so nothing can be sealed to it.",
        next: "请上级给它换发凭证,收到后再填。", "Have its superior grant it a new credential, and write once that has arrived."),
    "receiverOutside": ErrorWords(
        "收件节点 {node} 收不到 {partition} 的内容,封给它也送不到。", "The receiver {node} is not sent anything of {partition}: what is sealed to it would not reach it.",
        next: "换一个接收该区划的节点(tiaokuai status)。", "Choose a node that receives that region (tiaokuai status)."),
    "receiverWithoutKey": ErrorWords(
        "收件节点 {node} 的凭证里没有可用的密封密钥。", "The credential of the receiver {node} names no sealing key that can be used.",
        next: "请它换发密钥(enroll rotate),收到新凭证后再填。", "Have it rotate its keys (enroll rotate), and write once the new credential has arrived."),
    "notSealable": ErrorWords(
        "{kind} 的“{field}”不能密封:别的单位要拿它比较、汇总,或者凭它办理。", "{field} of {kind} can't be sealed: others must compare it, add it up or act on it.",
        next: "改密封说明、附件一类的字段;这个字段照常填报。", "Seal a remark or an attachment instead, and write this field in clear."),
    "personalUpward": ErrorWords(
        "“{field}”是个人信息:只能由上级密封给该地的节点,不上行、不外传。",
        "{field} is personal data: a unit above may seal it to the node of the place, and it goes nowhere else.",
        next: "只上报由它汇总的数字;下发时用 --seal-to 写该地的节点。", "Report only figures computed from it; sending it down, name the place's node with --seal-to."),
    // Receiving.
    "wrongNetwork": ErrorWords(
        "这是另一个网络的内容[({network})]。", "This belongs to another network[ ({network})].",
        next: "没有收下任何内容;请核对文件来源。", "Nothing was taken in; check where the file came from."),
    "wrongRoots": ErrorWords(
        "检查点的日志根与本网络不符[(有 {detail})]:国密网的检查点有 SHA-256 和 SM3 两个根,其他网络的只有 SHA-256 一个。",
        "The checkpoint's roots are not those of this network[ (it has {detail})]: in a GM network there are two, under SHA-256 and SM3, in any other one.",
        next: "没有收下;请对方升级程序后重新导出。", "It was not taken in; have the other side update its program and export again."),
    "rehearsalMismatch": ErrorWords(
        "演练和正式网络的内容不能混用。", "Rehearsal and real networks do not mix.",
        next: "没有收下;请核对文件来源。", "It was not taken in; check where the file came from."),
    "outsidePartition": ErrorWords(
        "{partition} 不在本节点的接收范围内。", "{partition} is outside what this node may receive.",
        next: "由管辖该区划的节点办理;范围由上级凭证决定(tiaokuai status)。", "Leave it to the node of that region; a node's scope is in its credential (tiaokuai status)."),
    "wrongSignature": ErrorWords(
        "签名不对。", "The signature is wrong.",
        next: "没有收下;请对方重新导出,仍不对就电话核对。", "It was not taken in; have it exported again, and if it still fails, call the sender."),
    "unknownItem": ErrorWords(
        "没有这一项:{item}。", "There is no such item: {item}.",
        next: "核对编号。", "Check the identity."),
    "malformedItem": ErrorWords(
        "有一项读不懂[({reason})]。", "An item can't be read[ ({reason})].",
        next: "没有收下;请对方重新导出。", "It was not taken in; have it exported again."),
    "notABundle": ErrorWords(
        "这不是数据包[({reason})]。", "This is not a bundle[ ({reason})].",
        next: "没有改动任何内容;请对方用 tiaokuai bundle export 重新导出。", "Nothing was changed; have it exported again with tiaokuai bundle export."),
    "unknownNode": ErrorWords(
        "网络里没有节点 {node},或本节点还不知道它。", "There is no node {node} in this network, or this node has not heard of it.",
        next: "tiaokuai status 列出已知节点。", "tiaokuai status lists the nodes known here."),
    // The outside.
    "fileExists": ErrorWords(
        "文件已经存在:{path}。", "The file exists already: {path}.",
        next: "换一个文件名,或先移走旧文件;命令有 --replace 的,可以用它替换。",
        "Choose another name, or move the old file away; where the command has --replace, that replaces it."),
    "noRootStatement": ErrorWords(
        "文件里没有网络的根声明,无从核对。", "The files hold no root statement of the network: there is nothing to check them from.",
        next: "把批准文件或另一份完整的数据包一起写上。", "Add the grant, or another bundle that is whole."),
    "snapshotInside": ErrorWords(
        "这是快照里的一项,不能当普通数据包收。", "This belongs to a snapshot, and is not taken in as a bundle.",
        next: "用 tiaokuai snapshot load 收整个文件。", "Take the whole file in with tiaokuai snapshot load."),
    "neverTakenIn": ErrorWords(
        "本节点没有收过这份文件:{path}。", "This node never took in this file: {path}.",
        next: "先收取:tiaokuai bundle import 文件;或用 tiaokuai bundle list 查校验码。", "Import it first: tiaokuai bundle import FILE; or look its check code up with tiaokuai bundle list."),
    "fileUnreadable": ErrorWords(
        "文件读不出来:{path}[({reason})]。", "The file can't be read: {path}[ ({reason})].",
        next: "检查文件名、权限和介质。", "Check the name, the permissions and the medium."),
    "fileUnwritable": ErrorWords(
        "文件写不进去:{path}[({reason})]。", "The file can't be written: {path}[ ({reason})].",
        next: "检查介质是否只读、文件夹是否存在、权限够不够;换一个位置再试。", "Check for a read-only medium, a missing folder or missing permission; try another place."),
    "readBackDiffers": ErrorWords(
        "写完再读,内容不一样:{path}。", "Read back, the file differs from what was written: {path}.",
        next: "介质可能坏了:换一个 U 盘重新导出。", "The medium may be failing: export again to another stick."),
    "volumeTooSmall": ErrorWords(
        "单个文件不得超过 {bytes} 字节,装不下最小的一份(要 {needed} 字节)。", "A file of at most {bytes} bytes can't hold the smallest piece, which takes {needed}.",
        next: "把 --volume-size 写大一些。", "Give a larger --volume-size."),
    "diskFull": ErrorWords(
        "磁盘满了[:{path}]。", "The disk is full[: {path}].",
        next: "腾出空间再试;没有留下写了一半的文件。", "Make room and try again; nothing half-written was left behind."),
    "folderInUse": ErrorWords(
        "另一个进程正在看管这个文件夹:{path}。", "Another process is watching this folder: {path}.",
        next: "一个文件夹只开一个 tiaokuai drop;先结束那一个。", "One tiaokuai drop for one folder: end the other first."),
    "notAFile": ErrorWords(
        "这不是普通文件(链接、管道、设备或文件夹):{path}。", "This is not a regular file (a link, a pipe, a device or a folder): {path}.",
        next: "没有打开,也没有改动;请写文件本身。", "It was not opened, nor changed; name the file itself."),
    "fileTooLarge": ErrorWords(
        "文件有 {bytes} 字节,超过 {limit} 字节的上限,没有读:{path}。", "The file has {bytes} bytes, more than the limit of {limit}, and was not read: {path}.",
        next: "请对方用 --volume-size 分卷导出,或把 --max-size 写大一些。", "Have it exported in volumes with --volume-size, or give a larger --max-size."),
    // Reasons that stand only in receipts.
    "tooManyWaiting": ErrorWords(
        "等待补齐的内容太多。", "Too much is waiting already.",
        next: "先把缺的前项送来,再送这一份。", "Bring the missing items first, then this one again."),
    // Asking of the past.
    "beyondLog": ErrorWords(
        "日志里没有这个位置:{position}(共 {size} 项)。", "The log has no such position: {position} (it has {size} entries).",
        next: "位置从 1 到 {size};也可以写日期,如 2020-08-20。tiaokuai audit timeline 列出每一项的位置。",
        "Positions run from 1 to {size}; a date such as 2020-08-20 will do too. tiaokuai audit timeline lists each entry's position."),
    "noReceipt": ErrorWords(
        "到那时还没有收到过节点“{node}”的回执,不知道它当时有什么。", "No receipt of node {node} had come by then, so what it held is not known.",
        next: "换一个较晚的日期;它的回执在交换时送来(sync、bundle receipt)。", "Take a later date; its receipts come with an exchange (sync, bundle receipt)."),
]
