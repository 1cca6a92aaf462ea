import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiTrust

@testable import TiaokuaiNode

/// Several key files are replaced together or not at all, wherever the power goes; whoever reads sees all old ones or all new ones.
@Suite struct KeyReplacementTests {
    private static let names = ["sealing-0123456789abcdef.key", "sealing.key", "signing.key"]
    private let old = Dictionary(uniqueKeysWithValues: names.map { ($0, Array("old \($0)".utf8)) })
    private let new = Dictionary(uniqueKeysWithValues: names.map { ($0, Array("new \($0)".utf8)) })

    private func withFolder(_ body: (NodeFolder) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let folder = NodeFolder(path: folder.path)
            for (name, bytes) in old { try DurableFile.write(bytes, to: folder.path + "/" + name, mode: 0o600) }
            try body(folder)
        }
    }

    @Test func untilItIsCommittedTheOldFilesStand() throws {
        for staged in 0...new.count {
            try withFolder { folder in
                try folder.stageKeyFiles(Dictionary(uniqueKeysWithValues: new.sorted { $0.key < $1.key }.prefix(staged).map { ($0.key, $0.value) }))
                #expect(try folder.keyFiles() == old, "\(staged) staged")
                // The next replacement sweeps up what the first one left.
                try folder.replaceKeyFiles(new)
                #expect(try folder.keyFiles() == new)
                #expect(!FileManager.default.fileExists(atPath: folder.stagedKeysPath))
            }
        }
    }

    @Test func onceItIsCommittedTheNewFilesStandHoweverManyWereMoved() throws {
        for moved in 0...new.count {
            try withFolder { folder in
                try folder.stageKeyFiles(new)
                try folder.commitStagedKeyFiles()
                for name in Self.names.prefix(moved) { #expect(rename(folder.committedKeysPath + "/" + name, folder.path + "/" + name) == 0) }
                #expect(try folder.keyFiles() == new, "\(moved) moved")
                #expect(try folder.keyFileNames() == Self.names)
                // Whoever next changes a key finishes it; a copy takes the new ones.
                try FileManager.default.createDirectory(atPath: folder.path + "/copy", withIntermediateDirectories: false)
                try folder.copyKeyFiles(to: NodeFolder(path: folder.path + "/copy"))
                #expect(try NodeFolder(path: folder.path + "/copy").keyFiles() == new)
                try folder.finishReplacing()
                #expect(!FileManager.default.fileExists(atPath: folder.committedKeysPath))
                for (name, bytes) in new { #expect(try DurableFile.read(folder.path + "/" + name, limit: 100) == bytes) }
            }
        }
    }

    @Test func aKeyThatIsWrittenAfterwardsIsTheOneThatIsRead() throws {
        try withFolder { folder in
            try folder.stageKeyFiles(new)
            try folder.commitStagedKeyFiles()
            let key = try KeyFile(SigningKey.generate())
            try folder.writeKeyFile(key, "signing.key")
            #expect(try folder.keyFile("signing.key") == key.bytes)
            #expect(try folder.keyFile("sealing.key") == new["sealing.key"])
        }
    }

    /// The same with a node: what is open stays usable, what is locked opens with its passphrase.
    @Test func aNodeWhoseLockingWasCutShortIsOpenOrLockedAndNothingBetween() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork(in: folder)
            let node = network["gs"]
            let locked = try node.folder.keyFiles().mapValues { try KeyFile(decoding: $0).locked(with: "a passphrase").bytes }
            try node.folder.stageKeyFiles(locked)
            #expect(try node.keyHolding().locked == [])
            _ = try Node(opening: network.path("gs"), surroundings: network.surroundings).checkpoint()
            try node.folder.commitStagedKeyFiles()
            #expect(try node.keyHolding().open == [])
            let again = try Node(opening: network.path("gs"), surroundings: network.surroundings)
            #expect(throws: TrustError(.keyFileSealed, "signing.key")) { try again.checkpoint() }
            var surroundings = network.surroundings
            surroundings.keyOpener = .knowing("a passphrase")
            let knowing = try Node(opening: network.path("gs"), surroundings: surroundings)
            try knowing.unlockKeys()
            #expect(try again.keyHolding().locked == [])
            _ = try again.checkpoint()
        }
    }
}
