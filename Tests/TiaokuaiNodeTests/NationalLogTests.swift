import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

@testable import TiaokuaiNode

/// A GM network 国密网: a root under SM3 beside the one under SHA-256, in every checkpoint, proof and receipt. Its province and
/// county are SM2 nodes, its city is not: what the network is, its first root keys say.
@Suite struct NationalLogTests {
    private static let sm2 = KeyPlan(suite: .sm2)

    private func national(in folder: URL) throws -> TestNetwork { try relayNetwork(in: folder, province: Self.sm2, county: Self.sm2) }

    /// A log's leaves in order.
    private func leaves(_ node: Node) throws -> [Hash32] { try node.store.read { reader in try (0..<reader.leafCount()).compactMap { try reader.leaf($0) } } }

    /// The root over identities, made from nothing but them.
    private func root(_ identities: some Sequence<Hash32>, _ tree: MerkleTree) -> Hash32 {
        var frontier = MerkleFrontier(tree)
        for identity in identities { frontier.append(identity) }
        return frontier.root
    }

    private func held(_ name: String, of node: NodeID, _ network: TestNetwork) throws -> [HeldCheckpoint] {
        try network[name].store.read { try $0.heldCheckpoints(of: node) }
    }

    private func code(_ reception: Reception) -> String? {
        guard case .refused(_, let code, _) = reception else { return nil }
        return code
    }

    private func expectSound(_ network: TestNetwork, _ names: [String] = ["gs", "zy", "gt"]) throws {
        for name in names {
            #expect(try network[name].logFindings() == [], "\(name)")
            #expect(try network.concerns(name, thorough: true) == [], "\(name)")
        }
    }

    @Test func eachTiersRootsFollowFromItsLeavesAndAreTheSameBytesEverywhere() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            try network.reports("gt", ["1", "2", "3"])
            for (from, to) in [("gt", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt")] {
                let report = try network.carry(from, to: to)
                #expect(report.isComplete && report.refused.isEmpty && report.waiting.isEmpty, "\(from) to \(to)")
            }
            for name in ["gs", "zy", "gt"] {
                let checkpoint = try TestNetwork.checkpoint(try network[name].checkpoint())
                let leaves = try leaves(network[name])
                #expect(checkpoint.hashes == [.sha256, .sm3] && checkpoint.size == UInt64(leaves.count), "\(name)")
                #expect(checkpoint.root == root(leaves, .sha256) && checkpoint.sm3Root == root(leaves, .sm3), "\(name)")
                #expect(checkpoint.sm3Root != checkpoint.root)
                // Whatever of it others hold are its own bytes, and each is the root over as many of its leaves.
                let own = try Set(network[name].store.read { try $0.statements(.checkpoint, node: checkpoint.node) }.map(\.envelope))
                for other in ["gs", "zy", "gt"] where other != name {
                    let seen = try held(other, of: checkpoint.node, network)
                    #expect(!seen.isEmpty && seen.allSatisfy { own.contains($0.envelope) }, "\(name) at \(other)")
                    #expect(seen.allSatisfy { $0.checkpoint.sm3Root == root(leaves.prefix(Int($0.checkpoint.size)), .sm3) }, "\(name) at \(other)")
                }
            }
            try network.expectAgreement(["gs", "zy", "gt"])
            try expectSound(network)
        }
    }

    @Test func aNetworkIsNationalByTheKeysOfItsFirstRootStatementAlone() throws {
        func hashes(_ suites: [TiaokuaiTrust.Suite]) throws -> [HashAlgorithm] {
            let keys = try suites.map { try SigningKey.generate($0).verifyingKey.coseKey }
            let grant = CredentialContent(
                subject: NodeID(.zero), name: "gs", signingKey: keys[0], sealingKey: [], region: "620000", writes: [], mayIssue: nil, validFrom: Day(number: 0))
            return RootStatement(number: 1, previous: nil, nonce: [], isRehearsal: true, threshold: 1, keys: keys, grant: grant).logHashes
        }
        #expect(try hashes([.sm2]) == [.sha256, .sm3])
        #expect(try hashes([.sm2, .sm2, .sm2]) == [.sha256, .sm3])
        for suites in [[.ed25519], [.p256], [.sm2, .ed25519], [.p256, .sm2]] as [[TiaokuaiTrust.Suite]] { #expect(try hashes(suites) == [.sha256], "\(suites)") }
        try withTemporaryFolder { folder in
            // Counties with SM2 don't make the network one; root keys kept apart do, whatever the province's own key.
            let plain = try relayNetwork(in: folder.appendingPathComponent("plain"), city: Self.sm2, county: Self.sm2)
            #expect(try TestNetwork.checkpoint(try plain["gt"].checkpoint()).sm3Root == nil)
            let keys = try (0..<2).map { _ in try SigningKey.generate(.sm2) }
            let apart = try TestNetwork(in: folder.appendingPathComponent("apart"), rootKeys: keys, threshold: 2)
            #expect(try TestNetwork.checkpoint(try apart["gs"].checkpoint()).sm3Root != nil)
        }
    }

    @Test func theTreeUnderSM3GrowsByWhatCameAndIsReadFromTheLeavesBehindIt() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            let node = network["gt"]
            func kept() throws -> UInt64 { try node.store.read { try $0.logNodeCount(.sm3, level: 1) } }
            let first = try node.checkpoint()
            #expect(try node.checkpoint() == first, "nothing new, no other checkpoint")
            for value in 1...9 {
                try network.reports("gt", ["\(value)"])
                let before = try kept()
                let size = try node.store.read { try $0.leafCount() }
                #expect(before * 2 <= size)
                // Without a word written: the head is told from leaves that no node of the tree covers yet.
                #expect(try node.ask { try $0.logHead() }.sm3Root == root(try leaves(node), .sm3))
                #expect(try kept() == before)
                if value.isMultiple(of: 2) { continue }
                #expect(try TestNetwork.checkpoint(try node.checkpoint()).sm3Root == root(try leaves(node), .sm3))
                #expect(try kept() == size / 2)
            }
            try expectSound(network, ["gt"])
        }
    }

    @Test func aRestoredNodesLogBeginsAnewUnderBothHashes() throws {
        try withTemporaryFolder { folder in
            var network = try national(in: folder)
            try network.reports("gt", ["1", "2"])
            _ = try network["gt"].checkpoint()
            try network["gt"].backUp(to: network.path("backup"))
            network.add("gt", try Node.restore(from: network.path("backup"), to: network.path("gt-new"), surroundings: network.surroundings))
            let leaves = try leaves(network["gt"])
            let checkpoint = try TestNetwork.checkpoint(try network["gt"].checkpoint())
            #expect(checkpoint.size == UInt64(leaves.count) && checkpoint.sm3Root == root(leaves, .sm3))
            #expect(try network["gt"].logFindings() == [])
        }
    }

    // MARK: What others show

    @Test func aCheckpointHasTheRootsOfItsNetworkAndNoOthers() throws {
        try withTemporaryFolder { folder in
            let wrongRoots = NodeError.Code.wrongRoots.rawValue
            let gm = try national(in: folder.appendingPathComponent("gm"))
            let without = try gm.forged("gs") { ($0.sm3Root, $0.size) = (nil, $0.size + 1) }
            #expect(code(try gm["zy"].receive(without, .checkpoint)) == wrongRoots)
            let plain = try relayNetwork(in: folder.appendingPathComponent("plain"))
            let besides = try plain.forged("gs") { ($0.sm3Root, $0.size) = (sha256([1]), $0.size + 1) }
            #expect(code(try plain["zy"].receive(besides, .checkpoint)) == wrongRoots)
            // Nor as the end of a receipt's proofs.
            for (network, checkpoint) in [(gm, without), (plain, besides)] {
                let receipt = try Receipt(
                    network: #require(try network["gs"].settings().network), node: network.id("gs"), to: network.id("zy"), checkpoint: checkpoint,
                    written: network.surroundings.now(), accepted: [], waiting: [], refused: [])
                let signed = try Statement.sign(receipt.explicitForm, as: .receipt, key: try network["gs"].folder.readSigningKey())
                #expect(code(try network["zy"].receive(signed, .receipt)) == wrongRoots)
            }
            // By stick: it is named, and the rest of the file is taken.
            try gm.reports("gs", ["1"], unit: "620000.ndrc")
            var frames = try gm.frames("gs", to: "zy")
            frames.append(Frame(.checkpoint, without))
            let report = try gm.deliver(frames, from: "gs", to: "zy")
            #expect(report.refused.map { code($0) } == [wrongRoots] && report.damaged.isEmpty)
        }
    }

    @Test func aWrongRootUnderSM3BesideARightOneUnderSHA256IsEvidence() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            let honest = try network["zy"].checkpoint()
            let forged = try network.forged("zy") { $0.sm3Root = sha256([1]) }
            #expect(try TestNetwork.checkpoint(honest).root == TestNetwork.checkpoint(forged).root)
            try network["gt"].receiveStatement(honest, .checkpoint)
            try network["gt"].receiveStatement(forged, .checkpoint)
            let concern = try #require(try network.concerns("gt").first { $0.code == .splitView })
            #expect(try concern.isContradiction && concern.node == network.id("zy") && concern.hashes == [.sm3])
            let bytes = try #require(try network["gt"].store.read { try $0.statement(concern.item) }).envelope
            let checked = try EvidenceCheck.check(try SplitEvidence(bytes))
            #expect(checked.hashes == [.sm3] && checked.standsAlone)
            // The province, which saw one of the two, is told by the county's next stick.
            try network.carry("gt", to: "gs")
            #expect(try network.concerns("gs").contains { $0.code == .splitView && $0.item == concern.item })
        }
    }

    @Test func aLogThatGrewUnderOneHashOnlyIsEvidenceToo() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            while try leaves(network["zy"]).count.nonzeroBitCount < 2 { try network.reports("zy", ["0"], unit: TestNetwork.cityFood) }
            // Another history under SM3 was signed at this size; at the next the log is what it should be.
            let forged = try network.forged("zy") { $0.sm3Root = sha256([1]) }
            try network["gt"].receiveStatement(forged, .checkpoint)
            try network.reports("zy", ["1", "2"], unit: TestNetwork.cityFood)
            let open = try network.carry("zy", to: "gt")
            #expect(open.refused.isEmpty)
            for (from, to) in [("gt", "zy"), ("zy", "gt")] { try network.carry(from, to: to) }
            let concern = try #require(try network.concerns("gt").first { $0.code == .splitView })
            #expect(try concern.hashes == [.sm3] && concern.numbers.first == TestNetwork.checkpoint(forged).size)
        }
    }

    @Test(arguments: HashAlgorithm.allCases) func aProofKeptBackUnderEitherHashIsMissedAndAskedFor(_ hash: HashAlgorithm) throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            try network.reports("gt", ["1", "2"])
            let frames = try network.frames("gt", to: "zy")
            // No closure within the macro: the compiler (6.3) takes it for the next one.
            let isKeptBack = { (frame: Frame) throws in try frame.type == .consistency && ConsistencyReceipt(frame.payload).hash == hash }
            let kept = try frames.filter { try !isKeptBack($0) }
            #expect(kept.count < frames.count)
            let report = try network.deliver(kept, from: "gt", to: "zy")
            #expect(report.refused.isEmpty)
            let open = try network.concerns("zy")
            #expect(!open.isEmpty && open.allSatisfy { $0.code == .unproven && $0.hashes == [hash] && !$0.isContradiction })
            for (from, to) in [("zy", "gt"), ("gt", "zy")] { try network.carry(from, to: to) }
            #expect(try network.concerns("zy") == [])
        }
    }

    @Test func aConsistencyReceiptIsSignedOverTheRootUnderItsOwnHash() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            let older = try TestNetwork.checkpoint(try network["gs"].checkpoint())
            try network.reports("gs", ["1"], unit: "620000.ndrc")
            let envelope = try network["gs"].checkpoint()
            let newer = try TestNetwork.checkpoint(envelope)
            _ = try network["zy"].receive(envelope, .checkpoint)
            let key = try network["gs"].folder.readSigningKey()
            func receipt(_ hash: HashAlgorithm, root: Hash32?) throws -> [UInt8] {
                try ConsistencyReceipt.sign(
                    hash, node: newer.node, epoch: newer.epoch, older: older.size, newer: newer.size, path: [.zero], newRoot: try #require(root), key: key)
            }
            let wrong = TrustError.Code.wrongSignature.rawValue
            #expect(code(try network["zy"].receive(try receipt(.sm3, root: newer.root), .consistency)) == wrong)
            #expect(code(try network["zy"].receive(try receipt(.sha256, root: newer.sm3Root), .consistency)) == wrong)
            // One path under two hashes are two statements, and each is kept.
            for hash in HashAlgorithm.allCases {
                guard case .statement = try network["zy"].receive(try receipt(hash, root: newer.root(hash)), .consistency) else { Issue.record("\(hash)"); return }
            }
        }
    }

    @Test func aReceiptProvesEachHeadUnderBothRoots() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            let good = try Receipt(UnverifiedStatement(try network["gs"].receipt(to: try network.id("zy")), .receipt).claimed)
            #expect(!good.accepted.isEmpty && good.accepted.allSatisfy { $0.sm3Proof?.count == $0.proof.count && $0.sm3Proof != $0.proof })
            let key = try network["gs"].folder.readSigningKey()
            func take(_ change: (inout Receipt.Accepted) -> Void) throws -> String? {
                var receipt = good
                change(&receipt.accepted[0])
                return code(try network["zy"].receive(try Statement.sign(receipt.explicitForm, as: .receipt, key: key), .receipt))
            }
            let wrongProof = FormatError.Code.wrongProof.rawValue
            #expect(try take { $0.sm3Proof = nil } == wrongProof)
            #expect(try take { $0.sm3Proof = $0.proof } == wrongProof)
            #expect(try take { $0.proof = $0.sm3Proof ?? [] } == wrongProof)
            #expect(try take { $0.sm3Proof?[0] = .zero } == wrongProof)
            #expect(try take { _ in } == nil)
        }
    }

    // MARK: This node's own log

    @Test func whatWasAlteredInTheOwnTreeUnderSM3IsNamed() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            let node = network["gt"]
            _ = try node.checkpoint()
            let top = try 63 - leaves(node).count.leadingZeroBitCount
            try node.store.write { try $0.insertLogNode(.sm3, level: top, position: 0, .zero) }
            let found = try node.logFindings()
            // What was signed is held against the entries themselves: the altered node doesn't make a root of it wrong.
            #expect(found.map(\.description) == ["logNodeDiffers 0 sm3 \(top).0"])
        }
    }

    @Test func aProofOfOneChangesetLeadsToBothRoots() throws {
        try withTemporaryFolder { folder in
            let network = try national(in: folder)
            let id = try #require(try network["gt"].store.read { reader in try reader.changesets().last.map { try reader.changeset($0).id } })
            let proof = try network["gt"].prove(id)
            #expect(proof.paths.map(\.hash) == [.sha256, .sm3])
            try proof.verify()
        }
    }
}
