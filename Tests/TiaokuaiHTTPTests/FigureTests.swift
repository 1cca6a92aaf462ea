import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

extension WireTests {
    /// What a meeting costs on the line: every byte that passes the socket, HTTP's own heads included. Docs/Bench.md has the figures.
    @Suite struct FigureTests {
        /// A county and a city that have told each other everything.
        private func settled(_ folder: URL) async throws -> Scene {
            let scene = try Scene(in: folder)
            var random = SplitMix64(seed: 31)
            try scene.report(1, random: &random)
            try await withServer(scene["gs"]) { province in
                try await withServer(scene["zy"]) { city in
                    for _ in 1...3 {
                        _ = try await synchronise(node: scene["gt"], url: city.url)
                        _ = try await synchronise(node: scene["zy"], url: province.url)
                    }
                }
            }
            return scene
        }

        /// What passes while the body runs, through a relay that counts.
        private func counted(_ server: LiveServer, _ body: @escaping (String) async throws -> Void) async throws -> CuttingRelay.Counts {
            let relay = try CuttingRelay(to: server.port)
            defer { relay.stop() }
            try await body(relay.url)
            return relay.counts
        }

        @Test func anIdleMeetingCostsLessThanAKibibyteBothWays() async throws {
            try await withTemporaryFolder { folder in
                let scene = try await settled(folder)
                try await withServer(scene["zy"]) { server in
                    let counts = try await counted(server) { url in
                        let report = try await synchronise(node: scene["gt"], url: url)
                        #expect(report.changedNothing && report.receipt != nil && !report.receiptIsNew)
                    }
                    print("figure: idle sync \(counts.up) bytes up, \(counts.down) down, \(counts.up + counts.down) in all")
                    #expect(counts.up + counts.down < 1_024)
                    #expect(counts.up + counts.down > 300, "nothing was counted")
                }
            }
        }

        @Test func oneChangedFieldCostsLessThanAKibibyteUp() async throws {
            try await withTemporaryFolder { folder in
                let scene = try await settled(folder)
                let key = RecordKey(.work("620724", nil), CellKind.table.name, ["indicator1", "2020-08"])
                try scene["gt"].write([Draft(key: key, unit: Scene.county, person: "clerk", fields: [.init(CellKind.value, 7)])])
                try scene["gt"].seal()
                let exporter = try Exporter(scene["gt"], to: try scene.id("zy"))
                let frame = try exporter.plan.map { try exporter.frame($0).bytes.count }
                #expect(frame.count == 1)
                try await withServer(scene["zy"]) { server in
                    // The request alone that carries it, heads and frame, between two counts.
                    let counts = try await counted(server) { url in
                        let session = try await WireSession(scene["gt"], url)
                        _ = try await session.push(try exporter.frame(exporter.plan[0]).bytes)
                        await session.end()
                    }
                    let greeting = try await counted(server) { url in
                        let session = try await WireSession(scene["gt"], url)
                        await session.end()
                    }
                    let up = counts.up - greeting.up
                    // And a whole meeting in which such a field goes up, statements about logs and receipts beside it.
                    try scene["gt"].write([Draft(key: key, unit: Scene.county, person: "clerk", fields: [.init(CellKind.value, 8)])])
                    let whole = try await counted(server) { url in
                        let report = try await synchronise(node: scene["gt"], url: url)
                        #expect(report.sent.accepted == 1 && report.receiptIsNew)
                    }
                    let receipt = try scene["zy"].receipt(to: try scene.id("gt")).count
                    print("figure: one changed field \(up) bytes up, frame \(frame[0]); whole meeting \(whole.up) up, \(whole.down) down; its receipt \(receipt)")
                    #expect(up < 1_024 && up > frame[0])
                    #expect(whole.up < 8_192 && whole.down < 8_192)
                }
            }
        }

        @Test func aHundredIdleMeetingsLeaveNothingBehind() async throws {
            try await withTemporaryFolder { folder in
                let scene = try await settled(folder)
                func held() throws -> [[Int]] {
                    try ["gt", "zy"].map { name in
                        try scene[name].store.read { reader in
                            try [reader.changesets().count, Int(reader.leafCount())]
                                + [FrameType.rootStatement, .checkpoint, .receipt, .consistency, .evidence, .ask].map { try reader.statements($0).count }
                        }
                    }
                }
                let before = try held()
                try await withServer(scene["zy"]) { city in
                    for _ in 1...100 {
                        let report = try await synchronise(node: scene["gt"], url: city.url)
                        #expect(report.changedNothing)
                    }
                }
                #expect(try held() == before)
            }
        }

        /// Statements about logs add up over the years; a meeting says only what the other hasn't heard.
        @Test func whatWasHeardIsNotSaidAgain() async throws {
            try await withTemporaryFolder { folder in
                let scene = try await settled(folder)
                let (city, county) = (scene["zy"], try scene.id("gt"))
                // What the county's newest changesets name of the city's log is proven in every closing.
                var random = SplitMix64(seed: 32)
                for number in 2...3 {
                    try scene.report(number, random: &random)
                    try await withServer(city) { _ = try await synchronise(node: scene["gt"], url: $0.url) }
                }
                func closing(heard: Hash32) throws -> Int {
                    try ClosingPage(city, to: county, sent: nil, refused: [], isNews: false, acknowledged: .zero, heard: heard).bytes.count
                }
                let all = try closing(heard: .zero)
                let told = try city.ask { try $0.toldDigest(to: county) }
                let rest = try closing(heard: told)
                #expect(try rest < all && city.ask { try $0.toldDigest(to: county) } != told)
                // And again behind that one; a peer that heard another page is told everything.
                #expect(try closing(heard: try city.ask { try $0.toldDigest(to: county) }) == rest)
                #expect(try closing(heard: told) == all)
            }
        }

        /// A closing page that did not arrive is told again: quiet is only what both sides say.
        @Test func whatWasToldAndNotHeardIsToldAgain() async throws {
            try await withTemporaryFolder { folder in
                let scene = try await settled(folder)
                try await withServer(scene["zy"]) { server in
                    // The city believes that it told something else than what the county heard.
                    try scene["zy"].noteTold(to: try scene.id("gt"), page: .zero, [])
                    let first = try await counted(server) { _ = try await synchronise(node: scene["gt"], url: $0) }
                    #expect(first.up > 1_024)
                    let second = try await counted(server) { _ = try await synchronise(node: scene["gt"], url: $0) }
                    #expect(second.up + second.down < 1_024)
                }
            }
        }

        @Test func afterAnIdleMeetingNewsGoesUpAtOnce() async throws {
            try await withTemporaryFolder { folder in
                let scene = try await settled(folder)
                try await withServer(scene["zy"]) { server in
                    var random = SplitMix64(seed: 32)
                    _ = try await synchronise(node: scene["gt"], url: server.url)
                    try scene.report(2, random: &random)
                    let up = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(up.sent.accepted == 1)
                    // What only the server has comes down as well.
                    try scene.determine(2, random: &random)
                    try await withServer(scene["gs"]) { _ = try await synchronise(node: scene["zy"], url: $0.url) }
                    let down = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(down.received.accepted == 1)
                }
            }
        }
    }
}
