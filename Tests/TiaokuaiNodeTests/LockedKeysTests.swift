import Foundation
import Synchronization
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiNode
@testable import TiaokuaiTrust

/// A node whose key files a passphrase locks; at the least cost that is read, for time's sake, but where it is the node that locks.
@Suite struct LockedKeysTests {
    static let passphrase = "老地方见,二〇二〇"

    /// Counts how often somebody was asked for the passphrase.
    private final class Asked: Sendable {
        private let files = Mutex<[String]>([])
        var opener: KeyOpener {
            KeyOpener(passphrase: { [self] file, _ in
                files.withLock { $0.append(file) }
                return LockedKeysTests.passphrase
            })
        }
        var names: [String] { files.withLock { $0 } }
    }

    private static func locked(_ file: KeyFile) throws -> KeyFile { try file.locked(with: passphrase, cost: KeyProtection.Cost(log2N: 10, r: 8, p: 1)) }

    private func network(_ folder: URL) throws -> TestNetwork {
        var network = try TestNetwork.reported(in: folder)
        let node = network["gt"]
        try node.folder.replaceKeyFiles(try node.folder.keyFiles().mapValues { try LockedKeysTests.locked(try KeyFile(decoding: $0)).bytes })
        network.add("gt", try open(network, KeyOpener.none))
        return network
    }

    /// The county's node, opened again by somebody who knows this much.
    private func open(_ network: TestNetwork, _ opener: KeyOpener, now: Written? = nil) throws -> Node {
        var surroundings = network.surroundings
        surroundings.keyOpener = opener
        if let now { surroundings.now = { now } }
        return try Node(opening: network.path("gt"), surroundings: surroundings)
    }

    private func unsealed(_ node: Node) throws -> Int { try node.store.read { try $0.pendingCount() } }

    private func expectNoPassphrase(_ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(sourceLocation: sourceLocation) { try body() } throws: { ($0 as? TrustError)?.code == .keyFileSealed && ($0 as? TrustError)?.fact == "signing.key" }
    }

    @Test func withoutThePassphraseWorkIsDurableAndOnlySealingWaits() throws {
        try withTemporaryFolder { folder in
            var network = try network(folder)
            let holding = try network["gt"].keyHolding()
            #expect(holding.locked == ["sealing.key", "signing.key"] && holding.open == [] && holding.token == nil)
            let written = try network.report("gt", TestNetwork.countyFood, "14.9")
            #expect(try unsealed(network["gt"]) == 1)
            #expect(try network.value(network["gt"]) == TestNetwork.days("14.9"))
            // Whatever reads needs no key.
            #expect(try network["gt"].logFindings() == [])
            #expect(try network["gt"].replayFindings() == [])
            #expect(try network["gt"].ask { try $0.operations(of: try #require(try $0.recordRef(TestNetwork.grainKey))).map(\.id) }.contains(written.id))
            expectNoPassphrase { try network["gt"].seal() }
            expectNoPassphrase { _ = try network["gt"].checkpoint() }
            expectNoPassphrase { try network.carry("gt", to: "zy") }
            #expect(try unsealed(network["gt"]) == 1)

            network.add("gt", try open(network, .knowing("老地方见,二〇一九")))
            #expect { try network["gt"].seal() } throws: { ($0 as? TrustError) == TrustError(.wrongPassphrase, "signing.key") }
            let asked = Asked()
            network.add("gt", try open(network, asked.opener))
            #expect(try network.carry("gt", to: "zy").refused.isEmpty)
            try network.carry("gt", to: "gs")
            #expect(try unsealed(network["gt"]) == 0)
            #expect(asked.names == ["signing.key"], "one file, opened once, whatever is signed")
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.9"))
            try network.carry("zy", to: "gt")
            try network.carry("gs", to: "gt")
            #expect(asked.names == ["signing.key", "sealing.key"], "the sealing key when the first sealed file comes")
            try network.expectAgreement(["gt", "zy"])
        }
    }

    @Test func aFullBatchWrittenWithoutTheKeyWaitsToo() throws {
        try withTemporaryFolder { folder in
            var network = try network(folder)
            func small(_ opener: KeyOpener) throws -> Node {
                var surroundings = network.surroundings
                surroundings.keyOpener = opener
                return Node(
                    folder: NodeFolder(path: network.path("gt")), store: try Store(path: network.path("gt/tiaokuai.sqlite")), surroundings: surroundings,
                    kinds: .builtIn, regions: .gbt2260, operationsPerBatch: 4)
            }
            func drafts(_ numbers: Range<Int>) throws -> [Draft] {
                try numbers.map { try TestNetwork.draft("\($0)", key: RecordKey(.work("620724", nil), CellKind.table.name, [.text("indicator\($0)"), "2020-08"])) }
            }
            let locked = try small(.none)
            #expect(try locked.write(drafts(0..<9)).count == 9)
            #expect(try unsealed(locked) == 9)
            // With the key at hand what waited goes first, then whole batches at once.
            let opened = try small(.knowing(LockedKeysTests.passphrase))
            try opened.write(drafts(9..<18))
            #expect(try unsealed(opened) == 1)
            try opened.seal()
            #expect(try opened.replayFindings() == [])
            network.add("gt", opened)
            #expect(try network.carry("gt", to: "zy").refused.isEmpty)
        }
    }

    @Test func whatAnEarlierDayLeftIsSealedByWhoeverWritesNextWithTheKeyAtHand() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            let days = (1...3).map { Written(milliseconds: 1_600_000_000_000 + Int64($0) * 86_400_000) }
            let asked = Asked()
            func write(_ value: String, _ opener: KeyOpener, _ day: Written) throws -> Int {
                let node = try open(network, opener, now: day)
                try node.write([TestNetwork.draft(value)])
                return try unsealed(node)
            }
            #expect(try write("14.1", .none, days[0]) == 1)
            // On the same day nothing hurries, and nobody is asked.
            #expect(try write("14.3", asked.opener, days[0]) == 2)
            #expect(asked.names == [])
            // The next day: still locked, so it waits on.
            #expect(try write("14.4", .none, days[1]) == 3)
            #expect(try write("14.5", asked.opener, days[2]) == 1)
            #expect(asked.names == ["signing.key"])
            #expect(try open(network, .none).replayFindings() == [])
        }
    }

    @Test func nobodyIsAskedForAKeyThatCanWait() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            let urgencies = Mutex<[KeyOpener.Urgency]>([])
            let opener = KeyOpener(passphrase: { _, urgency in
                urgencies.withLock { $0.append(urgency) }
                return nil
            })
            let early = try open(network, opener, now: Written(milliseconds: 1_600_000_000_000))
            try early.write([TestNetwork.draft("14.1")])
            let late = try open(network, opener, now: Written(milliseconds: 1_600_200_000_000))
            try late.write([TestNetwork.draft("14.2")])
            #expect(urgencies.withLock { $0 } == [.ifAtHand])
            expectNoPassphrase { try late.seal() }
            #expect(urgencies.withLock { $0 } == [.ifAtHand, .needed])
        }
    }

    @Test func whoHasOpenedAKeyGoesOnWhenItsFileIsLockedAnew() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            let serving = try open(network, .knowing(LockedKeysTests.passphrase))
            _ = try serving.checkpoint()
            try open(network, .knowing(LockedKeysTests.passphrase)).changePassphrase(to: "another one, longer")
            try serving.write([TestNetwork.draft("15.1")])
            try serving.seal()
            #expect { try open(network, .knowing(LockedKeysTests.passphrase)).checkpoint() } throws: { ($0 as? TrustError)?.code == .wrongPassphrase }
            _ = try open(network, .knowing("another one, longer")).checkpoint()
        }
    }

    @Test func lockingTwiceAndUnlockingWhatIsOpenAreSaid() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            #expect(throws: NodeError(.keysLocked)) { try network["gt"].lockKeys(with: "another one, longer") }
            #expect(throws: NodeError(.keysOpen)) { try network["zy"].unlockKeys() }
            #expect(throws: NodeError(.keysOpen)) { try network["zy"].changePassphrase(to: "another one, longer") }
            #expect(throws: TrustError(.keyFileSealed, "sealing.key")) { try network["gt"].unlockKeys() }
            #expect(throws: TrustError(.wrongPassphrase, "sealing.key: empty")) { try network["zy"].lockKeys(with: "") }
            #expect(try network["zy"].keyHolding().locked == [])
            #expect(try open(network, .knowing(LockedKeysTests.passphrase)).unlockKeys() == ["sealing.key", "signing.key"])
            #expect(try network["gt"].keyHolding().locked == [])
            _ = try network["gt"].checkpoint()
        }
    }

    /// Some files locked and some open, as no command leaves them: locking goes on with the same passphrase only.
    @Test func whatIsLockedInPartIsLockedInFullByTheSamePassphrase() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            let file = try KeyFile(decoding: DurableFile.read(network.path("gt/sealing.key"), limit: KeyFile.maximumBytes))
            try DurableFile.write(try file.unlocked(with: LockedKeysTests.passphrase).bytes, to: network.path("gt/sealing.key"), mode: 0o600)
            #expect(throws: TrustError(.wrongPassphrase, "signing.key")) { try network["gt"].lockKeys(with: "another one, longer") }
            #expect(try network["gt"].keyHolding().open == ["sealing.key"])
            #expect(try network["gt"].lockKeys(with: LockedKeysTests.passphrase) == ["sealing.key"])
            #expect(try network["gt"].keyHolding().open == [])
        }
    }

    @Test func aBackupIsAsLockedAsItsNodeAndIsMadeAndRestoredWithoutOpeningAKey() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try network["gt"].backUp(to: network.path("backup"))
            let restored = try Node.restore(from: network.path("backup"), to: network.path("restored"), surroundings: network.surroundings)
            #expect(try restored.keyHolding() == network["gt"].keyHolding())
            try restored.write([TestNetwork.draft("15.1")])
            expectNoPassphrase { try restored.seal() }
            var surroundings = network.surroundings
            surroundings.keyOpener = .knowing(LockedKeysTests.passphrase)
            try Node(opening: network.path("restored"), surroundings: surroundings).seal()
        }
    }

    @Test func aNewNodeCanBeLockedFromItsFirstHour() throws {
        try withTemporaryFolder { folder in
            var network = try TestNetwork(in: folder)
            var surroundings = network.surroundings
            surroundings.keyOpener = .knowing(LockedKeysTests.passphrase)
            let plan = NodePlan(name: "zy", region: "620700", units: [.init(TestNetwork.city, "620700", isGovernment: true)])
            let city = try Node.create(at: network.path("zy"), plan: plan, passphrase: LockedKeysTests.passphrase, surroundings: surroundings)
            network.add("zy", city)
            #expect(try city.keyHolding().open == [])
            for name in ["signing.key", "sealing.key"] {
                #expect(throws: TrustError(.keyFileSealed)) { try KeyFile(decoding: DurableFile.read(city.folder.path + "/" + name, limit: 1_024)).unlocked(with: nil) }
            }
            let request = try Node.readRequest(try city.makeRequest(plan: plan, depth: 2))
            _ = try network["gs"].grant(request, by: TestNetwork.province, person: "clerk")
            _ = try BundleFile.export(network["gs"], to: request.subject, path: network.path("zy.tkb"), known: Heads([]))
            _ = try BundleFile.import(city, path: network.path("zy.tkb"), isEnrolling: true)
            try city.adoptCredential()
            #expect(try city.settings().credential != nil)
        }
    }

    @Test func aRotationsKeysAreLockedAsTheOthersAreAndAdoptionOpensNone() throws {
        try withTemporaryFolder { folder in
            var network = try network(folder)
            expectNoPassphrase { _ = try network["gt"].requestRotation() }
            let knowing = try open(network, .knowing(LockedKeysTests.passphrase))
            let request = try Node.readRequest(try knowing.requestRotation())
            #expect(try knowing.keyHolding().locked == ["sealing-next.key", "sealing.key", "signing-next.key", "signing.key"])
            _ = try network["zy"].grant(request, by: TestNetwork.city, person: "clerk", heads: try network.heads(at: "zy", of: request.subject))
            network.add("gt", knowing)
            try network.carry("zy", to: "gt")
            // Whoever knows no passphrase can take the new keys into use; signing waits.
            let locked = try open(network, .none)
            try locked.adoptCredential()
            #expect(try locked.keys.verifyingKey().coseKey == request.request.signingKey)
            #expect(try locked.keyHolding().open == [] && locked.keyHolding().locked.count == 3)
            network.add("gt", try open(network, .knowing(LockedKeysTests.passphrase)))
            try network.report("gt", TestNetwork.countyFood, "15.3")
            #expect(try network.carry("gt", to: "zy").refused.isEmpty)
        }
    }

    @Test func aDamagedOrMissingKeyFileIsNamedAndStopsOnlyWhatNeedsIt() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let path = network.path("gt/signing.key")
            let whole = try DurableFile.read(path, limit: KeyFile.maximumBytes)
            for damaged in [Array(whole.dropLast()), [], Array("密钥".utf8), whole + [0]] {
                try DurableFile.write(damaged, to: path, mode: 0o600)
                let node = try open(network, .none)
                try node.write([TestNetwork.draft("14.7")])
                #expect { try node.seal() } throws: { error in
                    (error as? TrustError)?.code == .malformedKeyFile && (error as? TrustError)?.fact.hasPrefix("signing.key") == true
                }
            }
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: NodeError(.keyMissing, ["path": path])) { try open(network, .none).seal() }
            try DurableFile.write(whole, to: path, mode: 0o600)
            try open(network, .none).seal()
        }
    }
}
