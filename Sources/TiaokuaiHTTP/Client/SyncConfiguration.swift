import Logging
import TiaokuaiModel

/// How `synchronise` reaches the other end, and whom it takes for it.
public struct SyncConfiguration: Sendable {
    /// How the server's certificate is checked, on https. Whoever shows it must then prove a node's key as well.
    public enum Verification: Hashable, Sendable {
        /// The machine's certificate authorities, and the name.
        case system
        /// The authorities in this PEM file and no others, and the name.
        case authority(path: String)
        /// The one certificate with this SHA-256 of its DER; neither name nor dates are looked at.
        case pinned(Hash32)
    }

    public var verification: Verification
    /// Allows `http://` to another machine. What is sent can then be read on the way, and the session taken over.
    public var allowPlain: Bool
    /// Refuses every other node with `wrongPeer`.
    public var expectedPeer: NodeID?
    public var limits: HTTPLimits
    public var logger: Logger

    public init(
        verification: Verification = .system, allowPlain: Bool = false, expectedPeer: NodeID? = nil, limits: HTTPLimits = .standard, logger: Logger? = nil
    ) {
        self.verification = verification
        self.allowPlain = allowPlain
        self.expectedPeer = expectedPeer
        self.limits = limits
        self.logger = logger ?? HTTPLogger.quiet
    }
}
