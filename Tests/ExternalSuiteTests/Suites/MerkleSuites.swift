import Foundation
import TestKit
import TiaokuaiLog
import TiaokuaiModel

/// Proofs and roots of RFC 6962 and RFC 9162 logs.
enum MerkleSuites {
    static let transparencyDev = ExternalSuite("transparency-dev-merkle", vectors: 518) { folder in
        try [inclusion(folder), consistency(folder), unused("subtreeinclusion", 204, folder), unused("subtreeconsistency", 118, folder)]
    }

    private static func inclusion(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("inclusion/*", expecting: 98)
        for path in try folder.files(below: "inclusion", withExtension: "json") {
            let vector = try folder.json(path, as: Inclusion.self)
            let verdict = try Verdict.of {
                try MerkleTree.sha256.verifyInclusion(
                    leafHash: hash(vector.leafHash), index: vector.leafIdx, size: vector.treeSize, proof: (vector.proof ?? []).map(hash), root: hash(vector.root))
            }
            row.judge(path, verdict, demanding: .accept(if: !vector.wantErr))
        }
        return row
    }

    private static func consistency(_ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("consistency/*", expecting: 98)
        for path in try folder.files(below: "consistency", withExtension: "json") {
            let vector = try folder.json(path, as: Consistency.self)
            let verdict = try Verdict.of {
                try MerkleTree.sha256.verifyConsistency(
                    from: vector.size1, to: vector.size2, oldRoot: padded(vector.root1), newRoot: padded(vector.root2), proof: (vector.proof ?? []).map(hash))
            }
            row.judge(path, verdict, demanding: .accept(if: !vector.wantErr), also: vector.size1 > 0 || verdict.code == "emptyLog" || verdict.code == "sizesOutOfOrder")
        }
        return row
    }

    private static func unused(_ name: String, _ count: Int, _ folder: SuiteFolder) throws -> SuiteRow {
        var row = folder.row("\(name)/*", expecting: count)
        row.leaveOut("no proof of ours is about a subtree", try folder.files(below: name, withExtension: "json").count)
        return row
    }

    /// Anything but 32 bytes can't become a hash: that is how this library refuses it.
    private static func hash(_ data: Data) throws(LogError) -> Hash32 {
        guard let hash = Hash32(bytes: data) else { throw LogError(.rootMismatch, "\(data.count) bytes are no hash") }
        return hash
    }

    /// Some roots of the consistency vectors are short dummies of which only equality matters: these are filled up.
    private static func padded(_ data: Data) throws(LogError) -> Hash32 {
        data.count < 32 ? try hash(data + Data(repeating: 0, count: 32 - data.count)) : try hash(data)
    }

    private struct Inclusion: Decodable {
        let leafIdx, treeSize: UInt64
        let root, leafHash: Data
        let proof: [Data]?
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let size1, size2: UInt64
        let root1, root2: Data
        let proof: [Data]?
        let wantErr: Bool
    }

    static let reference = ExternalSuite("rfc6962-reference", vectors: 81) { folder in
        let reference = try folder.json("ct-8-leaves.json", as: Reference.self)
        var row = folder.row("ct-8-leaves.json", expecting: 81)
        let log = MemoryLog()
        for (index, root) in reference.roots.enumerated() {
            let isRoot = log.frontier.root.hex == root
            row.judge("root of size \(index)", .accepted(isRoot, orRefused: "rootMismatch"), demanding: .accept)
            guard index < reference.leaves.count else { continue }
            let leafHash = MerkleTree.sha256.leafHash(ofEntry: try hex(reference.leaves[index]))
            row.demand(leafHash.hex == reference.leafHashes[index], "hash of leaf \(index)")
            log.append(leafHash: leafHash)
        }
        for vector in reference.inclusion {
            let name = "leaf \(vector.leafIndex) of \(vector.treeSize)"
            let proof = try vector.path.map { try hash(hex: $0) }
            row.demand(try MerkleTree.sha256.inclusionProof(index: vector.leafIndex, size: vector.treeSize, reading: log.read) == proof, "\(name): our own proof")
            let verdict = try Verdict.of {
                try MerkleTree.sha256.verifyInclusion(
                    leafHash: hash(hex: reference.leafHashes[Int(vector.leafIndex)]), index: vector.leafIndex, size: vector.treeSize, proof: proof,
                    root: hash(hex: reference.roots[Int(vector.treeSize)]))
            }
            row.judge(name, verdict, demanding: .accept)
        }
        for vector in reference.consistency {
            let name = "\(vector.size1) to \(vector.size2)"
            let proof = try vector.path.map { try hash(hex: $0) }
            row.demand(try MerkleTree.sha256.consistencyProof(from: vector.size1, to: vector.size2, reading: log.read) == proof, "\(name): our own proof")
            let verdict = try Verdict.of {
                try MerkleTree.sha256.verifyConsistency(
                    from: vector.size1, to: vector.size2, oldRoot: hash(hex: reference.roots[Int(vector.size1)]), newRoot: hash(hex: reference.roots[Int(vector.size2)]),
                    proof: proof)
            }
            row.judge(name, verdict, demanding: .accept)
        }
        return [row]
    }

    private static func hash(hex text: String) throws -> Hash32 {
        guard let hash = Hash32(hex: text) else { throw SuiteFolder.Malformed("no hash: \(text)") }
        return hash
    }

    private struct Reference: Decodable {
        struct Included: Decodable {
            let treeSize, leafIndex: UInt64
            let path: [String]
            enum CodingKeys: String, CodingKey {
                case path
                case treeSize = "tree_size"
                case leafIndex = "leaf_index"
            }
        }
        struct Consistent: Decodable {
            let size1, size2: UInt64
            let path: [String]
        }
        let leaves, leafHashes, roots: [String]
        let inclusion: [Included]
        let consistency: [Consistent]
        enum CodingKeys: String, CodingKey {
            case leaves, roots, inclusion, consistency
            case leafHashes = "leaf_hashes"
        }
    }
}

/// A log that keeps every complete subtree, for making proofs.
final class MemoryLog {
    private(set) var frontier = MerkleFrontier()
    private var nodes: [MerklePosition: Hash32] = [:]

    func append(leafHash: Hash32) {
        for node in frontier.append(leafHash: leafHash) { nodes[node.position] = node.hash }
    }

    func read(_ position: MerklePosition) -> Hash32? { nodes[position] }
}
