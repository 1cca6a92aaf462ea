private let callThem = ("请联系对方的管理员。", "Call the other node's operator.")

/// Codes of `HTTPCarrierError`.
let wireErrors: [String: ErrorWords] = [
    // Configuration
    "malformedURL": ErrorWords("网址不对[:{url}]。", "The URL is not right[: {url}].", next: "写成 https://主机:端口。", "Write https://host:port."),
    "plainRefused": ErrorWords(
        "不加密的 HTTP 只准在本机使用[:{host}]。", "Plain HTTP is for this machine only[: {host}].",
        next: "用 https 和证书;确在可信内网时加 --allow-plain。", "Use https with a certificate; on a trusted network add --allow-plain."),
    "certificateUnreadable": ErrorWords("证书读不出来[:{path}][({reason})]。", "The certificate can't be read[: {path}][ ({reason})].", next: "检查 PEM 文件和权限。", "Check the PEM file and its permissions."),
    "bindFailed": ErrorWords("端口占用或不能监听[:{host}][:{port}][({reason})]。", "Can't listen[ on {host}][:{port}][ ({reason})].", next: "换一个端口,或停掉占用它的程序。", "Choose another port, or stop what uses it."),
    // The line
    "unreachable": ErrorWords(
        "连不上对方[:{url}][({reason})]。", "The other node can't be reached[: {url}][ ({reason})].", next: "检查网络和地址;没有网络就用 U 盘(bundle export)。",
        "Check network and address; without one use a stick (bundle export)."),
    "certificateRefused": ErrorWords(
        "对方的证书不可信[({reason})]。", "The other node's certificate is not trusted[ ({reason})].", next: "用 --authority 文件 或 --pin 摘要 指明信任哪张证书。", "Say which to trust with --authority FILE or --pin DIGEST."
    ),
    "timedOut": ErrorWords("对方太久没有回应[({limit})]。", "The other node took too long[ ({limit})].", next: "稍后再试;已送到的不会重送。", "Try again later; what arrived is not sent again."),
    "connectionLost": ErrorWords("连接断了[({reason})]。", "The connection broke[ ({reason})].", next: "再运行一次,从断处继续。", "Run it again; it goes on from there."),
    "unexpectedAnswer": ErrorWords("对方的回答读不懂[({reason})]。", "The other side's answer can't be read[ ({reason})].", next: "核对网址是不是 tiaokuai 节点。", "Check that the URL is a tiaokuai node."),
    "unsupportedVersion": ErrorWords("两边的协议版本不同[({reason})]。", "The two nodes speak different versions[ ({reason})].", next: "升级较旧的一方。", "Upgrade the older one."),
    "notFound": ErrorWords("对方没有这个地址[:{url}]。", "There is nothing at that address[: {url}].", next: "核对网址。", "Check the URL."),
    // Who is who
    "notEnrolled": ErrorWords("[{side} ]还没有加入网络。", "Not enrolled yet[ ({side})].", next: "先办加入(enroll)。", "Enrol first."),
    "wrongNetwork": ErrorWords("对方在另一个网络[({network})]。", "The other node is of another network[ ({network})].", next: "核对网址。", "Check the URL."),
    "unknownNode": ErrorWords("对方还不知道节点[ {node}]。", "The node[ {node}] is not known there.", next: "先用批准文件或数据包让双方知道对方。", "Let both know each other by a grant or bundle first."),
    "credentialCut": ErrorWords("节点[ {node} ]的凭证已撤销。", "The credential[ of {node}] was cut.", next: "请上级重新批准。", "Ask the superior for a new grant."),
    "wrongSignature": ErrorWords("对方证明不了自己的身份。", "The other side can't prove who it is.", next: callThem.0, callThem.1),
    "wrongBinding": ErrorWords("连接中间有人替换了证书。", "Somebody stands in the middle of the connection.", next: "不要继续;换网络或用 U 盘,并报告管理员。", "Stop; use another network or a stick, and tell the operator."),
    "wrongPeer": ErrorWords("这不是要找的节点[(是 {node})]。", "This is not the expected node[ (it is {node})].", next: "核对网址和 --expect。", "Check the URL and --expect."),
    "challengeUnknown": ErrorWords("对方不认这次问答(可能超时)。", "The challenge is not known there (too old?).", next: "再试一次。", "Try again."),
    "sessionUnknown": ErrorWords("对方不认这次会话(可能超时)。", "The session is not known there (too old?).", next: "再试一次,从断处继续。", "Try again; it goes on from there."),
    // Limits
    "tooManyRequests": ErrorWords("请求太频繁。", "Too many requests.", next: "等一会儿再试。", "Wait and try again."),
    "tooManySessions": ErrorWords("同时连接的节点太多。", "Too many nodes at once.", next: "等一会儿再试。", "Wait and try again."),
    "busy": ErrorWords("对方正忙。", "The other node is busy.", next: "等一会儿再试。", "Wait and try again."),
    "bodyTooLarge": ErrorWords("一次送得太多[({limit})]。", "Too much at once[ ({limit})].", next: "再试一次,会分批送;仍不行就用 U 盘。", "Try again in pages; else use a stick."),
    "pageTooLarge": ErrorWords("一页太大[({limit})]。", "A page is too large[ ({limit})].", next: "升级两边的程序。", "Upgrade both nodes."),
    "pageMalformed": ErrorWords("一页内容读不懂[({reason})]。", "A page can't be read[ ({reason})].", next: "再试一次;仍不行就用 U 盘。", "Try again; else use a stick."),
    "pageDamaged": ErrorWords("一页在路上损坏[({reason})]。", "A page was damaged on its way[ ({reason})].", next: "再试一次,从断处继续。", "Try again; it goes on from there."),
    "malformedMessage": ErrorWords("对方的话读不懂[({reason})]。", "A message can't be read[ ({reason})].", next: "升级较旧的一方。", "Upgrade the older node."),
    // The other end
    "serverFault": ErrorWords("对方的程序出错[({reason})]。", "The other node failed[ ({reason})].", next: callThem.0, callThem.1),
]
