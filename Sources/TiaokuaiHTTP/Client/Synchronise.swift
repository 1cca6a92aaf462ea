import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// Meets the node that serves at `url`: greets, sends what it lacks, takes what this node lacks, exchanges receipts.
///
/// Everything that arrived before an error is held, on both sides; calling again goes on from there, and calling again after
/// success changes nothing. Memory is bounded by one page (`HTTPLimits.pageBytes`). Throws `HTTPCarrierError`; errors of this
/// node's own store as they are.
public func synchronise(
    node: Node, url: String, configuration: SyncConfiguration = SyncConfiguration(), progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
) async throws -> SyncReport {
    let client = WireClient(try ServerAddress(url, allowPlain: configuration.allowPlain), configuration)
    do {
        let report = try await Synchronisation(node: node, client: client, configuration: configuration, progress: progress).run()
        await client.shutdown()
        return report
    } catch {
        await client.shutdown()
        switch error {
        case let error as FormatError: throw HTTPCarrierError(.unexpectedAnswer, ["url": url, "reason": error.description])
        case let error as NodeError where error.code == .notABundle: throw HTTPCarrierError(.pageMalformed, error.facts)
        default: throw error
        }
    }
}

/// One meeting, seen from the client, step by step as in Docs/Formats/Wire.md.
struct Synchronisation {
    let node: Node
    let client: WireClient
    let configuration: SyncConfiguration
    let progress: @Sendable (SyncProgress) -> Void

    struct Peer {
        let node: NodeID
        let rootStatement: UInt64
    }

    func run() async throws -> SyncReport {
        tell(.greeting, 0, 0)
        let peer = try await greet()
        let theirs = try await exchangeHeads(peer)
        var sent = Outcome()
        let source = try await push(peer, theirs.heads, &sent)
        let (report, received) = try await pull(peer, theirs)
        tell(.closing, 0, 0)
        let receiptBefore = try await Blocking.run { [node] in try node.ask { try $0.newestReceipt(of: peer.node) } }
        try await close(peer, source, report, received, acknowledged: theirs.acknowledged)
        let receipt = try await Blocking.run { [node, client, sent] in
            if sent.accepted > 0 {
                try node.registerWire(peer: peer.node, direction: "out", frames: sent.accepted, bytes: client.bytesSent, note: "sync")
            }
            if received.accepted > 0 {
                try node.registerWire(peer: peer.node, direction: "in", frames: received.accepted, bytes: client.bytesReceived, note: "sync")
            }
            return try node.ask { try $0.newestReceipt(of: peer.node) }
        }
        return SyncReport(
            peer: peer.node, bytesSent: client.bytesSent, bytesReceived: client.bytesReceived, changesetsSent: source.changesets,
            changesetsReceived: report.changesets, sent: sent, received: received, receipt: receipt, receiptIsNew: receipt != receiptBefore)
    }

    private func tell(_ phase: SyncProgress.Phase, _ done: Int, _ total: Int) {
        progress(SyncProgress(phase: phase, done: done, total: total, bytes: client.bytesSent + client.bytesReceived))
    }

    // MARK: Greeting

    func greet() async throws -> Peer {
        let own = try await Blocking.run { [node] in try node.settings() }
        guard let network = own.network else { throw HTTPCarrierError(.notEnrolled) }
        let nonce = Greeting.randomHash()
        let answer = try Challenge(decoding: try await client.post("/v1/challenge", Challenge(network: network, node: own.node, nonce: nonce).explicitForm))
        guard answer.network == network else { throw HTTPCarrierError(.wrongNetwork, ["network": answer.network.short]) }
        if let expected = configuration.expectedPeer, expected != answer.node { throw HTTPCarrierError(.wrongPeer, ["node": answer.node.short]) }
        let mine = Greeting(
            role: .client, network: network, client: own.node, server: answer.node, clientNonce: nonce, serverNonce: answer.nonce, binding: client.binding,
            rootStatement: own.rootStatement)
        let envelope = try await Blocking.run { [node] in
            try node.ask { try $0.checkPeer(answer.node) }
            return try node.sign(mine.explicitForm, as: .greeting)
        }
        let grant = try SessionGrant(decoding: try await client.post("/v1/session", envelope, limit: 2 * HTTPLimits.controlBytes))
        var theirs = mine
        theirs.role = .server
        let expected = theirs
        let rootStatement = try await Blocking.run { [node] in try node.ask { try Greeting.check(grant.greeting, expecting: expected, in: $0) } }
        client.carry(grant.token)
        return Peer(node: answer.node, rootStatement: rootStatement)
    }

    // MARK: Transfer

    func exchangeHeads(_ peer: Peer) async throws -> HeadsMessage {
        let mine = try await Blocking.run { [node] in
            try node.seal()
            return try node.ask { try HeadsMessage(heads: Heads($0.admittedHeads(with: peer.node)), acknowledged: $0.acknowledgedDigest(by: peer.node)) }
        }
        return try HeadsMessage(decoding: try await client.post("/v1/heads", mine.explicitForm, limit: HTTPLimits.headsBytes))
    }

    /// Sends page by page, each acknowledged as durable before the next.
    private func push(_ peer: Peer, _ known: Heads, _ outcome: inout Outcome) async throws -> PageSource {
        let source = try await Blocking.run { [node] in try PageSource(node, to: peer.node, known: known, rootStatement: peer.rootStatement) }
        tell(.sending, 0, source.count)
        var position = 0
        while position < source.count {
            let page = try await Blocking.run { [position, limit = configuration.limits.effectivePageBytes] in try source.page(from: position, limit: limit) }
            let acknowledgement = try await client.post("/v1/push", page.bytes, as: MediaTypes.frames, limit: HTTPLimits.acknowledgementBytes)
            let taken = try Outcome(decoding: acknowledgement)
            outcome.add(taken)
            guard taken.damaged == 0 else { throw HTTPCarrierError(.pageDamaged, ["stretches": "\(taken.damaged)", "side": "server"]) }
            position = page.next
            tell(.sending, position, source.count)
        }
        return source
    }

    /// What came in over all pages.
    private struct Pulled {
        var refused: [Reception] = []
        var changesets = 0
    }

    private func pull(_ peer: Peer, _ theirs: HeadsMessage) async throws -> (Pulled, Outcome) {
        let known = try await Blocking.run { [node] in
            try node.ask { view in
                let heads = try view.admittedHeads(with: peer.node) + view.held(theirs.heads, with: peer.node)
                return try HeadsMessage(heads: Heads(heads), acknowledged: view.acknowledgedDigest(by: peer.node))
            }
        }
        let total = try Count(decoding: try await client.post("/v1/plan", known.explicitForm), Count.plan).value
        tell(.receiving, 0, total)
        var position = 0
        var pulled = Pulled()
        var outcome = Outcome()
        while position < total {
            let intake = PageIntake(node, pageBytes: HTTPLimits.maximumPageBytes, largeFrames: Permits(1))
            try await client.post("/v1/pull", Count(position).explicitForm(Count.from), limit: HTTPLimits.bodyBytes) { piece in
                try await Blocking.run { try intake.feed(piece) }
            }
            let report = try await Blocking.run { try intake.finish() }
            outcome.add(Outcome(report))
            guard report.damaged.isEmpty else { throw HTTPCarrierError(.pageDamaged, ["stretches": "\(report.damaged.count)"]) }
            pulled.refused += report.refused.prefix(SessionTable.maximumRefused - pulled.refused.count)
            // A page holds root statements and changesets only.
            pulled.changesets += report.frames - report.statements
            position += report.frames
            tell(.receiving, position, total)
        }
        return (pulled, outcome)
    }

    private func close(_ peer: Peer, _ sent: PageSource, _ pulled: Pulled, _ received: Outcome, acknowledged: Hash32) async throws {
        let mine = try await Blocking.run { [node] in
            try ClosingPage(node, to: peer.node, sent: sent, refused: pulled.refused, isNews: received.isNews, acknowledged: acknowledged)
        }
        let theirs = try await client.post("/v1/close", mine.bytes, as: MediaTypes.frames, limit: HTTPLimits.closingBytes)
        let report = try await Blocking.run { [node] in
            let intake = PageIntake(node, pageBytes: HTTPLimits.closingBytes, largeFrames: Permits(1))
            try intake.feed(theirs)
            return try intake.finish()
        }
        guard report.damaged.isEmpty else { throw HTTPCarrierError(.pageDamaged, ["stretches": "\(report.damaged.count)"]) }
    }
}
