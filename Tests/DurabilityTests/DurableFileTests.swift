import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync

@testable import TiaokuaiNode

/// Files that appear whole or not at all: full media, media that can't be written, writers that were killed.
@Suite struct DurableFileTests {
    private static func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    @Test func aFullMediumLeavesTheOldFileAndNothingElse() throws {
        try Medium.with(kilobytes: 64) { medium in
            let path = medium.path + "/a.tkb"
            try DurableFile.write([1, 2, 3], to: path)
            #expect {
                try DurableFile.write([UInt8](repeating: 7, count: 200_000), to: path)
            } throws: { ($0 as? NodeError)?.code == .diskFull }
            #expect(try DurableFile.read(path, limit: 100) == [1, 2, 3])
            #expect(try Self.names(medium.path) == ["a.tkb"])
            try DurableFile.write([4], to: path)
            #expect(try DurableFile.read(path, limit: 100) == [4])
        }
    }

    @Test func aBundleThatDoesNotFitIsNotThere() throws {
        let network = try Network.shared.get()
        try Medium.with(kilobytes: 16) { medium in
            try withTemporaryFolder(inMemory: true) { folder in
                let county = folder.appendingPathComponent("gt").path
                try Stage.copy(network.snapshot("gt-second"), to: county)
                let city = try Node.readRequest(network.cityRequest).subject
                try Stage.with(county) { node in
                    for number in 1...16 { try node.write((0..<8).flatMap { Drafts.numbered(number * 8 + $0) }) }
                    let before = try node.store.read { try $0.carried().count }
                    #expect { _ = try BundleFile.export(node, to: city, path: medium.path + "/out.tkb") } throws: { ($0 as? NodeError)?.code == .diskFull }
                    #expect(try node.store.read { try $0.carried().count } == before)
                }
                #expect(try Self.names(medium.path) == [])
            }
        }
    }

    @Test func aFullDiskCostsNoMarker() throws {
        try Medium.with(kilobytes: 64) { medium in
            let folder = NodeFolder(path: medium.path)
            let epoch = Epoch(high: 1, low: 2)
            try Marker.write(epoch: epoch, rootStatement: 1, in: folder)
            try medium.fill()
            #expect { try Marker.write(epoch: epoch, rootStatement: 2, in: folder) } throws: { ($0 as? NodeError)?.code == .diskFull }
            let marker = try Marker(in: folder)
            #expect(marker.rootStatement == 1 && marker.epoch == epoch)
            try marker.check(in: folder)
            #expect(try Self.names(medium.path) == ["filler", "marker"])
        }
    }

    @Test func aFullDiskSaysSoAndWorkGoesOnWhenThereIsRoom() throws {
        let network = try Network.shared.get()
        try Medium.with(kilobytes: 2_048) { medium in
            let path = medium.path + "/gt"
            try Stage.copy(network.snapshot("gt-second"), to: path)
            try Stage.with(path) { node in
                try node.write([Drafts.figure("14.3")])
                try medium.fill()
                // What fits into the journal as it is may still go through; then nothing does.
                #expect {
                    for number in 1...200 { try node.write(Drafts.numbered(number)) }
                } throws: { ($0 as? StoreError)?.code == .diskFull }
                #expect { try node.write([Drafts.figure("14.4")]) } throws: { ($0 as? StoreError)?.code == .diskFull }
                #expect { try node.seal() } throws: { ($0 as? StoreError)?.code == .diskFull }
                #expect(try node.ask { try $0.operations(of: try #require(try $0.recordRef(Drafts.grainKey))).count } == 3)
            }
            // Closing gave the journal's room back.
            try medium.fill()
            #expect { try Stage.with(path) { _ in } } throws: { ($0 as? StoreError)?.code == .diskFull }
            try medium.empty()
            try Stage.with(path) { node in
                try node.write([Drafts.figure("14.4")])
                try node.seal()
                #expect(try node.store.integrityFindings() == [])
            }
            let node = try Node(opening: path)
            defer { try? node.store.close() }
            #expect(try node.replayFindings() == [])
        }
    }

    @Test func aMediumThatCanNotBeWrittenIsReadAllTheSame() throws {
        let network = try Network.shared.get()
        try Medium.with(kilobytes: 4_096) { medium in
            try FileManager.default.copyItem(atPath: network.snapshot("gt-zy.tkb"), toPath: medium.path + "/in.tkb")
            try Stage.copy(network.snapshot("gt-backup"), to: medium.path + "/backup")
            try Stage.copy(network.snapshot("gt-second"), to: medium.path + "/node")
            let before = try Self.names(medium.path)
            try medium.makeReadOnly()
            #expect { try Stage.with(medium.path + "/node") { _ in } } throws: { ($0 as? StoreError)?.code == .readOnly }
            try withTemporaryFolder(inMemory: true) { folder in
                let city = folder.appendingPathComponent("zy").path
                try Stage.copy(network.snapshot("zy-enrolled"), to: city)
                try Stage.with(city) { node in
                    #expect(try BundleFile.import(node, path: medium.path + "/in.tkb").isComplete)
                    let county = try Node.readRequest(network.countyRequest).subject
                    #expect { _ = try BundleFile.export(node, to: county, path: medium.path + "/out.tkb") } throws: {
                        ($0 as? NodeError)?.code == .fileUnwritable
                    }
                    #expect { try node.backUp(to: medium.path + "/other") } throws: { ($0 as? NodeError)?.code == .fileUnwritable }
                }
                let restored = folder.appendingPathComponent("restored").path
                try Node.restore(from: medium.path + "/backup", to: restored, surroundings: Stage.surroundings(salt: 2)).store.close()
                #expect(try Stage.with(restored) { try $0.ask { try $0.progress().count } } == 5)
            }
            #expect(try Self.names(medium.path) == before)
        }
    }

    @Test func whatAKilledWriterLeftIsSweptUpByTheNext() throws {
        try withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("a.tkb").path
            let dead = try Child(["/bin/sh", "-c", "exit 0"])
            #expect(dead.wait() == 0)
            let left = "\(path).part-\(dead.id)-1"
            let living = "\(path).part-\(getppid())-1"
            let others = ["\(path).part-mine", "\(path).part-1-x", folder.appendingPathComponent("b.tkb.part-\(dead.id)-1").path]
            for file in [left, living] + others { try Data([1]).write(to: URL(fileURLWithPath: file)) }
            try DurableFile.write([2], to: path)
            #expect(try DurableFile.read(path, limit: 100) == [2])
            #expect(!FileManager.default.fileExists(atPath: left))
            for file in [living] + others { #expect(FileManager.default.fileExists(atPath: file), "\(file)") }
        }
    }

    @Test func whatIsNotCommittedIsNotThere() throws {
        try withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("a.tkb").path
            do {
                let file = try DurableFile(path: path)
                try file.append([1])
                #expect(try Self.names(folder.path).count == 1)
            }
            #expect(try Self.names(folder.path) == [])
        }
    }

    @Test func twoWritersOfOneFileDoNotMeet() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("a.tkb").path
            try together(
                (1...4).map { number in
                    { for _ in 0..<50 { try DurableFile.write([UInt8](repeating: UInt8(number), count: 5_000), to: path) } }
                })
            let bytes = try DurableFile.read(path, limit: 10_000)
            #expect(bytes.count == 5_000 && Set(bytes).count == 1)
            #expect(try Self.names(folder.path) == ["a.tkb"])
        }
    }
}

/// A file system in memory of a given size, as a stick that can be full or locked.
struct Medium {
    let path: String

    /// Mounts it, runs the body and unmounts; skips with a note where mounting is not permitted.
    static func with(kilobytes: Int, _ body: (Medium) throws -> Void) throws {
        try withTemporaryFolder { folder in
            guard run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path]) else {
                print("note: skipped, a tmpfs can't be mounted here")
                return
            }
            defer { _ = run("umount", [folder.path]) }
            try body(Medium(path: folder.path))
        }
    }

    /// Leaves no byte free.
    func fill() throws {
        if !FileManager.default.fileExists(atPath: path + "/filler") { try Data().write(to: URL(fileURLWithPath: path + "/filler")) }
        let filler = try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/filler"))
        try filler.seekToEnd()
        #expect(throws: (any Error).self) { while true { try filler.write(contentsOf: Data(count: 1_024)) } }
        try filler.close()
    }

    /// Makes room again.
    func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

    func makeReadOnly() throws { #expect(Medium.run("mount", ["-o", "remount,ro", path])) }

    private static func run(_ command: String, _ arguments: [String]) -> Bool {
        (try? Child.run(["/usr/bin/env", command] + arguments))?.status == 0
    }
}
