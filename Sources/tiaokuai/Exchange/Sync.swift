import ArgumentParser
import Foundation
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// Both ways over HTTP, with the node at a URL.
struct Sync: AwaitingCommand {
    static let configuration = CommandConfiguration(
        abstract: say("与另一节点联网同步(双向)。", "Synchronises both ways with another node over HTTP."),
        discussion: example("tiaokuai sync --dir zy https://gs.example:8470", "tiaokuai sync --dir zy http://127.0.0.1:8470 --expect gs"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("对方网址。", "The other node's URL."), valueName: "url")) var url: String
    @Option(help: ArgumentHelp(say("必须是哪个节点。", "Which node it must be."), valueName: "node")) var expect: String?
    @Option(help: ArgumentHelp(say("信任的 CA 证书(PEM)。", "The certificate authority to trust (PEM)."), valueName: "file")) var authority: String?
    @Option(help: ArgumentHelp(say("对方证书的 SHA-256(十六进制)。", "SHA-256 of the other node's certificate (hexadecimal)."), valueName: "digest")) var pin: String?
    @Flag(help: ArgumentHelp(say("准许对本机以外用不加密的 HTTP。", "Allows plain HTTP beyond this machine."))) var allowPlain = false

    /// The report under the keys of `--json`.
    struct Result: Encodable {
        struct Outcome: Encodable {
            struct Note: Encodable {
                let kind, code, item, fact: String
            }
            let accepted, duplicates, waiting, void, refused, statements, damaged: Int
            let notes: [Note]
        }
        let peer, peerName: String
        let bytesSent, bytesReceived: Int64
        let changesetsSent, changesetsReceived: Int
        let sent, received: Outcome
        let receipt: String?
        let receiptIsNew, changedNothing: Bool
    }

    func answer(_ context: CommandContext) async throws -> Answer {
        let node = try context.node()
        // The other side doesn't wait for somebody to type a passphrase.
        _ = try node.keys.signer()
        var configuration = SyncConfiguration()
        configuration.allowPlain = allowPlain
        if let authority { configuration.verification = .authority(path: authority) }
        if let pin {
            guard let digest = Hash32(hex: pin) else { throw CommandError(.missingReason, ["field": "--pin"]) }
            configuration.verification = .pinned(digest)
        }
        if let expect { configuration.expectedPeer = try node.ask { try context.peer(expect, $0).id } }
        let progress = Progress(say("同步", "Synchronising"))
        let report = try await synchronise(node: node, url: url, configuration: configuration) { step in
            progress.show("\(step.phase.rawValue) \(step.done)/\(step.total)")
        }
        progress.finish()
        let result = try node.ask { view in Result(report, name: view.name(ofNode: report.peer)) }
        return Answer(result, result.lines)
    }
}

extension Sync.Result.Outcome {
    init(_ outcome: PageOutcome) {
        self.init(
            accepted: outcome.accepted, duplicates: outcome.duplicates, waiting: outcome.waiting, void: outcome.void, refused: outcome.refused,
            statements: outcome.statements, damaged: outcome.damaged,
            notes: outcome.notes.map { Note(kind: "\($0.kind)", code: $0.code, item: $0.item.hex, fact: $0.fact) })
    }
}

extension Sync.Result {
    init(_ report: SyncReport, name: String) {
        self.init(
            peer: report.peer.hash.hex, peerName: name, bytesSent: report.bytesSent, bytesReceived: report.bytesReceived,
            changesetsSent: report.changesetsSent, changesetsReceived: report.changesetsReceived, sent: .init(report.sent), received: .init(report.received),
            receipt: report.receipt?.hex, receiptIsNew: report.receiptIsNew, changedNothing: report.changedNothing)
    }

    var lines: [String] {
        var out = [
            say(
                "与 \(peerName):送出 \(changesetsSent) 份(\(bytesSent) 字节),收到 \(changesetsReceived) 份(\(bytesReceived) 字节)。",
                "With \(peerName): sent \(changesetsSent) changeset(s) (\(bytesSent) bytes), received \(changesetsReceived) (\(bytesReceived) bytes).")
        ]
        for note in sent.notes + received.notes { out.append("  \(CarriageWords.reception(note.kind)?[runLanguage] ?? note.kind) \(note.item.prefix(12)) \(note.code) \(note.fact)") }
        if changedNothing { out.append(say("两边都没有新内容。", "Nothing new on either side.")) }
        if let receipt { out.append(say("对方回执:\(receipt.prefix(16))…", "Receipt: \(receipt.prefix(16))…")) }
        return out
    }
}

/// Answers other nodes' `sync`; every other command works on the same folder meanwhile.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: say("联网服务:等下级和上级来同步。", "Serves: other nodes come to synchronise."),
        discussion: example("tiaokuai serve --dir gs --port 8470", "tiaokuai serve --dir gs --host 0.0.0.0 --certificate gs.pem --key gs.key"))

    @OptionGroup var basic: BasicOptions
    @Option(help: ArgumentHelp(say("监听地址。", "The address to listen on."), valueName: "host")) var host = "127.0.0.1"
    @Option(help: ArgumentHelp(say("端口;0 为任选。", "The port; 0 for any."), valueName: "port")) var port = 8470
    @Option(help: ArgumentHelp(say("证书(PEM)。", "The certificate (PEM)."), valueName: "file")) var certificate: String?
    @Option(help: ArgumentHelp(say("证书的私钥(PEM)。", "The certificate's key (PEM)."), valueName: "file")) var key: String?
    @Flag(help: ArgumentHelp(say("准许对本机以外用不加密的 HTTP。", "Allows plain HTTP beyond this machine."))) var allowPlain = false

    struct Listening: Encodable {
        let url: String
        let port: Int
        let pid: Int32
    }

    func run() async throws {
        do {
            let node = try CommandContext(options: basic).node()
            // Asked for once, here, and not when the first node comes.
            _ = try node.keys.signer()
            var configuration = NodeServer.Configuration(host: host, port: port, allowPlain: allowPlain, version: Tiaokuai.release)
            if certificate != nil || key != nil {
                guard let certificate, let key else { throw CommandError(.missingReason, ["field": "--certificate / --key"]) }
                configuration.certificate = .init(certificatePath: certificate, keyPath: key)
            }
            let (scheme, host, asJSON) = (configuration.certificate == nil ? "http" : "https", self.host, basic.json)
            // One line, at once: whoever started this process waits for it.
            configuration.onListening = { port in
                let listening = Listening(url: "\(scheme)://\(host):\(port)", port: port, pid: getpid())
                let text = (try? Answer.text(listening)) ?? ""
                Terminal.write((asJSON ? text : say("正在服务 \(listening.url),Ctrl-C 停止。", "Serving \(listening.url); Ctrl-C stops.")) + "\n", to: 1)
            }
            try await NodeServer(node: node, configuration: configuration).runUntilStopped()
        } catch {
            try finish(basic.json) { throw error }
        }
    }
}
