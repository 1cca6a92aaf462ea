import TiaokuaiHash
import TiaokuaiModel

/// The Merkle tree of RFC 9162 §2.1 over one hash; makes and checks proofs, and holds nothing else.
///
/// A leaf is the identity of one logged item, 32 bytes: leaf hash = H(0x00 ‖ identity), node = H(0x01 ‖ left ‖ right),
/// the root of nothing = H(""). A network under 国密 rules keeps a second tree with SM3 over the same identities.
public struct MerkleTree: Hashable, Sendable {
    public let algorithm: HashAlgorithm

    public static let sha256 = MerkleTree(.sha256)
    public static let sm3 = MerkleTree(.sm3)

    public init(_ algorithm: HashAlgorithm) { self.algorithm = algorithm }

    /// The root of a log without entries.
    public var emptyRoot: Hash32 { hash([]) }

    /// The leaf hash of an identity.
    public func leafHash(_ identity: Hash32) -> Hash32 {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 + Hash32.byteCount)
        bytes.append(0x00)
        identity.append(to: &bytes)
        return hash(bytes)
    }

    /// The leaf hash of an entry of any length, as other logs have them.
    package func leafHash(ofEntry entry: [UInt8]) -> Hash32 { hash([0x00] + entry) }

    public func node(_ left: Hash32, _ right: Hash32) -> Hash32 {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 + 2 * Hash32.byteCount)
        bytes.append(0x01)
        left.append(to: &bytes)
        right.append(to: &bytes)
        return hash(bytes)
    }

    private func hash(_ bytes: [UInt8]) -> Hash32 {
        switch algorithm {
        case .sha256: TiaokuaiHash.sha256(bytes)
        case .sm3: TiaokuaiHash.sm3(bytes)
        }
    }
}

/// The place of a complete subtree: it covers the 2^level leaves from index · 2^level on. Level 0 is a leaf.
public struct MerklePosition: Hashable, Sendable {
    /// 0 to 63.
    public let level: Int
    public let index: UInt64

    public init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }
}

/// A complete subtree's hash. Once complete it never changes, so a store may keep it for good.
public struct MerkleNode: Hashable, Sendable {
    public let position: MerklePosition
    public let hash: Hash32

    public init(_ position: MerklePosition, _ hash: Hash32) {
        self.position = position
        self.hash = hash
    }
}

/// Gives the hash of a complete subtree that lies within the log, or nil when the store doesn't keep that one.
///
/// At level 0 it must answer (`MerkleTree.leafHash` of the identity): nil there means a damaged store. A nil above makes
/// the reader ask for the two halves, so a store that keeps every fourth level costs up to 16 reads where one that keeps
/// all costs one.
public typealias MerkleReading = (MerklePosition) throws -> Hash32?
