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
