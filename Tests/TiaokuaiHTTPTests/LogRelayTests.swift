import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

extension WireTests {
    /// Checkpoints, proofs, asks and receipts for others go with the closing page, as they do at the end of a bundle.
    @Suite struct LogRelayTests {
        private func rounds(_ scene: Scene, _ count: Int) async throws {
            try await withServer(scene["gs"]) { province in
                try await withServer(scene["zy"]) { city in
                    for round in 0..<count {
                        var random = SplitMix64(seed: UInt64(21 + round))
                        try scene.report(round, random: &random)
                        _ = try await synchronise(node: scene["gt"], url: city.url)
                        _ = try await synchronise(node: scene["zy"], url: province.url)
                        _ = try await synchronise(node: scene["gt"], url: city.url)
                    }
                }
            }
        }

        @Test func proofsAndTheProvincesReceiptTravelOnTheWire() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await rounds(scene, 4)
                for name in ["gt", "zy", "gs"] { #expect(try scene[name].ask { try $0.logConcerns(thorough: true) } == [], "\(name)") }
                let county = try scene.id("gt")
                #expect(try scene["gs"].store.read { try $0.statements(.checkpoint, node: county) }.count > 1)
                let future = Day(number: scene["gt"].surroundings.now().day.number + 100)
                #expect(try scene["gt"].ask { try $0.overdueReceipts(on: future) }.isEmpty)
            }
        }

        @Test func theCountysCheckpointNamesWhatTheCityKeptBack() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await rounds(scene, 1)
                // The county goes on; the city hands over the checkpoint and keeps the changeset back.
                var random = SplitMix64(seed: 22)
                try scene.report(7, random: &random)
                try await withServer(scene["zy"]) { _ = try await synchronise(node: scene["gt"], url: $0.url) }
                let county = try scene.id("gt")
                let newest = try #require(try scene["zy"].store.read { try $0.statements(.checkpoint, node: county) }.last)
                try await withServer(scene["gs"]) { province in
                    let session = try await WireSession(scene["zy"], province.url)
                    _ = try await session.push(Frame(.checkpoint, newest.envelope).bytes)
                    await session.end()
                    let found = try scene["gs"].ask { try $0.logConcerns() }.filter { $0.code == .withheld }
                    #expect(found.map(\.node) == [county] && found.first?.partition == .work("620724", nil))
                    _ = try await synchronise(node: scene["zy"], url: province.url)
                    #expect(try scene["gs"].ask { try $0.logConcerns() } == [])
                }
            }
        }
    }
}
