import Hummingbird
import Synchronization
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// What the server does for each request, without HTTP: greeting, heads, push, plan, pull, close. Everything that touches
/// the node runs on blocking threads and ends before anything is awaited.
final class WireService: Sendable {
    typealias Instant = ContinuousClock.Instant
    /// Reads a body and hands it over bit by bit.
    typealias Pieces = (@escaping @Sendable ([UInt8]) async throws -> Void) async throws -> Void

    let node: Node
    let limits: HTTPLimits
    private let binding: Hash32?
    private let sessions: Mutex<SessionTable>
    private let rate: Mutex<RequestRate>
    private let transfers: Permits
    private let largeFrames: Permits

    init(_ node: Node, limits: HTTPLimits, binding: Hash32?) {
        self.node = node
        self.limits = limits
        self.binding = binding
        sessions = Mutex(SessionTable(limits: limits))
        rate = Mutex(RequestRate(limits: limits))
        transfers = Permits(limits.transfers)
        largeFrames = Permits(limits.largeFrames)
    }

    private var now: Instant { .now }

    func count(_ address: String) throws {
        guard rate.withLock({ $0.admits(address, at: now) }) else { throw HTTPCarrierError(.tooManyRequests, ["limit": "\(limits.requestsPerSecond)"]) }
    }

    // MARK: Greeting

    /// Names this node and signs first: whoever asks learns that it is here, which a certificate would say too, and nothing else.
    func challenge(_ bytes: [UInt8]) async throws -> [UInt8] {
        let challenge = try Challenge(decoding: bytes)
        let nonce = Greeting.randomHash()
        let answer = try await Blocking.run { [node, binding] in
            let own = try node.ask { view in
                guard let network = view.settings.network else { throw HTTPCarrierError(.notEnrolled) }
                guard challenge.network == network else { throw HTTPCarrierError(.wrongNetwork) }
                try view.checkPeer(challenge.node)
                return view.settings.node
            }
            let greeting = Greeting(
                role: .server, network: challenge.network, client: challenge.node, server: own, clientNonce: challenge.nonce, serverNonce: nonce,
                binding: binding, rootStatement: 0)
            return ChallengeAnswer(node: own, nonce: nonce, binding: binding, signature: try greeting.signature(by: node))
        }
        try sessions.withLock { try $0.challenge(challenge, nonce: nonce, at: now) }
        return answer.explicitForm
    }

    /// Opens a session for a client that proves itself, unless neither has anything to tell the other.
    func greet(_ bytes: [UInt8]) async throws -> [UInt8] {
        let request = try SessionRequest(decoding: bytes)
        let challenged = try sessions.withLock { try $0.redeem(nonce: request.serverNonce, at: now) }
        let (rootStatement, isQuiet) = try await Blocking.run { [node, binding] in
            let rootStatement = try node.ask { view in
                let greeting = Greeting(
                    role: .client, network: challenged.network, client: challenged.client, server: view.settings.node, clientNonce: challenged.clientNonce,
                    serverNonce: request.serverNonce, binding: binding, rootStatement: request.rootStatement, state: request.state)
                try greeting.check(request.signature, in: view)
                return view.settings.rootStatement
            }
            guard let state = request.state, request.rootStatement == rootStatement else { return (rootStatement, false) }
            return (rootStatement, try SessionState.digest(node, .server, with: challenged.client) == state)
        }
        if isQuiet { return SessionAnswer(rootStatement: rootStatement, token: nil).explicitForm }
        let token = Greeting.randomHash()
        try sessions.withLock { try $0.open(challenged.client, rootStatement: request.rootStatement, token: token, at: now) }
        return SessionAnswer(rootStatement: rootStatement, token: token).explicitForm
    }

    /// The session of a request; a node that was cut meanwhile has none.
    private func session(_ token: Hash32) async throws -> SessionTable.Session {
        let session = try sessions.withLock { try $0.session(token, at: now) }
        do {
            try await Blocking.run { [node] in try node.ask { try $0.checkPeer(session.peer) } }
        } catch let error as HTTPCarrierError {
            sessions.withLock { $0.close(token) }
            throw error
        }
        return session
    }

    // MARK: Transfer

    /// Answers a client's heads with this node's, and those of the client's that it holds too.
    func heads(_ token: Hash32, _ bytes: [UInt8]) async throws -> [UInt8] {
        let session = try await session(token)
        let message = try HeadsMessage(decoding: bytes)
        let theirs = message.heads
        sessions.withLock {
            $0.update(token) { session in
                session.acknowledged = message.acknowledged
                session.heard = message.heard
            }
        }
        return try await Blocking.run { [node] in
            try node.seal()
            return try node.ask { view in
                let ours = try view.admittedHeads(with: session.peer) + view.held(theirs, with: session.peer)
                return HeadsMessage(
                    heads: Heads(ours), acknowledged: try view.acknowledgedDigest(by: session.peer), heard: try view.heardDigest(from: session.peer)
                ).explicitForm
            }
        }
    }

    /// Takes a page, each frame as soon as it is there; the acknowledgement is given when all of it is durable.
    func push(_ token: Hash32, _ pieces: Pieces) async throws -> [UInt8] {
        _ = try await session(token)
        try transfers.take()
        defer { transfers.give() }
        let report = try await take(pieces)
        let outcome = PageOutcome(report)
        sessions.withLock {
            $0.update(token) { session in
                session.outcome.add(outcome)
                session.bytesIn += Int64(report.bytes)
                session.refused += report.refused.prefix(SessionTable.maximumRefused - session.refused.count)
            }
        }
        return outcome.explicitForm
    }

    private func take(_ pieces: Pieces) async throws -> ImportReport {
        let intake = PageIntake(node, pageBytes: HTTPLimits.maximumPageBytes, largeFrames: largeFrames)
        try await pieces { piece in try await Blocking.run { try intake.feed(piece) } }
        return try await Blocking.run { try intake.finish() }
    }

    func plan(_ token: Hash32, _ bytes: [UInt8]) async throws -> [UInt8] {
        let session = try await session(token)
        let message = try HeadsMessage(decoding: bytes)
        let source = try await Blocking.run { [node] in
            try PageSource(node, to: session.peer, known: message.heads, rootStatement: session.rootStatement)
        }
        sessions.withLock {
            $0.update(token) { session in
                session.plan = source
                session.acknowledged = message.acknowledged
            }
        }
        return WireCount(source.count).explicitForm(WireCount.plan)
    }

    func pull(_ token: Hash32, _ bytes: [UInt8]) async throws -> [UInt8] {
        let session = try await session(token)
        let position = try WireCount(decoding: bytes, WireCount.from).value
        guard let source = session.plan, position < source.count else { throw HTTPCarrierError(.malformedMessage, ["reason": "no such page"]) }
        try transfers.take()
        defer { transfers.give() }
        let page = try await Blocking.run { [limits] in try source.page(from: position, limit: limits.effectivePageBytes) }
        sessions.withLock {
            $0.update(token) { session in
                session.bytesOut += Int64(page.bytes.count)
                session.changesetsOut += page.changesets
            }
        }
        return page.bytes
    }

    /// Takes the client's closing statements and gives this node's; the session ends.
    func close(_ token: Hash32, _ pieces: Pieces) async throws -> [UInt8] {
        let peer = try await self.session(token).peer
        let closing = PageIntake(node, pageBytes: HTTPLimits.closingBytes, largeFrames: largeFrames)
        try await pieces { piece in try await Blocking.run { try closing.feed(piece) } }
        _ = try await Blocking.run { [node] in try closing.finish(closingFrom: peer, node) }
        let session = try sessions.withLock { table in
            defer { table.close(token) }
            return try table.session(token, at: now)
        }
        return try await Blocking.run { [node] in
            let closing = try ClosingPage(
                node, to: session.peer, sent: session.plan, refused: session.refused, isNews: session.outcome.isNews, acknowledged: session.acknowledged,
                heard: session.heard)
            if session.outcome.accepted > 0 || session.changesetsOut > 0 { try WireService.register(session, node) }
            return closing.bytes
        }
    }

    private static func register(_ session: SessionTable.Session, _ node: Node) throws {
        if session.outcome.accepted > 0 {
            try node.registerWire(peer: session.peer, direction: "in", frames: session.outcome.accepted, bytes: session.bytesIn, note: "serve")
        }
        if session.changesetsOut > 0 {
            try node.registerWire(peer: session.peer, direction: "out", frames: session.changesetsOut, bytes: session.bytesOut, note: "serve")
        }
    }

    // MARK: Refusals

    /// What the other side is told of an error: codes of this format, and nothing of the node's own troubles.
    static func refusal(_ error: any Error) -> HTTPCarrierError {
        switch error {
        case let error as HTTPCarrierError: error
        case let error as FormatError: HTTPCarrierError(error.code == .unsupported ? .unsupportedVersion : .malformedMessage, ["reason": error.description])
        case let error as NodeError where error.code == .notABundle: HTTPCarrierError(.pageMalformed, error.facts)
        case let error as NodeError where error.code == .wrongNetwork: HTTPCarrierError(.wrongNetwork)
        case let error as HTTPError where error.status == .notFound: HTTPCarrierError(.notFound)
        case let error as StoreError where error.code == .busy: HTTPCarrierError(.busy)
        default: HTTPCarrierError(.serverFault)
        }
    }
}
