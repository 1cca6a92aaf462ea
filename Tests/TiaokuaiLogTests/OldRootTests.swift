import TestKit
import TiaokuaiLog
import TiaokuaiModel
import Testing

/// What a consistency proof alone says of the older log: how two signed roots are seen to be of different logs.
@Suite struct OldRootTests {
    /// A log of `size` of which entry `changed` differs.
    private func log(_ size: Int, changed: Int? = nil) -> MemoryLog {
        let log = MemoryLog()
        for number in 0..<size { log.append(identity(number == changed ? 1_000 : number)) }
        return log
    }

    @Test func aProofNamesTheRootThatTheLogHadBefore() throws {
        let tree = MerkleTree.sha256
        let log = log(33)
        var told = 0
        for newer in 1...33 as ClosedRange<UInt64> {
            let newRoot = try tree.root(size: newer, reading: log.read)
            for older in 1...newer {
                let proof = try tree.consistencyProof(from: older, to: newer, reading: log.read)
                let root = try tree.oldRoot(from: older, to: newer, newRoot: newRoot, proof: proof)
                if older == newer || older.nonzeroBitCount == 1 {
                    #expect(root == nil)
                } else {
                    #expect(try root == tree.root(size: older, reading: log.read))
                    told += 1
                }
            }
        }
        // All pairs but those whose older size is a power of two.
        #expect(told == 528 - 135)
    }

    @Test func theProofOfAnotherLogTellsThatOnesRoot() throws {
        let tree = MerkleTree.sha256
        let (honest, other) = (log(20), log(20, changed: 2))
        for older in [3, 5, 6, 7, 11, 19] as [UInt64] {
            let signed = try tree.root(size: older, reading: honest.read)
            let newRoot = try tree.root(size: 20, reading: other.read)
            let proof = try tree.consistencyProof(from: older, to: 20, reading: other.read)
            let told = try tree.oldRoot(from: older, to: 20, newRoot: newRoot, proof: proof)
            #expect(try told != signed && told == tree.root(size: older, reading: other.read))
            #expect(throws: LogError.self) { try tree.verifyConsistency(from: older, to: 20, oldRoot: signed, newRoot: newRoot, proof: proof) }
        }
    }

    /// Whoever doesn't know the newer log finds no path to its root: an altered one tells nothing, whatever was altered.
    @Test func anAlteredProofTellsNothing() throws {
        let tree = MerkleTree.sha256
        let log = log(23)
        let newRoot = try tree.root(size: 23, reading: log.read)
        for older in [3, 6, 11, 22] as [UInt64] {
            let proof = try tree.consistencyProof(from: older, to: 23, reading: log.read)
            for index in proof.indices {
                var altered = proof
                altered[index] = identity(77)
                #expect(throws: LogError.self) { try tree.oldRoot(from: older, to: 23, newRoot: newRoot, proof: altered) }
            }
            for altered in [Array(proof.dropLast()), proof + [identity(1)], [], Array(proof.reversed())] where altered != proof {
                #expect(throws: LogError.self) { try tree.oldRoot(from: older, to: 23, newRoot: newRoot, proof: altered) }
            }
        }
    }

    @Test func sizesOutOfOrderAndEmptyLogsAreRefused() {
        let tree = MerkleTree.sha256
        for (older, newer) in [(5, 3), (0, 3), (.max, 1)] as [(UInt64, UInt64)] {
            #expect(throws: LogError.self) { try tree.oldRoot(from: older, to: newer, newRoot: .zero, proof: [.zero]) }
        }
    }
}
