import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

// The wire is cut at a random byte, and what the next session carries is counted on the wire itself: no more than what had
// not come through, and one page.

extension WireTests {
    @Suite struct ResumeTests {
        static let page = 8 << 10
        static let rounds = 10
        static let perRound = 24

        static var configuration: SyncConfiguration {
            var limits = HTTPLimits()
            limits.pageBytes = page
            return SyncConfiguration(limits: limits)
        }

        static var limits: HTTPLimits {
            var limits = HTTPLimits()
            limits.pageBytes = page
            limits.requestsInBurst = 100_000
            return limits
        }

        /// Bytes that a session with no news moves each way, and what HTTP adds to a page.
        private func overhead(_ scene: Scene, _ port: Int) async throws -> (up: Int, down: Int) {
            let relay = try CuttingRelay(to: port)
            _ = try await synchronise(node: scene["gt"], url: relay.url, configuration: ResumeTests.configuration)
            relay.stop()
            return (relay.counts.up, relay.counts.down)
        }

        private func bytesToSend(from: String, to: String, _ scene: Scene) throws -> Int {
            let exporter = try Exporter(scene[from], to: try scene.id(to))
            #expect(exporter.plan.count == ResumeTests.perRound)
            return try exporter.plan.reduce(0) { try $0 + exporter.frame($1).bytes.count }
        }

        private func run(_ direction: CuttingRelay.Direction, seed: UInt64) async throws {
            print("resume \(direction): seed \(seed)")
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await withServer(scene["gs"], limits: ResumeTests.limits) { server in
                    var random = SplitMix64(seed: seed)
                    // The county calls the province itself; the province first learns of it through the city.
                    _ = try await synchronise(node: scene["zy"], url: server.url)
                    _ = try await synchronise(node: scene["gt"], url: server.url)
                    var cuts = 0
                    for round in 0..<ResumeTests.rounds {
                        let none = try await overhead(scene, server.port)
                        for number in 0..<ResumeTests.perRound {
                            let index = round * ResumeTests.perRound + number
                            switch direction {
                            case .up: try scene.report(index, remark: 2_400, random: &random)
                            case .down: try scene.determine(index, remark: 2_400, random: &random)
                            }
                        }
                        let frames = try direction == .up ? bytesToSend(from: "gt", to: "gs", scene) : bytesToSend(from: "gs", to: "gt", scene)
                        let quiet = direction == .up ? none.up : none.down
                        let pages = frames / ResumeTests.page + 2
                        // A session's own talk, the heads of its pages, and a receipt that is larger than none.
                        let talk = quiet + pages * 400 + 4_096
                        let whole = frames + quiet
                        let at = Int.random(in: 1..<whole, using: &random)

                        let cutting = try CuttingRelay(to: server.port, cut: (direction, at))
                        let cutCode = await code { _ = try await synchronise(node: scene["gt"], url: cutting.url, configuration: ResumeTests.configuration) }
                        cutting.stop()
                        let through = direction == .up ? cutting.counts.up : cutting.counts.down
                        #expect(cutCode == .connectionLost && cutting.counts.isCut && through == at)
                        cuts += 1

                        let counting = try CuttingRelay(to: server.port)
                        let report = try await synchronise(node: scene["gt"], url: counting.url, configuration: ResumeTests.configuration)
                        counting.stop()
                        let repeated = direction == .up ? counting.counts.up : counting.counts.down
                        let rest = frames - max(0, at - talk)
                        print("resume \(direction): \(frames) bytes of frames, cut at \(at), then \(repeated); bound \(rest + ResumeTests.page + talk)")
                        #expect(repeated <= rest + ResumeTests.page + talk)
                        // No changeset is sent that had been received, but for those of the page that was under way.
                        let accepted = direction == .up ? report.sent.accepted : report.received.accepted
                        let sent = direction == .up ? report.changesetsSent : report.changesetsReceived
                        #expect(accepted == sent)
                        #expect(try scene.digest("gt") == scene.digest("gs"))
                    }
                    #expect(cuts == ResumeTests.rounds)
                }
            }
        }

        @Test func aCutOnTheWayUpCostsNoMoreThanTheRestAndOnePage() async throws { try await run(.up, seed: 20) }
        @Test func aCutOnTheWayDownCostsNoMoreThanTheRestAndOnePage() async throws { try await run(.down, seed: 21) }
    }
}
