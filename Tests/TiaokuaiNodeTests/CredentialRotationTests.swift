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

/// A node's new key: with the old key's word and the issuer's signature, under the node's old identity.
@Suite struct CredentialRotationTests {
    /// The county asks, the city grants at what it holds; the grant lies in the city's store.
    private func grant(_ network: TestNetwork) throws -> OperationID {
        let request = try Node.readRequest(try network["gt"].requestRotation())
        #expect(request.subject == (try network.node("gt")))
        return try network["zy"].grant(request, by: TestNetwork.city, person: "clerk", heads: try network.heads(at: "zy", of: request.subject))
    }

    @Test func aRotatedNodeKeepsItsIdentityItsFeedsAndItsOldSealingKey() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let before = try network["gt"].settings()
            let (signing, sealing) = (try network["gt"].folder.readSigningKey().verifyingKey, try network["gt"].folder.readSealingKey().publicKey)
            let granted = try grant(network)
            // Until it is adopted, the old key signs.
            #expect(try network["gt"].folder.readSigningKey().verifyingKey == signing)
            try network.carry("zy", to: "gt")
            #expect(try network["gt"].adoptRotation() == [])
            #expect(try network["gt"].settings().node == before.node)
            #expect(try network["gt"].settings().credential == granted.hash)
            #expect(try network["gt"].folder.readSigningKey().verifyingKey != signing)
            #expect(try network["gt"].folder.readSealingKey().publicKey != sealing)
            #expect(try network["gt"].folder.readSealingKeys().contains { $0.publicKey == sealing })
            #expect(try network["gt"].adoptRotation() == [], "again, it does nothing")

            try network.report("gt", TestNetwork.countyFood, "14.8")
            #expect(try network.carry("gt", to: "zy").refused.isEmpty)
            try network.carry("zy", to: "gs")
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.8"))
            #expect(try network["gs"].ask { try $0.forks() }.isEmpty)
            // What goes down to it now is sealed to the new key.
            let path = network.path("down.tkb")
            _ = try BundleFile.export(network["zy"], to: before.node, path: path)
            #expect(try BundleFile.sealHead(path: path)?.receivers.map(\.key) == [try network["gt"].folder.readSealingKey().publicKey.thumbprint])
            // A backup takes every key along.
            let restored = try network.replica("gt", "restored")
            #expect(try restored.folder.readSealingKeys().contains { $0.publicKey == sealing })
            #expect(try network["gt"].logFindings() == [])
            try network.expectAgreement(["gs", "zy", "gt"])
        }
    }

    @Test func whoeverHasNotHeardOfTheNewCredentialHoldsTheWorkUntilItComes() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let granted = try grant(network)
            try network.carry("zy", to: "gt")
            try network["gt"].adoptRotation()
            try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network["gt"].seal()
            let fresh = try network.missing(network["gs"], than: network["gt"]).filter { try UnverifiedChangeset($0).header.credential == granted.hash }
            #expect(fresh.count == 1)
            let reception = try network["gs"].receive(fresh)
            guard case .waiting(_, .credential, let item) = reception[0] else { Issue.record("\(reception)"); return }
            #expect(item == granted.hash)
            #expect(try network.value(network["gs"], TestNetwork.september) == nil)
            try network.carry("zy", to: "gs")
            #expect(try network.value(network["gs"], TestNetwork.september) == TestNetwork.days("15.3"))
            #expect(try network["gs"].ask { try $0.reader.waiting() }.isEmpty)
            #expect(try network["gs"].replayFindings() == [])
        }
    }

    @Test func theOldKeyEndsAtTheListedHeadsInWhateverOrderItsLaterWorkComes() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            var old = try Forger(network["gt"], .work("620724", nil))
            let late = try old.operation(TestNetwork.grainKey, TestNetwork.countyFood, [try TestNetwork.figure("99")])
            let lateItem = try old.changeset([late])
            _ = try grant(network)
            try network.carry("zy", to: "gt")
            try network["gt"].adoptRotation()
            try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            try network["gt"].seal()
            try network.carry("gt", to: "zy")
            let news = try network.missing(network["gs"], than: network["zy"])
            let digests = try network.inEveryOrder(news + [lateItem], to: "gs") { (copy, _) throws in
                #expect(try network.value(copy) == TestNetwork.days("14.2"))
                #expect(try network.verdict(copy, late.id, of: TestNetwork.grainKey) == .void(.unitTakenOver))
                #expect(try network.value(copy, TestNetwork.september) == TestNetwork.days("15.3"))
                #expect(try copy.replayFindings() == [])
            }
            #expect(digests.count >= 6)
            for digest in digests { #expect(digest.derived == digests[0].derived) }
        }
    }

    @Test func whatTheOldKeySignedBeyondTheGrantIsCarriedAgainWithItsOldIdentity() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            _ = try grant(network)
            // The clerk goes on working while the request is on its way, and the bundle is handed over elsewhere.
            let written = try network.report("gt", TestNetwork.countyFood, "15.3", key: TestNetwork.september)
            let again = try network.report("gt", TestNetwork.countyFood, "15.4", key: TestNetwork.september)
            try network.carry("gt", to: "gs")
            try network.carry("zy", to: "gt")
            let late = try network.report("gt", TestNetwork.countyFood, "16.1", key: TestNetwork.october)
            #expect(Set(try network["gt"].adoptRotation()).isSuperset(of: [written.id, again.id]))
            #expect(try network["gt"].recarry() == [])
            try network.carry("gt", to: "zy")
            try network.carry("zy", to: "gs")
            for name in ["gt", "zy", "gs"] {
                #expect(try network.value(network[name], TestNetwork.september) == TestNetwork.days("15.4"), "\(name)")
                #expect(try network.value(network[name], TestNetwork.october) == TestNetwork.days("16.1"), "\(name)")
                let held = try network[name].ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.september))) }
                #expect(Set(held.map(\.id)) == [written.id, again.id])
            }
            #expect(try network["gt"].ask { view in try view.operations(of: try #require(try view.recordRef(TestNetwork.october))).map(\.id) }.contains(late.id))
            try network.expectAgreement(["gt", "zy", "gs"])
        }
    }

    @Test func withoutTheOldKeysWordNobodyGetsTheNodeAnotherKey() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let request = try Node.readRequest(try network["gt"].requestRotation())
            var alone = request.request
            alone.consents = []
            let unsigned = try Node.readRequest(
                try Statement.sign(alone.explicitForm, as: .request, key: try #require(try network["gt"].folder.readNextSigningKey())))
            #expect { try network["zy"].grant(unsigned, by: TestNetwork.city, person: "clerk") } throws: {
                ($0 as? NodeError)?.facts["reason"] == "keyNotAgreed"
            }
            // What was refused was not written either.
            #expect(try network["zy"].store.read { try $0.pendingCount() } == 0)
            #expect(try network["zy"].ask { $0.trust?.faults } == [:])
        }
    }

    @Test func anAdoptionCutShortIsFinishedWhenTheFolderIsOpenedAgain() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            _ = try grant(network)
            try network.carry("zy", to: "gt")
            let next = try #require(try network["gt"].folder.readNextSigningKey())
            let kept = try ["signing-next.key", "sealing-next.key"].map { ($0, try DurableFile.read(network.path("gt") + "/" + $0, limit: 4_096)) }
            let old = try ["signing.key", "sealing.key"].map { ($0, try DurableFile.read(network.path("gt") + "/" + $0, limit: 4_096)) }
            try network["gt"].adoptRotation()
            // As if the power had gone between the store's transaction and the moving of the files.
            for (name, bytes) in kept + old { try DurableFile.write(bytes, to: network.path("gt") + "/" + name, mode: 0o600) }
            let again = try Node(opening: network.path("gt"), surroundings: network.surroundings)
            #expect(try again.folder.readSigningKey().verifyingKey == next.verifyingKey)
            #expect(try again.folder.readNextSigningKey() == nil)
            try again.write([TestNetwork.draft("14.9")])
            try again.seal()
            #expect(try again.replayFindings() == [])
        }
    }
}
