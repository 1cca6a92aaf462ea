import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiTrust

/// A SoftHSM token in a folder of its own, with keys whose secrets are known. One for all tests: a PKCS#11 module is set up once in a
/// process, by its environment.
struct SoftToken: Sendable {
    static let label = "县级签名卡"
    static let pin = "2468"
    /// Nil where SoftHSM is not installed (Debian: softhsm2); the tests then count as skipped.
    static let shared: SoftToken? = make()

    let module: String
    /// Secret by suite; the key's label on the token is the suite's name.
    let keys: [TiaokuaiTrust.Suite: SigningKey]

    private static func make() -> SoftToken? {
        let modules = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"]
        let tools = ["/usr/bin/softhsm2-util", "/usr/local/bin/softhsm2-util"]
        guard let module = modules.first(where: FileManager.default.fileExists), let tool = tools.first(where: FileManager.default.fileExists) else {
            return nil
        }
        do {
            return try SoftToken(module: module, tool: tool)
        } catch {
            Issue.record("SoftHSM is installed and did not work: \(error)")
            return nil
        }
    }

    private init(module: String, tool: String) throws {
        let folder = softTokenFolder
        self.module = module
        let tokens = folder.appendingPathComponent("tokens")
        try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
        let configuration = folder.appendingPathComponent("softhsm2.conf")
        try Data("directories.tokendir = \(tokens.path)\nobjectstore.backend = file\nlog.level = ERROR\n".utf8).write(to: configuration)
        setenv("SOFTHSM2_CONF", configuration.path, 1)
        func run(_ arguments: [String]) throws {
            guard try Child.run([tool] + arguments).status == 0 else { throw TokenTestError(what: arguments.joined(separator: " ")) }
        }
        try run(["--init-token", "--free", "--label", SoftToken.label, "--so-pin", "1357", "--pin", SoftToken.pin])
        var generator = SplitMix64(seed: 11)
        var keys: [TiaokuaiTrust.Suite: SigningKey] = [:]
        for (index, suite) in [TiaokuaiTrust.Suite.ed25519, .p256].enumerated() {
            let secret = generator.bytes(32)
            keys[suite] = try SigningKey(suite, secret: secret)
            let file = folder.appendingPathComponent("\(suite).pem")
            // PKCS#8 around the bare secret.
            let prefix = suite == .ed25519 ? "302e020100300506032b657004220420" : "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
            let body = Data(([UInt8](hex: prefix) ?? []) + secret).base64EncodedString()
            try Data("-----BEGIN PRIVATE KEY-----\n\(body)\n-----END PRIVATE KEY-----\n".utf8).write(to: file)
            try run(["--import", file.path, "--token", SoftToken.label, "--pin", SoftToken.pin, "--label", "\(suite)", "--id", "0\(index + 1)"])
            // A second pair of one label, for `keyAmbiguous`.
            try run(["--import", file.path, "--token", SoftToken.label, "--pin", SoftToken.pin, "--label", "double", "--id", "1\(index + 1)"])
        }
        self.keys = keys
    }
}

/// Lives as long as the process, since the module does, and goes with it.
private let softTokenFolder: URL = {
    atexit { try? FileManager.default.removeItem(at: softTokenFolder) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("tiaokuai-token-\(UUID().uuidString)", isDirectory: true)
}()

struct TokenTestError: Error { let what: String }
