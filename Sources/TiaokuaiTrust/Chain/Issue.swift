import TiaokuaiFormat
import TiaokuaiModel

/// One carriage of a credential or cut: whose feed it lies in, and where.
public struct Issue: Hashable, Sendable {
    public let node: NodeID
    public let partition: Partition
    /// Nil while the operation is not sealed (on its own node only).
    public let changeset: ChangesetID?
    /// Within the changeset, or among what is not sealed.
    public let position: Int64

    public init(node: NodeID, partition: Partition, changeset: ChangesetID?, position: Int64) {
        self.node = node
        self.partition = partition
        self.changeset = changeset
        self.position = position
    }
}

/// A credential operation as it was carried; one that was carried twice is there twice, and counts if either may carry it.
public struct GrantOperation: Hashable, Sendable {
    public let id: OperationID
    public let content: CredentialContent
    public let issuerUnit: UnitID
    public let issue: Issue

    public init(id: OperationID, content: CredentialContent, issuerUnit: UnitID, issue: Issue) {
        self.id = id
        self.content = content
        self.issuerUnit = issuerUnit
        self.issue = issue
    }
}

/// A cut as it was carried.
public struct CutOperation: Hashable, Sendable {
    public let id: OperationID
    public let content: CutContent
    public let issuerUnit: UnitID
    public let issue: Issue

    public init(id: OperationID, content: CutContent, issuerUnit: UnitID, issue: Issue) {
        self.id = id
        self.content = content
        self.issuerUnit = issuerUnit
        self.issue = issue
    }
}

/// A root statement whose chain and signatures were checked, with the SHA-256 of its content.
public struct RootGrant: Hashable, Sendable {
    public let id: Hash32
    public let statement: RootStatement

    public init(id: Hash32, statement: RootStatement) {
        self.id = id
        self.statement = statement
    }
}

/// What `TrustState` asks of whoever holds the items. Every answer is the same wherever the same items are held.
public struct TrustQuestions {
    /// True when the first region is the second or lay below it in any period of the region table.
    public var isWithin: (RegionID, RegionID) -> Bool
    /// The credential, of those given, whose key signed this consent over the digest.
    public var consenting: ([UInt8], Hash32, [TrustState.Credential]) -> TrustState.Credential?
    /// The thumbprint of the key, of those given, that did.
    public var rootConsenting: ([UInt8], Hash32, [[UInt8]]) -> Hash32?
    /// True when the changeset is one of the heads or lies before one, in its feed.
    public var isInAncestry: (ChangesetID, [ChangesetID]) -> Bool
    /// The credential that a changeset names.
    public var credentialOf: (ChangesetID) -> Hash32?
    /// True when the first was in the second's past: earlier in one feed, or in an epoch that its own names as known.
    public var isBefore: (Issue, Issue) -> Bool

    public init(
        isWithin: @escaping (RegionID, RegionID) -> Bool, consenting: @escaping ([UInt8], Hash32, [TrustState.Credential]) -> TrustState.Credential?,
        rootConsenting: @escaping ([UInt8], Hash32, [[UInt8]]) -> Hash32?, isInAncestry: @escaping (ChangesetID, [ChangesetID]) -> Bool,
        credentialOf: @escaping (ChangesetID) -> Hash32?, isBefore: @escaping (Issue, Issue) -> Bool
    ) {
        self.isWithin = isWithin
        self.consenting = consenting
        self.rootConsenting = rootConsenting
        self.isInAncestry = isInAncestry
        self.credentialOf = credentialOf
        self.isBefore = isBefore
    }
}

/// Why a credential grants nothing.
public enum GrantFault: String, Hashable, Sendable, CaseIterable {
    /// The issuing node holds no valid credential, or none that may issue.
    case issuerNotGranted
    /// The issuing unit isn't a government that the issuing node writes.
    case issuerNotGovernment
    case regionOutside, unitOutside, depthExceeded, keyMalformed
    /// The unit is written by another lineage, and nobody entitled agreed.
    case unitTaken
    /// A node's new key, and no key that the node had agreed.
    case keyNotAgreed
    /// Issued outside the heads that a cut of the issuer left.
    case issuerCut
}

/// Why trust voids an operation; the same codes as the merge's void reasons.
public enum TrustFault: String, Hashable, Sendable, CaseIterable {
    case unitNotGranted, credentialCut, unitTakenOver
}
