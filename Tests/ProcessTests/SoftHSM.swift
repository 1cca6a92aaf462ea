import Foundation
import TestKit
import Testing

/// One token with a key of each suite that tokens have.
struct SoftHSM {
    static let token = "省级签名卡"
    static let pin = "2468"
    static let tool = "/usr/bin/softhsm2-util"
    static let module = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"]
        .first { FileManager.default.fileExists(atPath: $0) }

    static let isInstalled: Bool = {
        let isThere = module != nil && FileManager.default.isExecutableFile(atPath: tool)
        if !isThere { print("note: skipped the tests of a token: softhsm2 is not installed") }
        return isThere
    }()

    let folder: URL
    let configuration: URL

    init(in folder: URL) throws {
        self.folder = folder.appendingPathComponent("tokens")
        configuration = folder.appendingPathComponent("softhsm2.conf")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        try Data("directories.tokendir = \(self.folder.path)\nobjectstore.backend = file\nlog.level = ERROR\n".utf8).write(to: configuration)
        try util("--init-token", "--free", "--label", SoftHSM.token, "--so-pin", "1357", "--pin", SoftHSM.pin)
        var random = SplitMix64(seed: 5)
        for (index, suite) in ["ed25519", "p256"].enumerated() {
            let prefix = suite == "ed25519" ? "302e020100300506032b657004220420" : "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
            let body = Data(try #require([UInt8](hex: prefix)) + random.bytes(32)).base64EncodedString()
            let file = folder.appendingPathComponent("\(suite).pem")
            try Data("-----BEGIN PRIVATE KEY-----\n\(body)\n-----END PRIVATE KEY-----\n".utf8).write(to: file)
            try util("--import", file.path, "--token", SoftHSM.token, "--pin", SoftHSM.pin, "--label", suite, "--id", "0\(index + 1)")
        }
    }

    private func util(_ arguments: String...) throws {
        let outcome = try Child.run([SoftHSM.tool] + arguments, environment: ["SOFTHSM2_CONF": configuration.path, "PATH": "/usr/bin:/bin"])
        try #require(outcome.status == 0, "\(arguments): \(outcome.err)")
    }

    /// The card pulled out, and put in again.
    func pull() throws {
        try FileManager.default.moveItem(at: folder, to: folder.appendingPathExtension("out"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func putIn() throws {
        try FileManager.default.removeItem(at: folder)
        try FileManager.default.moveItem(at: folder.appendingPathExtension("out"), to: folder)
    }

    var options: [String] { ["--token-module", SoftHSM.module ?? "", "--token", SoftHSM.token] }
}
