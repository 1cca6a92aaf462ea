import Foundation
import TestKit
import TestMedia
import Testing
import TiaokuaiTrust

@testable import TiaokuaiNode

/// The power goes while a key is replaced.
@Suite struct CutRotationTests {
    /// What the old key signed beyond what the granter held has effect again only once it is carried again.
    @Test func anAdoptionThatWasCutBeforeTheOldWorkWasCarriedAgainIsGoneOnWith() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            let request = try Node.readRequest(try network["gt"].requestRotation())
            _ = try network["zy"].grant(request, by: TestNetwork.city, person: "clerk", heads: try network.heads(at: "zy", of: request.subject))
            try network["gt"].write([TestNetwork.draft("14.9")])
            try network["gt"].seal()
            try network.carry("zy", to: "gt")
            // As if the power had gone between the two halves of the adoption.
            try network["gt"].adoptCredential()
            let again = try Node(opening: network.path("gt"), surroundings: network.surroundings)
            #expect(try again.lostWork().count == 1)
            #expect(try again.adoptRotation().count == 1)
            #expect(try again.lostWork() == [])
            #expect(try again.adoptRotation() == [])
            #expect(try network.value(again) == TestNetwork.days("14.9"))
            #expect { try network["zy"].adoptRotation() } throws: { ($0 as? NodeError)?.code == .noRotation }
        }
    }

    /// A grant names both keys that were asked for together; with one of an earlier and one of a later request the node could not open
    /// what is sealed to it.
    @Test(arguments: PulledStick.Survival.allCases) func askingAgainIsCutAndTheKeysOfOneRequestWait(survival: PulledStick.Survival) throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let network = try TestNetwork.reported(in: folder)
            let path = network.path("gt")
            func waiting() throws -> [Data] {
                let node = NodeFolder(path: path)
                return try ["sealing-next.key", "signing-next.key"].map { Data(try #require(try node.keyFile($0))) }
            }
            var cuts = 0
            for call in 1...40 {
                _ = try network["gt"].requestRotation()
                let earlier = try waiting()
                let attic = folder.appendingPathComponent("attic-\(call)")
                try FileManager.default.createDirectory(at: attic, withIntermediateDirectories: true)
                let disk = CutDisk(attic: attic.path, cutAt: call, survival)
                var surroundings = network.surroundings
                surroundings.medium = MediumCalls(disk)
                let isAnswered = (try? Node(opening: path, surroundings: surroundings).requestRotation()) != nil
                let found = try waiting()
                let news = zip(found, earlier).count { $0 != $1 }
                #expect([0, 2].contains(news), "call \(call)")
                #expect(!isAnswered || news == 2, "call \(call)")
                guard disk.isCut else { break }
                cuts += 1
            }
            #expect(cuts >= 12 && cuts < 40)
        }
    }
}
