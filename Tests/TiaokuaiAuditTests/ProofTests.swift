import Foundation
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

@Suite struct ProofTests {
    private static func network(_ province: Province) throws -> Hash32 { try #require(try province["gs"].settings().network).hash }

    private static func code(_ body: () throws -> Void) -> AuditError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? AuditError)?.code
        }
    }

    @Test(arguments: [Suite.ed25519, .p256, .sm2]) func aProofStandsWithTheRootKeyAlone(suite: TiaokuaiTrust.Suite) throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, keys: KeyPlan(suite: suite), counties: 1)
            let node = province["gt"]
            let (id, item) = try node.ask { view in
                let row = try view.reader.changeset(try #require(try view.reader.changesets().last))
                return (row.id, row.item)
            }
            let file = try node.proveInclusion(of: id)
            let checked = try ProofCheck.check(file.bytes, root: ProofTests.network(province), changeset: item)
            #expect(checked.name == "gt")
            #expect(checked.issuers == ["gs", "zy"])
            #expect(checked.hashes == (suite == .sm2 ? [.sha256, .sm3] : [.sha256]))
            guard case .inclusion(id, _) = checked.what else { throw AuditError(.notAProof) }
            // A root key's thumbprint is as good as the network's id.
            let keys = try SignedRoot(file.roots[0]).statement.keys
            #expect(try ProofCheck.check(file.bytes, root: sha256(keys[0])) == checked)
        }
    }

    @Test func aLogIsProvenToHaveGrownFromAnOlderOne() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 3, counties: 1)
            let node = province["zy"]
            let sizes = try node.ask { view in try view.reader.statements(.checkpoint, node: view.settings.node).map(\.number) }
            #expect(sizes.count >= 3)
            for older in sizes.dropLast() {
                for newer in sizes where newer > older {
                    let file = try node.proveConsistency(from: older, to: newer)
                    let checked = try ProofCheck.check(file.bytes, root: ProofTests.network(province))
                    #expect(checked.older?.size == older)
                    #expect(checked.checkpoint.size == newer)
                }
            }
            let beyond = try #require(sizes.max()) + 1_000
            let unsigned = ProofTests.code { _ = try node.proveConsistency(from: beyond) }
            #expect(unsigned == .noCheckpoint)
        }
    }

    @Test func everyBitOfAProofIsFound() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            let root = try ProofTests.network(province)
            let node = province["gt"]
            let id = try node.ask { try $0.reader.changeset(try #require(try $0.reader.changesets().last)).id }
            let file = try node.proveInclusion(of: id)
            let bytes = file.bytes
            let original = try ProofCheck.check(bytes, root: root)
            let step = ProcessInfo.processInfo.environment["TIAOKUAI_SOAK"] == nil ? 101 : 1
            var missed: [Int] = []
            for bit in stride(from: 3, to: bytes.count * 8, by: step) {
                var flipped = bytes
                flipped[bit / 8] ^= 1 << UInt8(bit % 8)
                guard let checked = try? ProofCheck.check(flipped, root: root) else { continue }
                // A packed body has other spellings; what is proven is the same then.
                let isSpelling = (try? ProofFile(flipped)).map { zip($0.credentials, file.credentials).contains { $0.compressedBody != $1.compressedBody && $0.envelope == $1.envelope } } ?? false
                if checked != original || !isSpelling { missed.append(bit) }
            }
            #expect(missed == [])
        }
    }

    /// What the check says of a file.
    private static func verdict(_ bytes: [UInt8], _ root: Hash32, _ changeset: ChangesetItem? = nil) -> AuditError.Code? {
        code { _ = try ProofCheck.check(bytes, root: root, changeset: changeset) }
    }

    @Test func eachThingThatIsWrongHasItsName() throws {
        try withTemporaryFolder { folder in try ProofTests.spoilt(try Province(in: folder, rounds: 2, counties: 2)) }
    }

    private static func spoilt(_ province: Province) throws {
        let root = try network(province)
        let (gt, gz) = (province["gt"], province["gz"])
        let rows = try gt.ask { view in try view.reader.changesets().map { try view.reader.changeset($0) } }
        let (first, last) = (try #require(rows.first), try #require(rows.last))
        let good = try gt.proveInclusion(of: last.id)
        let other = try gz.proveInclusion(of: try gz.ask { view in try view.reader.changeset(try #require(try view.reader.changesets().last)).id })
        let older = try gt.ask { view in try #require(try view.reader.statements(.checkpoint, node: view.settings.node).first) }
        var files = [(wanted: AuditError.Code, file: ProofFile)](repeating: (.rootsBroken, good), count: 8)
        files[0].file.roots[0][good.roots[0].count - 1] ^= 1
        files[1] = (.credentialAltered, good)
        files[1].file.credentials[0] = ChangesetItem(envelope: good.credentials[0].envelope, compressedBody: [0])
        files[2] = (.checkpointAltered, good)
        files[2].file.checkpoints[0][good.checkpoints[0].count - 1] ^= 1
        files[3] = (.receiptAltered, good)
        files[3].file.receipts[0][good.receipts[0].count - 1] ^= 1
        files[4] = (.pathFails, good)
        files[4].file.changeset = first.id
        files[5] = (.treeMissing, good)
        files[5].file.receipts.append(good.receipts[0])
        files[6] = (.wrongKey, good)
        files[6].file.checkpoints = other.checkpoints
        files[7] = (.wrongSize, good)
        files[7].file.checkpoints = [older.envelope]
        for (wanted, file) in files {
            let found = verdict(file.bytes, root)
            #expect(found == wanted)
        }
        let others = [
            verdict([1, 2, 3], root), verdict(good.bytes, .zero), verdict(good.bytes, root, first.item),
            verdict(good.bytes, root, ChangesetItem(envelope: last.item.envelope, compressedBody: [])),
            code { _ = try gt.proveInclusion(of: ChangesetID(.zero)) }, code { _ = try gt.proveInclusion(of: last.id, at: older.number) },
        ]
        #expect(others == [.notAProof, .wrongRoot, .otherChangeset, .changesetAltered, .notLogged, .notLogged])
    }

    @Test func aReceiptOfAnotherEpochIsNamed() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 1, counties: 1)
            let root = try ProofTests.network(province)
            let node = province["gt"]
            let id = try node.ask { try $0.reader.changeset(try #require(try $0.reader.changesets().last)).id }
            let before = try node.proveInclusion(of: id)
            try node.backUp(to: province.path("backup"))
            let restored = try Node.restore(from: province.path("backup"), to: province.path("again"), surroundings: province.surroundings)
            var file = try restored.proveInclusion(of: id)
            _ = try ProofCheck.check(file.bytes, root: root)
            file.receipts = before.receipts
            let code = ProofTests.code { _ = try ProofCheck.check(file.bytes, root: root) }
            #expect(code == .wrongEpoch)
        }
    }
}
