import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// Two logs of one node: found, named, and provable to anybody.
@Suite struct LogSplitTests {
    @Test func twoLogsOfOneSizeAreEvidenceThatStandsAlone() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let honest = try network["zy"].checkpoint()
            let forged = try network.forged("zy") { $0.root = sha256([1]) }
            try network["gt"].receiveStatement(honest, .checkpoint)
            guard case .statement = try network["gt"].receiveStatement(forged, .checkpoint) else {
                Issue.record("a signed checkpoint is kept, whatever it says")
                return
            }
            let concern = try #require(try network.concerns("gt").first)
            #expect(concern.code == .splitView && concern.isContradiction)
            #expect(try concern.node == network.id("zy"))
            #expect(concern.numbers == [try TestNetwork.checkpoint(honest).size, try TestNetwork.checkpoint(honest).size])

            // Alone: no node, no store.
            let bytes = try #require(try network["gt"].store.read { try $0.statement(concern.item) }).envelope
            let checked = try EvidenceCheck.check(try SplitEvidence(bytes))
            #expect(try checked.node == network.id("zy") && checked.standsAlone)

            // Brought to a node that has neither checkpoint it is news, and a second time it isn't.
            guard case .statement(.evidence, concern.item) = try network["gs"].tryOutStatement(bytes, .evidence) else {
                Issue.record("evidence that was new was called a duplicate")
                return
            }
            guard case .duplicate = try network["gt"].receiveStatement(bytes, .evidence) else {
                Issue.record("evidence was taken twice")
                return
            }
            // The county's next bundle tells the province, which had seen one log only; and the receipt of it changes nothing more.
            #expect(try network.concerns("gs").isEmpty)
            try network.carry("gt", to: "gs")
            #expect(try network.concerns("gs").map(\.code) == [.splitView])
            #expect(try network.concerns("gs").map(\.item) == [concern.item])
        }
    }

    @Test func evidenceThatShowsNothingIsRefused() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let key = try network["zy"].folder.readSigningKey().verifyingKey.coseKey
            let first = try network["zy"].checkpoint()
            try network.report("zy", TestNetwork.cityFood, "1", key: RecordKey(.work("620700", nil), "cell", ["grainReserveDays", "2020-08"]))
            try network["zy"].seal()
            let second = try network["zy"].checkpoint()
            let stranger = try network.forged("gt") { $0.node = $0.node }
            func side(_ envelope: [UInt8]) -> SplitEvidence.Side { .init(key: key, checkpoint: envelope) }
            let claims: [SplitEvidence] = [
                .init(older: side(first), newer: side(first), path: []), .init(older: side(first), newer: side(second), path: []),
                .init(older: side(first), newer: side(second), path: [.zero, .zero, .zero]), .init(older: side(second), newer: side(first), path: []),
                .init(older: side(first), newer: side(stranger), path: []),
            ]
            for claim in claims {
                #expect(throws: (any Error).self) { try EvidenceCheck.check(claim) }
                guard case .refused = try network["gt"].receiveStatement(claim.bytes, .evidence) else {
                    Issue.record("taken for evidence: \(claim)")
                    continue
                }
            }
            #expect(try network.concerns("gt").filter { $0.code == .splitView }.isEmpty)
        }
    }

    /// A disk image put back: two logs of one epoch, both signed in good faith. The machine proves against itself.
    @Test func anImagedMachineProvesItsOwnTwoLogs() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let image = network.path("image.sqlite")
            let county = try network.id("gt")
            try network["gt"].store.backUp(to: image)
            try network.reports("gt", ["1", "2", "3"])
            try network.carry("gt", to: "zy")
            let lost = try TestNetwork.checkpoint(try network["gt"].checkpoint())
            #expect(lost.size.nonzeroBitCount > 1, "a power of two would leave the old root out of the proof")

            try network["gt"].store.close()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: network.path("gt/tiaokuai.sqlite") + suffix) }
            try FileManager.default.copyItem(atPath: image, toPath: network.path("gt/tiaokuai.sqlite"))
            let imaged = try Node(opening: network.path("gt"), surroundings: network.surroundings)
            for value in 10...16 {
                try imaged.write([TestNetwork.draft("\(value)")])
                try imaged.seal()
            }
            let path = network.path("imaged.tkb")
            func carryUp() throws -> ImportReport {
                _ = try BundleFile.export(imaged, to: try network.id("zy"), path: path)
                return try BundleFile.import(network["zy"], path: path)
            }
            _ = try carryUp()
            #expect(try network.concerns("zy").contains { $0.code == .unproven && $0.numbers[0] == lost.size })
            // The city asks for the proof from the size that it holds; the machine answers from the log that it has.
            _ = try BundleFile.export(network["zy"], to: county, path: path)
            _ = try BundleFile.import(imaged, path: path)
            _ = try carryUp()
            let found = try network.concerns("zy")
            let split = try #require(found.first { $0.code == .splitView })
            #expect(split.node == county && split.numbers.first == lost.size)
            let bytes = try #require(try network["zy"].store.read { try $0.statement(split.item) }).envelope
            #expect(try EvidenceCheck.check(try SplitEvidence(bytes)).standsAlone)
            #expect(try network["zy"].ask { try $0.forks() }.count == 1)
        }
    }

    @Test func aCityThatShowsTheCountyAnotherLogIsFoundAtTheCountysNextStickWithTheProvince() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let city = try network.id("zy")
            // The lie: a checkpoint larger than what the province was shown, of a log that does not exist.
            let lie = try network.forged("zy") { checkpoint in
                checkpoint.size += 3
                checkpoint.root = sha256([7])
            }
            guard case .statement(_, let lieID) = try network["gt"].receiveStatement(lie, .checkpoint) else {
                Issue.record("not kept")
                return
            }
            // The county can't be shown a proof: it names the lie, and says since when.
            let suspected = try network.concerns("gt").filter { $0.code == .unproven && $0.node == city }
            #expect(!suspected.isEmpty && suspected.allSatisfy { $0.numbers[1] == (try? TestNetwork.checkpoint(lie).size) })

            // The county's next changeset names the checkpoint that it was shown. The city can't leave that out.
            try network.reports("gt", ["5", "6"])
            try network.carry("gt", to: "zy")
            try network.deliver(
                try network.frames("zy", to: "gs").filter { try !($0.type == .checkpoint && UnverifiedStatement($0.payload, .checkpoint).id == lieID) }, from: "zy", to: "gs")
            let named = try network.concerns("gs")
            #expect(named.contains { $0.code == .checkpointLacking && $0.item == lieID && (try? network.id("gt")) == $0.node })
            // It asks for it by name; the city will not answer.
            let ask = try network.frames("gs", to: "zy").filter { $0.type == .ask }.map { try LogAsk(UnverifiedStatement($0.payload, .ask).claimed) }
            #expect(ask.contains { $0.checkpoints == [lieID] })

            // The county comes itself: the province holds both logs, and no proof joins them.
            try network.carry("gt", to: "gs")
            let found = try network.concerns("gs")
            #expect(!found.contains { $0.code == .checkpointLacking })
            #expect(found.contains { $0.code == .unproven && $0.node == city })
            // Nothing that the city hands over from now on clears it.
            try network.carry("gs", to: "zy")
            try network.carry("zy", to: "gs")
            #expect(try network.concerns("gs").contains { $0.node == city && ($0.code == .unproven || $0.code == .splitView) })
        }
    }

    @Test func aCheckpointThatTakesAnOwnHeadBackIsNamed() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            try network.carry("gt", to: "zy")
            let forged = try network.forged("gt") { checkpoint in
                checkpoint.size += 1
                checkpoint.ownFeeds = Array(checkpoint.ownFeeds.dropFirst())
            }
            try network["zy"].receiveStatement(forged, .checkpoint)
            #expect(try network.concerns("zy").contains { $0.code == .wentBack && $0.isContradiction })
        }
    }
}

extension Node {
    /// What would come of it; nothing is kept.
    func tryOutStatement(_ bytes: [UInt8], _ type: FrameType) throws -> Reception? {
        try tryOut { receive in try receive([Frame(type, bytes)]).first }
    }

    @discardableResult
    func receiveStatement(_ bytes: [UInt8], _ type: FrameType) throws -> Reception { try receive(bytes, type) }
}
