import Foundation
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

@Suite struct PublishTests {
    @Test func anIndependentReaderMakesTheRootAgainFromTheTiles() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 2, counties: 1)
            let out = province.path("published")
            let published = try province["gt"].exportLog(to: out)
            let first = try PythonVerifier.run(["tiles", out, out + "/checkpoint"])
            if let first { #expect(first.status == 0 && first.out.contains("\"signed\": [true]"), "\(first.out) \(first.err)") }
            // A witness that holds the checkpoint signs it too; one that doesn't, doesn't.
            try province.carry("gt", "zy")
            let note = try DurableFile.read(out + "/checkpoint", limit: 65_536)
            let cosigned = try province["zy"].cosign(note)
            try DurableFile.write(cosigned, to: out + "/checkpoint.cosigned")
            let (network, node) = try province["zy"].ask { ($0.settings.network?.hash.hex ?? "", $0.settings.node.hash.hex) }
            let key = try province["zy"].keys.verifyingKey().rawBytes.hex
            let second = try PythonVerifier.run(["tiles", out, out + "/checkpoint.cosigned", "tiaokuai/\(network)/\(node)=\(key)"])
            if let second { #expect(second.status == 0 && second.out.contains("\"signed\": [true, true]"), "\(second.out) \(second.err)") }
            #expect(throws: AuditError.self) { try province["gs"].cosign(Array("a\n1\nAA==\n\n— a AA==\n".utf8)) }
            // Exported again after the log grew: the same folder, brought up to date.
            try province.play(3)
            let later = try province["gt"].exportLog(to: out)
            #expect(later.size > published.size)
            #expect(throws: AuditError.self) { try province["zy"].exportLog(to: out) }
            if first != nil { #expect(try PythonVerifier.run(["tiles", out, out + "/checkpoint"])?.status == 0) }
        }
    }

    @Test func aWitnessSpeaksOnceForALogThatItHasSeenInOneVersion() throws {
        try withTemporaryFolder { folder in
            func code(_ body: () throws -> Void) -> AuditError.Code? {
                do { try body() } catch { return (error as? AuditError)?.code }
                return nil
            }
            func note(_ node: Node, _ name: String) throws -> [UInt8] {
                _ = try node.exportLog(to: folder.appendingPathComponent(name).path)
                return try DurableFile.read(folder.appendingPathComponent(name).path + "/checkpoint", limit: 65_536)
            }
            let scene = try ArchiveScene(in: folder)
            let (gt, zy, gs) = (scene.province["gt"], scene.province["zy"], scene.province["gs"])
            // Nobody for itself; and not for a log of which there were two, though its owner owned up to it.
            let (own, forked, whole) = (try note(zy, "own"), try note(gt, "forked"), try note(gs, "whole"))
            #expect(code { _ = try zy.cosign(own) } == .ownNote)
            try scene.province.carry("gt", "zy")
            let isOneOfTwo = try zy.ask { try $0.logConcerns(thorough: true).contains { $0.code == .splitView } }
            #expect(isOneOfTwo)
            #expect(code { _ = try zy.cosign(forked) } == .logInDoubt)
            try scene.province.carry("gs", "zy")
            // Asked twice it has one line, with the later time.
            let once = try zy.cosign(whole)
            scene.province.time.with { $0.clock += 60_000 }
            let twice = try zy.cosign(once)
            func lines(_ note: [UInt8]) -> Int { String(decoding: note, as: UTF8.self).split(separator: "\n").count }
            #expect(lines(once) == lines(whole) + 1 && lines(twice) == lines(once) && twice != once)
        }
    }

    @Test func tilesGoOnBeyondTheFirstWholeOne() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 0, counties: 0)
            let node = province["gs"]
            try node.store.write { writer in
                for number in 0..<600 { _ = try LogKeeper.append(Hash32(bytes: Array(repeating: UInt8(number % 251), count: 32)) ?? .zero, writer) }
            }
            let out = province.path("published")
            let published = try node.exportLog(to: out)
            #expect(published.size > 512)
            for name in ["tile/0/000", "tile/0/001", "tile/1/000.p/2", "tile/entries/000"] { #expect(FileManager.default.fileExists(atPath: "\(out)/\(name)"), "\(name)") }
            if let read = try PythonVerifier.run(["tiles", out, out + "/checkpoint"]) { #expect(read.status == 0, "\(read.out) \(read.err)") }
        }
    }

    @Test func aKeyThatStockToolsDontKnowLeavesTheTilesReadable() throws {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: 0, keys: KeyPlan(suite: .p256), counties: 0)
            let out = province.path("published")
            let published = try province["gs"].exportLog(to: out)
            #expect(published.verifierKey == nil)
            if let read = try PythonVerifier.run(["tiles", out, out + "/checkpoint"]) { #expect(read.status == 0 && read.out.contains("\"signed\": []"), "\(read.out)") }
        }
    }
}
