import TiaokuaiTrust

/// Who is asked for what opens a node's keys: a person at a terminal, a file, the environment. The node keeps nothing of it but
/// the opened key.
public struct KeyOpener: Sendable {
    /// Whether somebody may be disturbed for it.
    public enum Urgency: Hashable, Sendable {
        /// It can't go on without the key.
        case needed
        /// It can wait: what is at hand is given, and nobody is asked.
        case ifAtHand
    }

    /// The passphrase of a locked key file, by the file's name; nil when there is none to be had.
    public var passphrase: @Sendable (_ file: String, Urgency) throws -> String?
    /// A signer for a key on a token; nil when there is none to be had.
    public var signer: @Sendable (TokenKey, Urgency) throws -> (any Signer)?

    public init(
        passphrase: @escaping @Sendable (_ file: String, Urgency) throws -> String?,
        signer: @escaping @Sendable (TokenKey, Urgency) throws -> (any Signer)? = { _, _ in nil }
    ) {
        self.passphrase = passphrase
        self.signer = signer
    }

    /// Opens what lies open and nothing else.
    public static let none = KeyOpener(passphrase: { _, _ in nil })

    /// Always the same passphrase.
    public static func knowing(_ passphrase: String) -> KeyOpener { KeyOpener(passphrase: { _, _ in passphrase }) }
}

/// Which keys a node is to have.
public struct KeyPlan: Sendable {
    /// How it signs; nil: as before, Ed25519 for a new node, or as the token's key does.
    public var suite: Suite?
    /// On which curve what is for it is sealed; nil: the one that goes with the suite.
    public var sealing: SealingCurve?
    /// Where the signing key lies already; nil: a new one, in a file.
    public var token: TokenKey?

    public init(suite: Suite? = nil, sealing: SealingCurve? = nil, token: TokenKey? = nil) {
        self.suite = suite
        self.sealing = sealing
        self.token = token
    }
}
