import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// Root keys held k of n, kept apart; statements numbered, chained, never gone back behind.
@Suite struct RootKeysTests {
    static func keys(_ count: Int) throws -> [SigningKey] { try (0..<count).map { _ in try SigningKey.generate(.ed25519) } }

    static func signed(_ draft: [UInt8], by keys: some Sequence<SigningKey>) throws -> [UInt8] {
        try SignedRoot.joining(try keys.map { try Node.signRoot(draft, with: $0) }).bytes
    }

    private func network(in folder: URL, keys: [SigningKey], threshold: UInt64) throws -> TestNetwork {
        var network = try TestNetwork(in: folder, rootKeys: keys, threshold: threshold)
        try network.enrolCityAndCounty()
        try network.publishGrain(mode: .lineFirst)
        try network.report("gt", TestNetwork.countyFood, "14.2")
        try network.carry("gt", to: "zy")
        try network.carry("zy", to: "gs")
        return network
    }

    @Test func aStatementNeedsAsManyKeysAsTheOneBeforeSaid() throws {
        try withTemporaryFolder { folder in
            let keys = try RootKeysTests.keys(3)
            let network = try network(in: folder, keys: keys, threshold: 2)
            let draft = try network["gs"].draftRoot(keys: keys.map(\.verifyingKey), threshold: 3)
            func refusal(_ bytes: [UInt8]) throws -> String? {
                guard case .refused(_, let code, _) = try network["gs"].receive(bytes, .rootStatement) else { return nil }
                return code
            }
            #expect(try refusal(try RootKeysTests.signed(draft, by: [keys[0]])) == "tooFewSignatures")
            #expect(try refusal(try RootKeysTests.signed(draft, by: [keys[0], try SigningKey.generate(.ed25519)])) == "wrongKey")
            // The same keeper twice is one.
            #expect(try SignedRoot.joining([try Node.signRoot(draft, with: keys[1]), try Node.signRoot(draft, with: keys[1])]).signatures.count == 1)
            #expect(try network["gs"].settings().rootStatement == 1)
            try network["gs"].acceptRoot(try RootKeysTests.signed(draft, by: keys[1...2]))
            #expect(try network["gs"].settings().rootStatement == 2)
            // Other keepers' signatures over the same content are the same statement.
            guard case .duplicate = try network["gs"].receive(try RootKeysTests.signed(draft, by: keys), .rootStatement) else { Issue.record("taken twice"); return }
            // From here on all three are needed.
            let third = try network["gs"].draftRoot()
            #expect(try refusal(try RootKeysTests.signed(third, by: keys[0...1])) == "tooFewSignatures")
            try network["gs"].acceptRoot(try RootKeysTests.signed(third, by: keys))
            #expect(try network["gs"].settings().rootStatement == 3)
        }
    }

    @Test func aStatementThatSkipsOneOrGoesBackIsRefused() throws {
        try withTemporaryFolder { folder in
            let keys = try RootKeysTests.keys(2)
            let network = try network(in: folder, keys: keys, threshold: 1)
            let second = try RootKeysTests.signed(try network["gs"].draftRoot(), by: keys)
            let rival = try RootKeysTests.signed(try network["gs"].draftRoot(), by: keys)
            try network["gs"].acceptRoot(second)
            let third = try RootKeysTests.signed(try network["gs"].draftRoot(), by: keys)
            #expect { try network["zy"].acceptRoot(third) } throws: { ($0 as? NodeError)?.code == .notARoot }
            #expect { try network["gs"].acceptRoot(rival) } throws: { ($0 as? NodeError)?.code == .notARoot }
            #expect(try network["gs"].settings().rootStatement == 2)
        }
    }

    @Test func whatNamesANewerStatementWaitsForItByName() throws {
        try withTemporaryFolder { folder in
            let keys = try RootKeysTests.keys(3)
            let network = try network(in: folder, keys: keys, threshold: 2)
            let second = try RootKeysTests.signed(try network["gs"].draftRoot(), by: keys)
            try network["gt"].acceptRoot(second)
            try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network["gt"].seal()
            let news = try network.missing(network["gs"], than: network["gt"])
            let reception = try network["gs"].receive(news)
            guard case .waiting(_, .rootStatement, _) = reception[0] else { Issue.record("\(reception)"); return }
            try network["gs"].acceptRoot(second)
            #expect(try network.value(network["gs"], TestNetwork.september) == TestNetwork.days("15.3"))
            #expect(try network["gs"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    @Test func noNodeGoesBackBehindTheHighestStatementThatItKnew() throws {
        try withTemporaryFolder { folder in
            let keys = try RootKeysTests.keys(2)
            let network = try network(in: folder, keys: keys, threshold: 2)
            let image = network.path("image.sqlite")
            try network["gt"].store.backUp(to: image)
            let second = try RootKeysTests.signed(try network["gs"].draftRoot(), by: keys)
            try network["gs"].acceptRoot(second)
            try network.carry("gs", to: "gt")
            #expect(try network["gt"].settings().rootStatement == 2)
            let old = try network.imaged("gt", from: image)
            #expect(try old.settings().rootStatement == 1)
            #expect { try old.write([TestNetwork.draft("15")]) } throws: { ($0 as? NodeError)?.code == .rootStatementBehind }
            #expect { try old.sign([0x80], as: .receipt) } throws: { ($0 as? NodeError)?.code == .rootStatementBehind }
            // Having heard of it again it signs.
            try old.acceptRoot(second)
            try old.write([TestNetwork.draft("15")])
        }
    }

    /// The root's folder is gone with its disk; two of three keepers are left. Docs/Operating.md, "A lost root".
    @Test func aLostRootIsReplacedByTheKeepersAndTheNetworkGoesOn() throws {
        try withTemporaryFolder { folder in
            let keys = try RootKeysTests.keys(3)
            var network = try network(in: folder, keys: keys, threshold: 2)
            let lost = try network.node("gs")
            try network["gs"].store.close()
            try FileManager.default.removeItem(atPath: network.path("gs"))

            let plan = NodePlan(name: "gs", region: "620000", units: [.init(TestNetwork.province, "620000", isGovernment: true), .init("620000.ndrc", "620000")])
            let fresh = try Node.create(at: network.path("gs-new"), plan: plan, surroundings: network.surroundings)
            let request = try Node.readRequest(try fresh.makeRequest(plan: plan, depth: 8, lineage: .takesOver))
            // The city still has the root's feeds: it drafts, two keepers sign, the city takes it in and hands over what it holds.
            let draft = try network["zy"].draftRoot(for: request)
            try network["zy"].acceptRoot(try RootKeysTests.signed(draft, by: keys[0...1]))
            let grant = network.path("root.tkb")
            _ = try BundleFile.export(network["zy"], to: request.subject, path: grant, known: Heads([]))
            _ = try BundleFile.import(fresh, path: grant, isEnrolling: true)
            try fresh.adoptCredential()
            network.add("gs", fresh)

            #expect(try network.value(network["gs"]) == TestNetwork.days("14.2"))
            // It grants as the old one did, and what the old one granted stands.
            try network.enrol("jq", region: "620900", units: [.init("620900.gov", "620900", isGovernment: true)], by: "gs", as: TestNetwork.province, depth: 2)
            try network.report("gt", TestNetwork.countyFood, "14.9")
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gt")
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.9"))
            #expect(try network["zy"].ask { $0.trust?.faults } == [:])
            #expect(try network["gs"].ask { $0.trust?.credentials(of: lost).isEmpty } == false)
            #expect(try network["gt"].settings().rootStatement == 2)
            try network.expectAgreement(["gs", "zy", "gt"])

            // Lost once more: what each root node granted in its time still stands.
            let third = try Node.create(at: network.path("gs-third"), plan: plan, surroundings: network.surroundings)
            let again = try network["zy"].draftRoot(for: try Node.readRequest(try third.makeRequest(plan: plan, depth: 8, lineage: .takesOver)))
            try network["zy"].acceptRoot(try RootKeysTests.signed(again, by: keys[1...2]))
            #expect(try network["zy"].ask { $0.trust?.faults } == [:])
            #expect(try network.value(network["zy"]) == TestNetwork.days("14.9"))
            #expect(try network["zy"].replayFindings() == [])
        }
    }

    @Test func withoutItsRootKeysNobodyReplacesTheRoot() throws {
        try withTemporaryFolder { folder in
            let keys = try RootKeysTests.keys(3)
            let network = try network(in: folder, keys: keys, threshold: 2)
            let plan = NodePlan(name: "gs", region: "620000", units: [.init(TestNetwork.province, "620000", isGovernment: true)])
            let fresh = try Node.create(at: network.path("gs-new"), plan: plan, surroundings: network.surroundings)
            let draft = try network["zy"].draftRoot(for: try Node.readRequest(try fresh.makeRequest(plan: plan, depth: 8, lineage: .takesOver)))
            // One keeper, the root node's own key, the city's key: none of it is enough.
            for signers in [[keys[0]], [keys[0], try network["gs"].folder.readSigningKey()], [try network["zy"].folder.readSigningKey(), keys[2]]] {
                #expect { try network["zy"].acceptRoot(try RootKeysTests.signed(draft, by: signers)) } throws: { ($0 as? NodeError)?.code == .notARoot }
            }
            #expect(try network["zy"].settings().rootStatement == 1)
        }
    }
}
