import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

/// What a node's keys are and how they lie in its folder, the same wherever it is shown.
struct KeyFacts: Encodable {
    struct Token: Encodable {
        let module, token, key: String
    }

    let suite, sealing: String
    /// `open`, `locked`, or `partly` where only some of the files are locked.
    let state: String
    let locked, open: [String]
    let token: Token?
    let thumbprint: String

    init(_ node: Node) throws {
        let holding = try node.keyHolding()
        suite = "\(holding.signingSuite)"
        sealing = "\(holding.sealingCurve)"
        state = holding.locked.isEmpty ? "open" : holding.open.isEmpty ? "locked" : "partly"
        locked = holding.locked
        open = holding.open
        token = holding.token.map { Token(module: $0.module, token: $0.token, key: $0.key) }
        thumbprint = try node.keys.verifyingKey().thumbprint.hex
    }

    var lines: [String] {
        let names = ["ed25519": "Ed25519", "p256": "P-256", "sm2": "SM2", "x25519": "X25519"]
        var out = [
            say("签名套件 \(names[suite] ?? suite),收件曲线 \(names[sealing] ?? sealing)", "Signs with \(names[suite] ?? suite), receives on \(names[sealing] ?? sealing)"),
            say("公钥指纹 \(thumbprint)", "Thumbprint \(thumbprint)"),
        ]
        if let token { out.append(say("签名密钥在签名卡“\(token.token)”上:\(token.key)(\(token.module))", "The signing key is on the token \(token.token): \(token.key) (\(token.module))")) }
        if !locked.isEmpty { out.append(say("上了锁:\(locked.joined(separator: "、"))", "Locked: \(locked.joined(separator: ", "))")) }
        if !open.isEmpty { out.append(say("没有上锁:\(open.joined(separator: "、"))", "Open: \(open.joined(separator: ", "))")) }
        return out
    }
}
