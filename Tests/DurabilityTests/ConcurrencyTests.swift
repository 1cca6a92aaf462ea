import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

@testable import TiaokuaiNode

/// Several commands on one folder at once, each with a node, a connection and caches of its own.
@Suite struct ConcurrencyTests {
    @Test func twoWritersAReceiverAndAReaderLoseNothing() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let county = folder.appendingPathComponent("gt").path
            let city = folder.appendingPathComponent("zy").path
            try Stage.copy(network.snapshot("gt-second"), to: county)
            try Stage.copy(network.snapshot("zy-second"), to: city)
            let items = try Stage.with(city) { node in try (1...20).map { try ConcurrencyTests.publish($0, node) } }
            let before = try Stage.with(county) { try $0.ask(ConcurrencyTests.count) }
            let writing = Locked(2)
            let views = Locked(0)
            let written = Locked<[OperationID]>([])
            try together([
                { try ConcurrencyTests.writeMany(county, 1...200, written, writing) },
                { try ConcurrencyTests.writeMany(county, 201...400, written, writing) },
                { try Stage.with(county) { node in for item in items { _ = try node.receive(item) } } },
                {
                    try Stage.with(county) { node in
                        repeat {
                            // One view: as many records as operations were counted, whoever wrote meanwhile.
                            let now = try node.ask(ConcurrencyTests.count)
                            #expect(now.records - before.records == Int(now.counter - before.counter))
                            views.with { $0 += 1 }
                        } while writing.with { $0 } > 0
                    }
                },
            ])
            #expect(views.with { $0 } > 0)
            try Stage.with(county) { node in
                #expect(try node.ask(ConcurrencyTests.count).records == before.records + 400)
                let held = try node.ask { view in try view.progress().flatMap { try view.operations(of: $0).map(\.id) } }
                #expect(Set(held).isSuperset(of: written.with { $0 }))
                #expect(Set(written.with { $0 }).count == 400)
                #expect(try node.store.read { reader in try items.allSatisfy { try reader.changeset(UnverifiedChangeset($0).id)?.state == .applied } })
            }
            try expectEqual(county, city, folder)
        }
    }

    @Test func aBackupWhileOthersWriteHasNothingUnsealedInIt() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let county = folder.appendingPathComponent("gt").path
            try Stage.copy(network.snapshot("gt-second"), to: county)
            let backups = (1...6).map { folder.appendingPathComponent("backup\($0)").path }
            let isOver = Locked(false)
            let writer: @Sendable () throws -> Void = {
                try Stage.with(county) { node in
                    var number = 0
                    while !isOver.with({ $0 }) {
                        number += 1
                        try node.write(Drafts.numbered(number))
                    }
                }
            }
            try together([
                writer, writer,
                {
                    defer { isOver.with { $0 = true } }
                    try Stage.with(county) { node in for backup in backups { try node.backUp(to: backup) } }
                },
            ])
            for (number, backup) in backups.enumerated() {
                let restored = folder.appendingPathComponent("restored\(number)").path
                try Node.restore(from: backup, to: restored, surroundings: Stage.surroundings(salt: UInt8(number + 2))).store.close()
                #expect(try Stage.with(restored) { node in try node.store.read { try $0.pendingCount() } } == 0)
                guard number % 3 == 0 else { continue }
                let city = folder.appendingPathComponent("zy\(number)").path
                try Stage.copy(network.snapshot("zy-second"), to: city)
                try expectEqual(restored, city, folder)
            }
        }
    }

    @Test func aWriterWaitsItsTurnAndIsToldWhenItDoesNotCome() throws {
        let network = try Network.shared.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("gt").path
            try Stage.copy(network.snapshot("gt-second"), to: path)
            let (isHeld, isOver) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            try together([
                {
                    defer { isHeld.signal() }
                    try Stage.with(path) { node in
                        try node.store.write { _ in
                            isHeld.signal()
                            isOver.wait()
                        }
                    }
                },
                {
                    isHeld.wait()
                    defer { isOver.signal() }
                    let store = try Store(path: path + "/" + Store.fileName, busyTimeoutSeconds: 0.1)
                    defer { try? store.close() }
                    let node = Node(folder: NodeFolder(path: path), store: store, surroundings: Stage.surroundings(), kinds: .builtIn, regions: .gbt2260)
                    let before = try node.ask(ConcurrencyTests.count)
                    #expect { try node.write([Drafts.figure("1")]) } throws: { ($0 as? StoreError)?.code == .busy }
                    // Readers don't wait.
                    #expect(try node.ask(ConcurrencyTests.count) == before)
                },
            ])
            // The turn has come: the same write goes through, and a long wait is rewarded.
            // Both are open before one holds the pen: opening may have to wait for it. Whoever fails lets the other go on.
            let (isOpen, isHeldAgain, isAsked) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            try together([
                {
                    defer { isHeldAgain.signal() }
                    isOpen.wait()
                    try Stage.with(path) { node in
                        try node.store.write { _ in
                            isHeldAgain.signal()
                            isAsked.wait()
                        }
                    }
                },
                {
                    defer {
                        isOpen.signal()
                        isAsked.signal()
                    }
                    let written = try Stage.with(path) { node in
                        isOpen.signal()
                        isHeldAgain.wait()
                        isAsked.signal()
                        return try node.write([Drafts.figure("2")])
                    }
                    #expect(written.count == 1)
                },
            ])
        }
    }

    // MARK: Parts

    struct Count: Equatable {
        let records: Int
        let counter: UInt64
    }

    private static func count(_ view: NodeView) throws -> Count {
        Count(records: try view.progress().count, counter: try view.reader.counter(Node.originKey))
    }

    private static func writeMany(_ path: String, _ numbers: ClosedRange<Int>, _ written: Locked<[OperationID]>, _ writing: Locked<Int>) throws {
        defer { writing.with { $0 -= 1 } }
        try Stage.with(path) { node in
            for number in numbers {
                let ids = try node.write(Drafts.numbered(number)).map(\.id)
                written.with { $0 += ids }
            }
        }
    }

    private static func publish(_ number: Int, _ node: Node) throws -> ChangesetItem {
        try node.write([Drafts.cityIndicator("employed\(number)")])
        try node.seal()
        return try node.store.read { reader in try reader.changeset(try reader.changesets().last ?? .unsealed).item }
    }

    /// The county's stick makes the city hold the same, and both are sound.
    private func expectEqual(_ county: String, _ city: String, _ folder: URL) throws {
        let stick = folder.appendingPathComponent("stick.tkb").path
        let cityID = try Stage.with(city) { try $0.settings().node }
        try Stage.with(county) { _ = try BundleFile.export($0, to: cityID, path: stick) }
        let report = try Stage.with(city) { try BundleFile.import($0, path: stick) }
        #expect(report.isComplete && report.refused.isEmpty && report.waiting.isEmpty && report.void.isEmpty)
        let digests = try [county, city].map { path in
            try Stage.with(path) { (node: Node) throws -> StateDigest in
                #expect(try node.store.integrityFindings() == [])
                #expect(try node.ask { try $0.forks() }.isEmpty)
                return try node.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
            }
        }
        #expect(digests[0] == digests[1])
        let node = try Node(opening: county)
        defer { try? node.store.close() }
        #expect(try node.replayFindings() == [])
        #expect(try node.logFindings() == [])
    }
}
