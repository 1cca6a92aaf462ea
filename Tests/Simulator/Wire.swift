import LifeChecks
import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// A meeting over a wire, as client and server hold it: only HTTP itself, the signatures of the greeting and its sessions are
/// left out. Pages that are cut or come twice are small, so that there are many places for it; others are as a real node's, mostly.
struct Wire {
    enum Manner { case whole, cutShort, twice }

    let client: Machine
    let server: Machine
    let manner: Manner
    let pageBytes: Int
    /// Bytes after which the wire is cut; both directions together.
    private var rest: Int
    private(set) var isCut = false
    private(set) var isQuiet = false
    /// One of the two would not have greeted the other.
    private(set) var isRefused = false

    init(_ client: Machine, _ server: Machine, _ manner: Manner, _ random: inout SplitMix64) {
        (self.client, self.server, self.manner) = (client, server, manner)
        pageBytes = manner == .whole && random.percent(75) ? 1 << 20 : Int.random(in: 1_000...40_000, using: &random)
        rest = manner == .cutShort ? Int.random(in: 0...30_000, using: &random) : .max
    }

    mutating func talk() throws {
        guard try knows(client, server), try knows(server, client) else {
            isRefused = true
            return
        }
        let (mine, theirs) = (try client.node.settings().rootStatement, try server.node.settings().rootStatement)
        if let state = try SessionState.digest(client.node, .client, with: server.id), mine == theirs {
            isQuiet = try SessionState.digest(server.node, .server, with: client.id) == state
            if isQuiet { return }
        }
        // Heads of both, and those of the client's that the server holds too.
        try client.node.seal()
        let said = try client.node.ask {
            (heads: Heads(try $0.admittedHeads(with: server.id)), knows: try $0.acknowledgedDigest(by: server.id), heard: try $0.heardDigest(from: server.id))
        }
        try server.node.seal()
        let answer = try server.node.ask { view in
            (
                heads: Heads(try view.admittedHeads(with: client.id) + view.held(said.heads, with: client.id)),
                knows: try view.acknowledgedDigest(by: client.id), heard: try view.heardDigest(from: client.id)
            )
        }
        let up = try PageSource(client.node, to: server.id, known: answer.heads, rootStatement: theirs)
        let sent = try carry(up, to: server)
        if isCut { return }
        let known = try client.node.ask { view -> (heads: Heads, knows: Hash32)? in
            let held = try view.held(answer.heads, with: server.id)
            if held.count == answer.heads.heads.count, theirs <= view.settings.rootStatement { return nil }
            return (Heads(try view.admittedHeads(with: server.id) + held), try view.acknowledgedDigest(by: server.id))
        }
        let down = try known.map { try PageSource(server.node, to: client.id, known: $0.heads, rootStatement: mine) }
        let received = try down.map { try carry($0, to: client) } ?? Taken()
        if isCut { return }
        let first = try ClosingPage(client.node, to: server.id, sent: up, refused: received.refused, isNews: received.outcome.isNews, acknowledged: answer.knows, heard: answer.heard)
        try hear(first.bytes, at: server, from: client)
        if isCut { return }
        let last = try ClosingPage(
            server.node, to: client.id, sent: down, refused: sent.refused, isNews: sent.outcome.isNews, acknowledged: known?.knows ?? said.knows,
            heard: said.heard)
        try hear(last.bytes, at: client, from: server)
    }

    private func knows(_ one: Machine, _ other: Machine) throws -> Bool {
        try one.node.ask { view in
            guard let trust = view.trust else { return false }
            return !trust.credentials(of: other.id).isEmpty && !trust.isEnded(other.id)
        }
    }

    private struct Taken {
        var outcome = PageOutcome()
        var refused: [Reception] = []
    }

    private mutating func carry(_ source: PageSource, to receiver: Machine) throws -> Taken {
        var taken = Taken()
        var position = 0
        while position < source.count, !isCut {
            let page = try source.page(from: position, limit: pageBytes)
            for _ in 0..<(manner == .twice ? 2 : 1) {
                var importer = Importer(receiver.node)
                let report = try feed(page.bytes, &importer)
                taken.outcome.add(PageOutcome(report))
                taken.refused += report.refused
            }
            position = page.next
        }
        return taken
    }

    private mutating func hear(_ bytes: [UInt8], at receiver: Machine, from sender: Machine) throws {
        var importer = Importer(receiver.node)
        let report = try feed(bytes, &importer)
        if !isCut, report.damaged.isEmpty { try receiver.node.noteHeard(from: sender.id, page: importer.framesDigest) }
    }

    /// As far as the wire holds. What had come whole is durable, and the rest is named as damage.
    private mutating func feed(_ bytes: [UInt8], _ importer: inout Importer) throws -> ImportReport {
        let length = min(bytes.count, rest)
        isCut = length < bytes.count
        if rest != .max { rest -= length }
        if length > 0 { try importer.feed(Array(bytes[..<length])) }
        return try importer.finish()
    }
}
