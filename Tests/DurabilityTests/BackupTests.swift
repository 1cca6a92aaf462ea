import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync

@testable import TiaokuaiNode

/// Backup and restore, cut and disturbed on either side.
@Suite struct BackupTests {
    private static func path(_ folder: URL, _ name: String) -> String { folder.appendingPathComponent(name).path }

    /// What lies under the backup's name can be restored, whatever happened while it was made.
    @Test(arguments: ["node", "backup"])
    func aBackupIsWholeOrNone(disturbed: String) throws {
        let network = try Network.shared.get()
        let played = try playFaults(
            FaultSample(perFault: 3, seed: 2), watched: { URL(fileURLWithPath: Self.path($0, disturbed)) }, journal: { false },
            prepare: { folder in
                try Stage.copy(network.snapshot("gt-second"), to: Self.path(folder, "node"))
                try Stage.with(Self.path(folder, "node")) { _ = try $0.write([Drafts.figure("14.3")]) }
                try FileManager.default.createDirectory(atPath: Self.path(folder, "backup"), withIntermediateDirectories: true)
            },
            act: { folder, fault, isMade in
                let backup = NodeFolder(path: Self.path(folder, "backup"))
                try Stage.patiently(fault, unless: { backup.exists }) {
                    try Stage.with(Self.path(folder, "node")) { node in try Stage.make(backup, fault) { try node.fill(backup) } }
                }
                isMade = true
            },
            check: { folder, isMade, point in
                let (backup, restored) = (Self.path(folder, "backup"), Self.path(folder, "restored"))
                try Stage.with(Self.path(folder, "node")) { node in
                    #expect(try node.store.integrityFindings() == [], "\(point)")
                    if !NodeFolder(path: backup).exists {
                        #expect(!isMade, "\(point)")
                        try node.backUp(to: backup)
                    }
                }
                try Node.restore(from: backup, to: restored, surroundings: Stage.surroundings(salt: 2)).store.close()
                try Self.expectWhole(restored, figure: "14.3", point)
            })
        expectEveryFault("backup, \(disturbed) disturbed", played)
    }

    @Test func aRestoredFolderIsAWholeNodeOrNone() throws {
        let network = try Network.shared.get()
        let played = try playFaults(
            FaultSample(perFault: 5, seed: 3), watched: { URL(fileURLWithPath: Self.path($0, "restored")) }, journal: { false },
            prepare: { folder in
                try Stage.copy(network.snapshot("gt-backup"), to: Self.path(folder, "backup"))
                try FileManager.default.createDirectory(atPath: Self.path(folder, "restored"), withIntermediateDirectories: true)
            },
            act: { folder, fault, isMade in
                let restored = NodeFolder(path: Self.path(folder, "restored"))
                let backup = NodeFolder(path: Self.path(folder, "backup"))
                try Stage.patiently(fault, unless: { restored.exists }) {
                    try Stage.make(restored, fault) { try Node.fill(restored, from: backup, Stage.surroundings(salt: 2)) }
                }
                isMade = true
            },
            check: { folder, isMade, point in
                if !NodeFolder(path: Self.path(folder, "restored")).exists {
                    #expect(!isMade, "\(point)")
                    try Self.restore(folder)
                }
                try Self.expectWhole(Self.path(folder, "restored"), figure: "14.2", point)
            })
        expectEveryFault("restore", played)
    }

    private static func restore(_ folder: URL) throws {
        try Node.restore(from: path(folder, "backup"), to: path(folder, "restored"), surroundings: Stage.surroundings(salt: 2)).store.close()
    }

    /// In a new epoch, able to sign, and sound; with the county's last figure.
    private static func expectWhole(_ path: String, figure: String, _ point: FaultPoint) throws {
        try Stage.with(path) { node in
            #expect(try node.settings().epoch == Stage.surroundings(salt: 2).newEpoch(), "\(point)")
            let rows = try node.ask { view in try view.reader.standing(try #require(try view.recordRef(Drafts.grainKey))) }
            #expect(rows.contains { $0.fields == PackedFields.encode(Drafts.figure(figure).fields) }, "\(point)")
            try node.write([Drafts.figure("16")])
            try node.seal()
            #expect(try node.store.integrityFindings() == [], "\(point)")
        }
        let node = try Node(opening: path)
        defer { try? node.store.close() }
        #expect(try node.replayFindings() == [], "\(point)")
        #expect(try node.logFindings() == [], "\(point)")
    }
}
