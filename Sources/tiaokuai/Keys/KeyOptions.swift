import ArgumentParser
import Foundation
import TiaokuaiNode
import TiaokuaiTrust
import TiaokuaiWording

/// A cipher suite as people write it.
enum SuiteName: String, ExpressibleByArgument {
    case ed25519, p256, sm2

    var suite: Suite {
        switch self {
        case .ed25519: .ed25519
        case .p256: .p256
        case .sm2: .sm2
        }
    }
}

/// The curve of a sealing key as people write it.
enum SealingName: String, ExpressibleByArgument {
    case x25519, p256, sm2

    var curve: SealingCurve {
        switch self {
        case .x25519: .x25519
        case .p256: .p256
        case .sm2: .sm2
        }
    }
}

/// Where on which token a signing key lies.
struct TokenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            say("签名卡的 PKCS#11 模块(卡厂家的动态库)。", "The PKCS#11 module of the token's maker: a shared library."), valueName: "path"))
    var tokenModule: String?

    @Option(help: ArgumentHelp(say("签名卡的标签。", "The token's label."), valueName: "label"))
    var token: String?

    @Option(help: ArgumentHelp(say("卡上密钥的标签。", "The key's label on it."), valueName: "label"))
    var tokenKey: String?

    /// Nil when nothing is said of a token; what is not said is as before. Throws `missingReason`.
    func key(before: TokenKey? = nil) throws -> TokenKey? {
        guard tokenModule != nil || token != nil || tokenKey != nil else { return nil }
        guard let module = tokenModule ?? before?.module else { throw CommandError(.missingReason, ["field": "--token-module"]) }
        guard let token = token ?? before?.token else { throw CommandError(.missingReason, ["field": "--token"]) }
        guard let key = tokenKey ?? before?.key else { throw CommandError(.missingReason, ["field": "--token-key"]) }
        // Commands are run from anywhere; a bare name is looked for by the loader.
        let path = module.contains("/") ? URL(fileURLWithPath: module).path : module
        return try TokenKey(module: path, token: token, key: key)
    }
}

/// Which keys a node gets.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            say("签名用什么密码套件:ed25519、p256 或 sm2(国密);不写为 ed25519,换密钥时为原来的。", "How it signs: ed25519, p256 or sm2; by default ed25519, for a rotation as before."),
            valueName: "suite"))
    var suite: SuiteName?

    @Option(
        help: ArgumentHelp(
            say("收件用什么曲线:x25519、p256 或 sm2;不写则随签名套件。", "On which curve files are sealed to it: x25519, p256 or sm2; by default the one that goes with the suite."), valueName: "curve"))
    var sealing: SealingName?

    @OptionGroup var token: TokenOptions

    func plan() throws -> KeyPlan { KeyPlan(suite: suite?.suite, sealing: sealing?.curve, token: try token.key()) }
}
