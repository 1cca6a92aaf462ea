import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

extension WireTests {
    @Suite struct RelayTests {
        @Test func aCountysWorkReachesTheProvinceThroughTheCityAndPolicyComesDown() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 1)
                for number in 0..<3 { try scene.report(number, remark: 64, random: &random) }
                for number in 0..<2 { try scene.define(number, random: &random) }

                let (up, down) = try await withServer(scene["gs"]) { province in
                    try await withServer(scene["zy"]) { city in
                        let up = try await synchronise(node: scene["gt"], url: city.url)
                        _ = try await synchronise(node: scene["zy"], url: province.url)
                        return (up, try await synchronise(node: scene["gt"], url: city.url))
                    }
                }
                #expect(up.peer == (try scene.id("zy")) && up.changesetsSent == 3 && up.sent.accepted == 3 && up.receiptIsNew)
                #expect(up.sent.refused == 0 && up.sent.waiting == 0)
                // The city had nothing new for the county the first time, and the province's policy the second.
                #expect(up.changesetsReceived == 0 && down.changesetsReceived == 2 && down.received.accepted == 2 && down.changesetsSent == 0)
                #expect(try scene.digest("gt") == scene.digest("zy") && scene.digest("zy") == scene.digest("gs"))
                #expect(try scene["gs"].logFindings().isEmpty)
            }
        }

        /// The city's frame of the county's only changeset, with one bit of the county's signature changed.
        private func forged(_ scene: Scene) throws -> Frame {
            let county = try scene.id("gt")
            let exporter = try Exporter(scene["zy"], to: try scene.id("gs"))
            let planned = try #require(exporter.plan.first { $0.feed.node == county })
            let item = try ChangesetItem(try exporter.frame(planned).payload)
            var envelope = item.envelope
            envelope[envelope.count - 1] ^= 1
            return Frame(.changeset, ChangesetItem(envelope: envelope, compressedBody: item.compressedBody).bytes)
        }

        @Test func theCountysOwnSignatureIsWhatTheProvinceChecks() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 2)
                // The province knows the county's credential before the county's work comes.
                try await withServer(scene["gs"]) { _ = try await synchronise(node: scene["zy"], url: $0.url) }
                try scene.report(1, random: &random)
                try await withServer(scene["zy"]) { _ = try await synchronise(node: scene["gt"], url: $0.url) }
                let frame = try forged(scene)
                let before = try scene.changesets("gs")
                try await withServer(scene["gs"]) { province in
                    let session = try await WireSession(scene["zy"], province.url)
                    let outcome = try await session.push(frame.bytes)
                    await session.end()
                    #expect(outcome.refused == 1 && outcome.accepted == 0)
                    #expect(outcome.notes.first?.code == "wrongSignature")
                    #expect(try scene.changesets("gs") == before)
                    let report = try await synchronise(node: scene["zy"], url: province.url)
                    #expect(report.sent.refused == 0 && report.sent.accepted == 1)
                }
                #expect(try scene.digest("gt") == scene.digest("gs"))
            }
        }

        @Test func aSpoiltCopyThatCameFirstAndWaitedDoesNotKeepOutTheWholeOne() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 2)
                try scene.report(1, random: &random)
                try await withServer(scene["zy"]) { _ = try await synchronise(node: scene["gt"], url: $0.url) }
                let frame = try forged(scene)
                try await withServer(scene["gs"]) { province in
                    // The province does not know the county yet: it can't tell, and holds the copy for the credential.
                    let session = try await WireSession(scene["zy"], province.url)
                    let outcome = try await session.push(frame.bytes)
                    await session.end()
                    #expect(outcome.waiting == 1 && outcome.notes.first?.code == "credential")
                    // The credential comes and the copy is refused; the whole one comes and is taken as it is.
                    let report = try await synchronise(node: scene["zy"], url: province.url)
                    #expect(report.sent.refused == 1 && report.sent.waiting == 0)
                }
                #expect(try scene.digest("gt") == scene.digest("gs"))
                let county = try scene.id("gt")
                let exporter = try Exporter(scene["gs"], to: try scene.id("zy"), known: Heads([]))
                let planned = try #require(exporter.plan.first { $0.feed.node == county })
                #expect(try exporter.frame(planned) != frame)
            }
        }

        @Test func aSecondSynchronisationSendsNothingAndLeavesNothing() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 3)
                for number in 0..<4 { try scene.report(number, remark: 400, random: &random) }
                try await withServer(scene["zy"]) { city in
                    let first = try await synchronise(node: scene["gt"], url: city.url)
                    #expect(!first.changedNothing)
                    let held = try [scene.changesets("gt"), scene.changesets("zy"), scene.statements("gt"), scene.statements("zy")]
                    for _ in 0..<3 {
                        let again = try await synchronise(node: scene["gt"], url: city.url)
                        #expect(again.changedNothing && again.changesetsSent == 0 && again.changesetsReceived == 0 && !again.receiptIsNew)
                        #expect(again.receipt == first.receipt && again.receipt != nil)
                        #expect(again.bytesSent < 4_096 && again.bytesReceived < 4_096)
                    }
                    #expect(try [scene.changesets("gt"), scene.changesets("zy"), scene.statements("gt"), scene.statements("zy")] == held)
                }
            }
        }

        @Test func aNodeThatIsAheadIsNotSentWhatItHas() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 4)
                for number in 0..<3 { try scene.define(number, random: &random) }
                try await withServer(scene["gs"]) { province in
                    _ = try await synchronise(node: scene["zy"], url: province.url)
                    var more = SplitMix64(seed: 40)
                    for number in 3..<6 { try scene.define(number, random: &more) }
                    // The province's feed is ahead of the city's copy: the city does not know its head, and must not send it back.
                    let report = try await synchronise(node: scene["zy"], url: province.url)
                    #expect(report.changesetsSent == 0 && report.changesetsReceived == 3 && report.received.duplicates == 0)
                }
            }
        }

        @Test func twoClientsAtOnceBothArrive() async throws {
            try await withTemporaryFolder { folder in
                var made = try Scene(in: folder)
                try made.enrol("lz", "620721", [.init("620721.gov", "620721", isGovernment: true)], by: "zy", as: Scene.city)
                let scene = made
                var random = SplitMix64(seed: 5)
                for number in 0..<8 {
                    try scene.report(number, remark: 200, random: &random)
                    try scene["lz"].write([
                        Draft(
                            key: RecordKey(.work("620721", nil), CellKind.table.name, [.text("indicator\(number)"), "2020-08"]), unit: "620721.gov",
                            person: "clerk",
                            fields: [.init(CellKind.value, 7)])
                    ])
                    try scene["lz"].seal()
                }
                var limits = HTTPLimits()
                limits.pageBytes = 1_024
                let small = SyncConfiguration(limits: limits)
                try await withServer(scene["zy"], limits: limits) { city in
                    async let first = synchronise(node: scene["gt"], url: city.url, configuration: small)
                    async let second = synchronise(node: scene["lz"], url: city.url, configuration: small)
                    let reports = try await [first, second]
                    #expect(reports.map(\.sent.accepted) == [8, 8] && reports.allSatisfy { $0.sent.refused == 0 && $0.receiptIsNew })
                    // While it serves, every command works on the same folder: here a second opening of it writes.
                    let other = try Node(opening: scene["zy"].folder.path)
                    _ = try other.checkpoint()
                }
                #expect(try scene.digest("gt") == scene.digest("zy"))
            }
        }

        @Test func progressRisesToItsTotal() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 6)
                for number in 0..<5 { try scene.report(number, remark: 600, random: &random) }
                var limits = HTTPLimits()
                limits.pageBytes = 1_500
                let configuration = SyncConfiguration(limits: limits)
                let (steps, put) = AsyncStream<SyncProgress>.makeStream()
                try await withServer(scene["zy"]) { city in
                    _ = try await synchronise(node: scene["gt"], url: city.url, configuration: configuration) { put.yield($0) }
                }
                put.finish()
                var sending: [Int] = []
                for await step in steps where step.phase == .sending {
                    #expect(step.total == 5)
                    sending.append(step.done)
                }
                #expect(sending.first == 0 && sending.last == 5 && sending == sending.sorted() && sending.count >= 4)
            }
        }
    }
}
