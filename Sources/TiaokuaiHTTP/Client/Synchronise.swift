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

    struct Greeted {
        let peer: Peer
        /// Neither has anything to tell the other: there is no session.
        let isQuiet: Bool
    }

    func run() async throws -> SyncReport {
        tell(.greeting, 0, 0)
        let greeted = try await greet()
        let peer = greeted.peer
        if greeted.isQuiet { return try await quietReport(peer) }
        let theirs = try await exchangeHeads(peer)
        var sent = PageOutcome()
        let source = try await push(peer, theirs.heads, &sent)
        let (report, received) = try await pull(peer, theirs)
        tell(.closing, 0, 0)
        let receiptBefore = try await Blocking.run { [node] in try node.ask { try $0.newestReceipt(of: peer.node) } }
        try await close(peer, source, report, received, theirs)
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

    private func quietReport(_ peer: Peer) async throws -> SyncReport {
        let receipt = try await Blocking.run { [node] in try node.ask { try $0.newestReceipt(of: peer.node) } }
        return SyncReport(
            peer: peer.node, bytesSent: client.bytesSent, bytesReceived: client.bytesReceived, changesetsSent: 0, changesetsReceived: 0, sent: PageOutcome(),
            received: PageOutcome(), receipt: receipt, receiptIsNew: false)
    }

    private func tell(_ phase: SyncProgress.Phase, _ done: Int, _ total: Int) {
        progress(SyncProgress(phase: phase, done: done, total: total, bytes: client.bytesSent + client.bytesReceived))
    }

    // MARK: Greeting

    /// Each side proves who it is. `quietly`: no session is opened where neither has anything to tell the other.
    func greet(quietly: Bool = true) async throws -> Greeted {
        let own = try await Blocking.run { [node] in try node.settings() }
        guard let network = own.network else { throw HTTPCarrierError(.notEnrolled) }
        let nonce = Greeting.randomHash()
        let challenge = Challenge(network: network, node: own.node, nonce: nonce)
        let answer = try ChallengeAnswer(decoding: try await client.post("/v1/challenge", challenge.explicitForm))
        if let expected = configuration.expectedPeer, expected != answer.node { throw HTTPCarrierError(.wrongPeer, ["node": answer.node.short]) }
        // Who stands in between shows a certificate of its own.
        guard answer.binding == client.binding else { throw HTTPCarrierError(.wrongBinding) }
        let theirs = Greeting(
            role: .server, network: network, client: own.node, server: answer.node, clientNonce: nonce, serverNonce: answer.nonce, binding: client.binding,
            rootStatement: 0)
        let request = try await Blocking.run { [node] in
            try node.ask { try theirs.check(answer.signature, in: $0) }
            var mine = theirs
            mine.role = .client
            mine.rootStatement = own.rootStatement
            mine.state = quietly ? try SessionState.digest(node, .client, with: answer.node) : nil
            return SessionRequest(
                serverNonce: answer.nonce, rootStatement: mine.rootStatement, state: mine.state, signature: try mine.signature(by: node))
        }
        let session = try SessionAnswer(decoding: try await client.post("/v1/session", request.explicitForm))
        if let token = session.token { client.carry(token) }
        return Greeted(peer: Peer(node: answer.node, rootStatement: session.rootStatement), isQuiet: session.token == nil)
    }

    // MARK: Transfer

    func exchangeHeads(_ peer: Peer) async throws -> HeadsMessage {
        let mine = try await Blocking.run { [node] in
            try node.seal()
            return try node.ask { view in try message(view, view.admittedHeads(with: peer.node), peer) }
        }
        return try HeadsMessage(decoding: try await client.post("/v1/heads", mine.explicitForm, limit: HTTPLimits.headsBytes))
    }

    private func message(_ view: NodeView, _ heads: [Heads.Head], _ peer: Peer) throws -> HeadsMessage {
        HeadsMessage(
            heads: Heads(heads), acknowledged: try view.acknowledgedDigest(by: peer.node), heard: try view.heardDigest(from: peer.node))
    }

    /// Sends page by page, each acknowledged as durable before the next.
    private func push(_ peer: Peer, _ known: Heads, _ outcome: inout PageOutcome) async throws -> PageSource {
        let source = try await Blocking.run { [node] in try PageSource(node, to: peer.node, known: known, rootStatement: peer.rootStatement) }
        tell(.sending, 0, source.count)
        var position = 0
        while position < source.count {
            let page = try await Blocking.run { [position, limit = configuration.limits.effectivePageBytes] in try source.page(from: position, limit: limit) }
            let acknowledgement = try await client.post("/v1/push", page.bytes, as: MediaTypes.frames, limit: HTTPLimits.acknowledgementBytes)
            let taken = try PageOutcome(decoding: acknowledgement)
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

    private func pull(_ peer: Peer, _ theirs: HeadsMessage) async throws -> (Pulled, PageOutcome) {
        let known = try await Blocking.run { [node] () -> HeadsMessage? in
            try node.ask { view in
                let held = try view.held(theirs.heads, with: peer.node)
                // Where every head of the server's is here, there is nothing to ask for.
                if held.count == theirs.heads.heads.count, peer.rootStatement <= view.settings.rootStatement { return nil }
                return try message(view, view.admittedHeads(with: peer.node) + held, peer)
            }
        }
        guard let known else { return (Pulled(), PageOutcome()) }
        let total = try WireCount(decoding: try await client.post("/v1/plan", known.explicitForm), WireCount.plan).value
        tell(.receiving, 0, total)
        var position = 0
        var pulled = Pulled()
        var outcome = PageOutcome()
        while position < total {
            let intake = PageIntake(node, pageBytes: HTTPLimits.maximumPageBytes, largeFrames: Permits(1))
            try await client.post("/v1/pull", WireCount(position).explicitForm(WireCount.from), limit: HTTPLimits.bodyBytes) { piece in
                try await Blocking.run { try intake.feed(piece) }
            }
            let report = try await Blocking.run { try intake.finish() }
            outcome.add(PageOutcome(report))
            guard report.damaged.isEmpty else { throw HTTPCarrierError(.pageDamaged, ["stretches": "\(report.damaged.count)"]) }
            pulled.refused += report.refused.prefix(SessionTable.maximumRefused - pulled.refused.count)
            // A page holds root statements and changesets only.
            pulled.changesets += report.frames - report.statements
            position += report.frames
            tell(.receiving, position, total)
        }
        return (pulled, outcome)
    }

    private func close(_ peer: Peer, _ sent: PageSource, _ pulled: Pulled, _ received: PageOutcome, _ theirs: HeadsMessage) async throws {
        let mine = try await Blocking.run { [node] in
            try ClosingPage(node, to: peer.node, sent: sent, refused: pulled.refused, isNews: received.isNews, acknowledged: theirs.acknowledged, heard: theirs.heard)
        }
        let theirs = try await client.post("/v1/close", mine.bytes, as: MediaTypes.frames, limit: HTTPLimits.closingBytes)
        let report = try await Blocking.run { [node] in
            let intake = PageIntake(node, pageBytes: HTTPLimits.closingBytes, largeFrames: Permits(1))
            try intake.feed(theirs)
            return try intake.finish(closingFrom: peer.node, node)
        }
        guard report.damaged.isEmpty else { throw HTTPCarrierError(.pageDamaged, ["stretches": "\(report.damaged.count)"]) }
    }
}
