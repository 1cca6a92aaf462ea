import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode

extension WireTests {
    /// A city put back from a backup of a week ago, over the wire: nobody orders anything.
    @Suite struct RestoreWireTests {
        private func rounds(_ scene: Scene, _ count: Int) async throws {
            try await withServer(scene["gs"]) { province in
                try await withServer(scene["zy"]) { city in
                    for _ in 0..<count {
                        _ = try await synchronise(node: scene["gt"], url: city.url)
                        _ = try await synchronise(node: scene["zy"], url: province.url)
                    }
                }
            }
        }

        @Test func aRestoredCitysCountySendsAgainAndTheProvinceSeesTheNewEpoch() async throws {
            try await withTemporaryFolder { folder in
                var scene = try Scene(in: folder)
                var random = SplitMix64(seed: 41)
                try scene.report(1, random: &random)
                try await rounds(scene, 2)
                try scene["zy"].backUp(to: folder.path + "/backup")
                for number in 2...4 {
                    try scene.report(number, random: &random)
                    // The province hears of the first two only.
                    try await rounds(scene, number < 4 ? 1 : 0)
                }
                let before = scene
                try await withServer(scene["zy"]) { city in _ = try await synchronise(node: before["gt"], url: city.url) }
                #expect(try scene.changesets("zy") > scene.changesets("gs"))

                try scene.replace("zy", with: try Node.restore(from: folder.path + "/backup", to: folder.path + "/zy-new"))
                try await rounds(scene, 2)
                #expect(try scene.digest("gt") == scene.digest("zy") && scene.digest("zy") == scene.digest("gs"))
                for name in ["zy", "gs"] {
                    let leaves = try scene[name].store.read { reader in try (0..<reader.leafCount()).compactMap { try reader.leaf($0) } }
                    #expect(Set(leaves).count == leaves.count, "\(name)")
                    #expect(try scene[name].logFindings() == [], "\(name)")
                }
                for name in ["gs", "gt"] {
                    let seen = try scene[name].ask { try $0.logConcerns() }
                    #expect(seen.contains { $0.code == .restored } && seen.allSatisfy { !$0.isContradiction }, "\(name): \(seen.map(\.code))")
                    #expect(try seen.first { $0.code == .restored }?.node == scene.id("zy"))
                }
                #expect(try scene["gs"].ask { try $0.forks() }.isEmpty)
                // And then they come to rest.
                try await rounds(scene, 2)
                let whole = scene
                try await withServer(scene["zy"]) { city in
                    let report = try await synchronise(node: whole["gt"], url: city.url)
                    #expect(report.changedNothing && report.bytesSent + report.bytesReceived < 1_024)
                }
            }
        }
    }
}
