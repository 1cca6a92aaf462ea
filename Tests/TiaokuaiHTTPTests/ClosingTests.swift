import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
@testable import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust

extension WireTests {
    /// Closing pages that are lost on the line: what they held, receipts among it, is told again.
    @Suite struct ClosingTests {
        private func frames(_ bytes: [UInt8]) -> [Frame] {
            var parser = FrameParser()
            parser.feed(bytes)
            parser.finish()
            var out: [Frame] = []
            while case .frame(let frame, _)? = parser.next() { out.append(frame) }
            return out
        }

        private func receipts(_ frames: [Frame]) throws -> [Receipt] {
            try frames.filter { $0.type == .receipt }.map { try Receipt(UnverifiedStatement($0.payload, .receipt).claimed) }
        }

        /// How many of the county's changesets the city has not vouched for, by the receipts that the county holds.
        private func unacknowledged(_ scene: Scene) throws -> Int { try Exporter(scene["gt"], to: try scene.id("zy")).plan.count }

        @Test func aServersReceiptThatWasLostIsToldAtTheNextMeeting() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let city = try scene.id("zy")
                try await withServer(scene["zy"]) { server in
                    var random = SplitMix64(seed: 41)
                    for _ in 1...2 { _ = try await synchronise(node: scene["gt"], url: server.url) }
                    try scene.report(1, random: &random)
                    let exporter = try Exporter(scene["gt"], to: city)
                    // A meeting whose last answer never comes.
                    let session = try await WireSession(scene["gt"], server.url)
                    let theirs = try await session.steps.exchangeHeads(session.peer)
                    #expect(try await session.push(try exporter.frame(exporter.plan[0]).bytes).accepted == 1)
                    let mine = try ClosingPage(scene["gt"], to: city, sent: nil, refused: [], isNews: false, acknowledged: theirs.acknowledged, heard: theirs.heard)
                    let lost = try await session.client.post("/v1/close", mine.bytes, as: MediaTypes.frames, limit: HTTPLimits.closingBytes)
                    await session.end()
                    #expect(try receipts(frames(lost)).map(\.node) == [city])
                    #expect(try unacknowledged(scene) == 1)

                    let again = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(again.receiptIsNew && again.sent.accepted == 0)
                    #expect(try unacknowledged(scene) == 0)
                    let idle = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(!idle.receiptIsNew && idle.changedNothing)
                }
            }
        }

        @Test func aClientsReceiptThatWasLostIsToldAtTheNextMeeting() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let county = try scene.id("gt")
                try await withServer(scene["zy"]) { server in
                    var random = SplitMix64(seed: 42)
                    for _ in 1...2 { _ = try await synchronise(node: scene["gt"], url: server.url) }
                    try scene.define(1, random: &random)
                    try await withServer(scene["gs"]) { _ = try await synchronise(node: scene["zy"], url: $0.url) }
                    // The county takes it, makes its closing page, and the line breaks.
                    let session = try await WireSession(scene["gt"], server.url)
                    let theirs = try await session.steps.exchangeHeads(session.peer)
                    let known = HeadsMessage(
                        heads: Heads(try scene["gt"].ask { try $0.admittedHeads(with: session.peer.node) }), acknowledged: theirs.acknowledged, heard: theirs.heard)
                    #expect(try WireCount(decoding: try await session.client.post("/v1/plan", known.explicitForm), WireCount.plan).value == 1)
                    let page = try await session.client.post("/v1/pull", WireCount(0).explicitForm(WireCount.from), limit: HTTPLimits.bodyBytes)
                    for frame in frames(page) { _ = try scene["gt"].receive(ChangesetItem(frame.payload)) }
                    let mine = try ClosingPage(
                        scene["gt"], to: session.peer.node, sent: nil, refused: [], isNews: true, acknowledged: theirs.acknowledged, heard: theirs.heard)
                    #expect(mine.hasReceipt)
                    await session.end()
                    #expect(try Exporter(scene["zy"], to: county).plan.count == 1)

                    _ = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(try Exporter(scene["zy"], to: county).plan.isEmpty)
                    #expect(try await synchronise(node: scene["gt"], url: server.url).changedNothing)
                }
            }
        }

        /// The province's receipt for the county is on its way through the city.
        @Test func aReceiptOnItsWayIsSaidUntilItIsHeardAndNoLonger() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let (province, county) = (try scene.id("gs"), try scene.id("gt"))
                var random = SplitMix64(seed: 43)
                try scene.report(1, random: &random)
                try await withServer(scene["gs"]) { above in
                    try await withServer(scene["zy"]) { city in
                        _ = try await synchronise(node: scene["gt"], url: city.url)
                        for _ in 1...2 { _ = try await synchronise(node: scene["zy"], url: above.url) }
                    }
                }
                func passing(heard: Hash32) throws -> Int {
                    let page = try ClosingPage(scene["zy"], to: county, sent: nil, refused: [], isNews: false, acknowledged: .zero, heard: heard)
                    return try receipts(frames(page.bytes)).filter { $0.node == province && $0.to == county }.count
                }
                func told() throws -> Hash32 { try scene["zy"].ask { try $0.toldDigest(to: county) } }
                #expect(try passing(heard: .zero) == 1)
                // Whoever heard another page than the last is told it again, and whoever heard the last isn't.
                let last = try told()
                #expect(try passing(heard: sha256([1])) == 1)
                #expect(try passing(heard: last) == 1, "another page was told since")
                #expect(try passing(heard: try told()) == 0)
            }
        }
    }
}
