import Foundation
import TestKit
import TiaokuaiLog
import TiaokuaiModel
import Testing

/// The vectors of transparency-dev/merkle, of RFC 6962's reference implementation and of a Tessera log.
@Suite struct PublishedVectorTests {
    let tree = MerkleTree.sha256

    private struct Inclusion: Decodable {
        let leafIdx, treeSize: UInt64
        let root, leafHash: Data
        let proof: [Data]?
        let wantErr: Bool
    }

    @Test func inclusionProofsOfTransparencyDev() throws {
        guard let folder = sharedVectors("transparency-dev-merkle") else { return }
        let found = files(below: folder.appendingPathComponent("inclusion"), withExtension: "json")
        #expect(found.count == 98)
        var accepted = 0
        for file in found {
            let vector = try JSONDecoder().decode(Inclusion.self, from: Data(contentsOf: file))
            let passes = verifies {
                try tree.verifyInclusion(
                    leafHash: try hash(vector.leafHash), index: vector.leafIdx, size: vector.treeSize,
                    proof: try (vector.proof ?? []).map(hash), root: try hash(vector.root))
            }
            #expect(passes == !vector.wantErr, "\(file.path)")
            accepted += passes ? 1 : 0
        }
        #expect(accepted == 6)
    }

    private struct Consistency: Decodable {
        let size1, size2: UInt64
        let root1, root2: Data
        let proof: [Data]?
        let wantErr: Bool
    }

    @Test func consistencyProofsOfTransparencyDev() throws {
        guard let folder = sharedVectors("transparency-dev-merkle") else { return }
        let found = files(below: folder.appendingPathComponent("consistency"), withExtension: "json")
        #expect(found.count == 98)
        var accepted = 0
        for file in found {
            let vector = try JSONDecoder().decode(Consistency.self, from: Data(contentsOf: file))
            let passes = verifies {
                try tree.verifyConsistency(
                    from: vector.size1, to: vector.size2, oldRoot: try padded(vector.root1), newRoot: try padded(vector.root2),
                    proof: try (vector.proof ?? []).map(hash))
            }
            #expect(passes == !vector.wantErr, "\(file.path)")
            accepted += passes ? 1 : 0
        }
        #expect(accepted == 6)
    }

    private struct Reference: Decodable {
        struct Included: Decodable { let treeSize, leafIndex: UInt64, path: [String] }
        struct Consistent: Decodable { let size1, size2: UInt64, path: [String] }
        let leaves, leafHashes, roots: [String]
        let inclusion: [Included]
        let consistency: [Consistent]
    }

    @Test func theEightReferenceLeavesOfRFC6962() throws {
        guard let folder = sharedVectors("rfc6962-reference") else { return }
        let data = try Data(contentsOf: folder.appendingPathComponent("ct-8-leaves.json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let reference = try decoder.decode(Reference.self, from: data)
        #expect(reference.leaves.count == 8 && reference.roots.count == 9)
        #expect(reference.inclusion.count == 36 && reference.consistency.count == 36)
        let log = MemoryLog()
        #expect(log.frontier.root.hex == reference.roots[0])
        for (index, leaf) in reference.leaves.enumerated() {
            let leafHash = tree.leafHash(ofEntry: try #require([UInt8](hex: leaf)))
            #expect(leafHash.hex == reference.leafHashes[index])
            log.append(leafHash: leafHash)
            #expect(log.frontier.root.hex == reference.roots[index + 1])
        }
        for vector in reference.inclusion {
            let proof = try tree.inclusionProof(index: vector.leafIndex, size: vector.treeSize, reading: log.read)
            #expect(proof.map(\.hex) == vector.path)
        }
        for vector in reference.consistency {
            let proof = try tree.consistencyProof(from: vector.size1, to: vector.size2, reading: log.read)
            #expect(proof.map(\.hex) == vector.path)
        }
    }

    @Test func theCheckpointsAndTilesOfATesseraLog() throws {
        guard let folder = sharedVectors("tessera-log") else { return }
        let bundle = [UInt8](try Data(contentsOf: folder.appendingPathComponent("tile/entries/000.p/15")))
        let entries = entriesOf(bundle)
        #expect(entries.count == 15)
        let log = MemoryLog()
        var leafHashes: [UInt8] = []
        for size in 0...15 {
            let note = try String(contentsOf: folder.appendingPathComponent("checkpoint.\(size)"), encoding: .utf8)
            let body = try CheckpointBody(origin: "example.com/log/testdata", size: UInt64(size), root: log.frontier.root)
            #expect(note.hasPrefix(body.text + "\n"))
            if size > 0 {
                let tile = try Data(contentsOf: folder.appendingPathComponent("tile/0/000.p/\(size)"))
                #expect([UInt8](tile) == leafHashes)
            }
            guard size < 15 else { break }
            log.append(leafHash: tree.leafHash(ofEntry: entries[size]))
            leafHashes += tree.leafHash(ofEntry: entries[size]).bytes
        }
    }

    /// An entry bundle: each entry behind its length in two bytes.
    private func entriesOf(_ bundle: [UInt8]) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var rest = bundle[...]
        while rest.count >= 2 {
            let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            entries.append(Array(rest.dropFirst(2).prefix(count)))
            rest = rest.dropFirst(2 + count)
        }
        return entries
    }

    private struct NotAHash: Error {}

    /// Anything but 32 bytes can't become a hash: that is how this library refuses it.
    private func hash(_ data: Data) throws -> Hash32 {
        guard let hash = Hash32(bytes: data) else { throw NotAHash() }
        return hash
    }

    /// Some roots of the consistency vectors are short dummies of which only equality matters: these are filled up.
    private func padded(_ data: Data) throws -> Hash32 {
        data.count < 32 ? try hash(data + Data(repeating: 0, count: 32 - data.count)) : try hash(data)
    }

    private func verifies(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch {
            return false
        }
    }
}
