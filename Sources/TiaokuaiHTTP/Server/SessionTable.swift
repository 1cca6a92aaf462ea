import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// Who was challenged and who was greeted, in memory only. A pure table: the caller gives the time and the random bytes.
struct SessionTable {
    typealias Instant = ContinuousClock.Instant

    struct Challenged: Hashable {
        let network: NetworkID
        let client: NodeID
        let clientNonce: Hash32
        let until: Instant
    }

    struct Session: Sendable {
        let peer: NodeID
        /// Newest root statement that the peer holds.
        let rootStatement: UInt64
        let opened: Instant
        var used: Instant
        /// What the peer lacks, once it asked.
        var plan: PageSource?
        /// Digest over what it knows from this node's newest receipt.
        var acknowledged: Hash32?
        /// Digest of this node's last closing page that the client heard.
        var heard = Hash32.zero
        var outcome = PageOutcome()
        /// For the receipt; the first `maximumRefused`.
        var refused: [Reception] = []
        var bytesIn: Int64 = 0
        var bytesOut: Int64 = 0
        var changesetsOut = 0
    }

    static let maximumRefused = 1_024

    private let limits: HTTPLimits
    private var challenges: [Hash32: Challenged] = [:]
    /// By SHA-256 of the token, so that looking one up takes the same time whatever was guessed.
    private var sessions: [Hash32: Session] = [:]

    init(limits: HTTPLimits) { self.limits = limits }

    var count: Int { sessions.count }

    /// Remembers a challenge under the server's nonce; throws `busy` when too many wait.
    mutating func challenge(_ challenge: Challenge, nonce: Hash32, at now: Instant) throws {
        challenges = challenges.filter { $0.value.until > now }
        guard challenges.count < limits.challenges else { throw HTTPCarrierError(.busy) }
        challenges[nonce] = Challenged(
            network: challenge.network, client: challenge.node, clientNonce: challenge.nonce, until: now + .seconds(limits.challengeSeconds))
    }

    /// A challenge is good once.
    mutating func redeem(nonce: Hash32, at now: Instant) throws -> Challenged {
        guard let challenged = challenges.removeValue(forKey: nonce), challenged.until > now else { throw HTTPCarrierError(.challengeUnknown) }
        return challenged
    }

    /// Opens a session; a node's oldest makes room for its newest. Throws `tooManySessions`.
    mutating func open(_ peer: NodeID, rootStatement: UInt64, token: Hash32, at now: Instant) throws {
        sessions = sessions.filter { isAlive($0.value, at: now) }
        let own = sessions.filter { $0.value.peer == peer }.sorted { $0.value.opened < $1.value.opened }
        if own.count >= limits.sessionsPerNode || sessions.count >= limits.sessions, let oldest = own.first { sessions[oldest.key] = nil }
        guard sessions.count < limits.sessions else { throw HTTPCarrierError(.tooManySessions, ["limit": "\(limits.sessions)"]) }
        sessions[sha256(token.bytes)] = Session(peer: peer, rootStatement: rootStatement, opened: now, used: now)
    }

    /// The session of a token, whose idle time begins again; throws `sessionUnknown`.
    mutating func session(_ token: Hash32, at now: Instant) throws -> Session {
        let key = sha256(token.bytes)
        guard var session = sessions[key], isAlive(session, at: now) else {
            sessions[key] = nil
            throw HTTPCarrierError(.sessionUnknown)
        }
        session.used = now
        sessions[key] = session
        return session
    }

    /// Changes a session that may have ended meanwhile; then nothing happens.
    mutating func update(_ token: Hash32, _ change: (inout Session) -> Void) {
        let key = sha256(token.bytes)
        guard var session = sessions[key] else { return }
        change(&session)
        sessions[key] = session
    }

    mutating func close(_ token: Hash32) { sessions[sha256(token.bytes)] = nil }

    private func isAlive(_ session: Session, at now: Instant) -> Bool {
        now - session.used < .seconds(limits.sessionIdleSeconds) && now - session.opened < .seconds(limits.sessionSeconds)
    }
}
