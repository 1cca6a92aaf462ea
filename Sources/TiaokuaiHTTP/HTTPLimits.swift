import TiaokuaiFormat

/// Every limit of the HTTP carrier, each with its reason. `standard` fits a province on common hardware; tests make them
/// small. Both ends use the same type; each end keeps to its own.
public struct HTTPLimits: Hashable, Sendable {
    public static let standard = HTTPLimits()

    /// What a page that this end sends holds at most before another begins; never above `maximumPageBytes`.
    public var pageBytes = maximumPageBytes
    /// What every end takes: at 64 kbit/s 9 minutes, so that a cut costs no more; at 40 bytes an edit a hundred thousand edits,
    /// so that a round trip costs nothing beside them.
    public static let maximumPageBytes = 4 << 20
    /// A page that is one single frame may be as large as a frame can be.
    public static let bodyBytes = Limits.frameBytes + 64

    /// Challenges and greetings take some hundred bytes; an envelope is the largest of them.
    public static let controlBytes = Limits.envelopeBytes
    public static let headsBytes = HeadsMessage.maximumBytes
    /// A checkpoint, a receipt, and what goes beside changesets, framed.
    public static let closingBytes = 3 * Limits.statementBytes + 1_024 * 1_024
    /// An answer that says what became of a page: at most `PageOutcome.maximumNotes` notes.
    public static let acknowledgementBytes = 64 << 10

    /// From one address: a sync with small news takes eight requests, so this is six nodes a second behind one gateway.
    public var requestsPerSecond = 50
    public var requestsInBurst = 200
    /// Addresses remembered for counting, about 100 bytes each; the one idle for longest is forgotten.
    public var addresses = 4_096
    /// Open connections: a hundred counties twice.
    public var connections = 256
    /// Challenges waiting for their greeting, 100 bytes each.
    public var challenges = 1_024
    /// Greeted sessions: each may hold a plan of some megabytes after a year's absence.
    public var sessions = 64
    /// Of one node: a second machine or command beside the first, and the remains of broken ones.
    public var sessionsPerNode = 4
    /// Pages under way in either direction, each at most `pageBytes` in memory: 64 MiB.
    public var transfers = 16
    /// Of these, pages that are one frame larger than `maximumPageBytes`, up to 17 MiB twice in memory.
    public var largeFrames = 1

    /// Between a challenge and its greeting: two round trips over a satellite, many times.
    public var challengeSeconds = 60
    /// Without a request: longer than the longest request may take.
    public var sessionIdleSeconds = 1_200
    /// From the greeting on: credentials are looked at again at least daily.
    public var sessionSeconds = 86_400
    /// A connection that says nothing, or takes so long for a header, is closed.
    public var idleSeconds = 60
    /// One request with its body: a page at 64 kbit/s, with half as much again.
    public var requestSeconds = 900
    /// The client's patience for one answer to begin or go on: the other end may wait 30 s for its store, and settle.
    public var answerSeconds = 180
    /// The client's patience for a connection.
    public var connectSeconds = 15
    /// After a refusal, for the other end to read it while its body is still coming.
    public var refusalSeconds = 2
    /// How long a stopping server lets requests finish.
    public var stoppingSeconds = 20
    /// How often a client comes again when it is told `busy` or `tooManyRequests`, after 1, 2, 4, 8, 8 … s.
    public var attempts = 8

    public init() {}

    var effectivePageBytes: Int { min(pageBytes, HTTPLimits.maximumPageBytes) }
}
