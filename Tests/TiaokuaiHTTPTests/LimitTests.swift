import Foundation
import TestKit
import Testing
import TiaokuaiFormat
@testable import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

extension WireTests {
    @Suite struct LimitTests {
        /// A POST as it goes over the wire, its body left to the test.
        private func head(_ path: String, token: Hash32?, _ fields: [String]) -> [UInt8] {
            var lines = ["POST \(path) HTTP/1.1", "host: 127.0.0.1"]
            if let token { lines.append("authorization: Bearer \(token.hex)") }
            return Array(((lines + fields).joined(separator: "\r\n") + "\r\n\r\n").utf8)
        }

        private func status(_ answer: [UInt8]) -> String { String(decoding: answer.prefix(12).suffix(3), as: UTF8.self) }

        @Test func aTamperedFrameCostsOnlyItselfAndIsNamed() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 1)
                for number in 0..<4 { try scene.report(number, remark: 200, random: &random) }
                try await withServer(scene["zy"]) { server in
                    let exporter = try Exporter(scene["gt"], to: try scene.id("zy"))
                    var frames = try exporter.plan.map { try exporter.frame($0).bytes }
                    #expect(frames.count == 4)
                    frames[1][frames[1].count / 2] ^= 0x10
                    let session = try await WireSession(scene["gt"], server.url)
                    let outcome = try await session.push(frames.flatMap { $0 })
                    await session.end()
                    // The first is taken; what follows the damaged one waits for it.
                    #expect(outcome.accepted == 1 && outcome.damaged == 1 && outcome.waiting == 2)
                    let report = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(report.sent.damaged == 0 && report.sent.waiting == 0)
                }
                #expect(try scene.digest("gt") == scene.digest("zy"))
            }
        }

        @Test func aPageBeyondTheLimitIsRefusedUnlessItIsOneFrame() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await withServer(scene["zy"]) { server in
                    let session = try await WireSession(scene["gt"], server.url)
                    let megabyte = Frame(.heads, [UInt8](repeating: 1, count: 1 << 20)).bytes
                    let four = try await session.push((0..<3).flatMap { _ in megabyte })
                    #expect(four.refused == 3)
                    #expect(await code { _ = try await session.push((0..<5).flatMap { _ in megabyte }) } == .pageTooLarge)
                    let large = Frame(.heads, [UInt8](repeating: 1, count: 6 << 20)).bytes
                    let one = try await session.push(large)
                    #expect(one.refused == 1)
                    #expect(await code { _ = try await session.push(large + megabyte) } == .pageTooLarge)
                    #expect(await code { _ = try await session.push(Array("no frame at all, but long enough".utf8)) } == .pageMalformed)
                    #expect(await code { _ = try await session.push([]) } == .pageMalformed)
                    #expect(await code { _ = try await session.push(Array(Frame.marker.prefix(4))) } == .pageMalformed)
                    await session.end()
                }
            }
        }

        @Test(arguments: [true, false])
        func aBodyOfAGibibyteIsRefusedInLittleMemory(isAnnounced: Bool) async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await withServer(scene["zy"]) { server in
                    let session = try await WireSession(scene["gt"], server.url)
                    let token = try #require(session.client.token.withLock { $0 })
                    let before = residentBytes()
                    let total = 1 << 30
                    let head = head("/v1/push", token: token, [isAnnounced ? "content-length: \(total)" : "transfer-encoding: chunked"])
                    let (sent, answer, peak) = try await onThread {
                        let socket = try Socket.connected(to: server.port)
                        defer { socket.close() }
                        _ = socket.send(head)
                        // Begins like a frame as large as a frame can be, and never ends it.
                        let beginning = Frame.marker + [2, 0x5a, 0x01, 0x00, 0x00, 0x00]
                        let junk = [UInt8](repeating: 0x5a, count: 1 << 20)
                        var sent = 0
                        var peak = residentBytes()
                        while sent < total {
                            let piece = sent == 0 ? beginning + junk.dropFirst(beginning.count) : junk
                            let chunk = isAnnounced ? piece : Array("100000\r\n".utf8) + piece + Array("\r\n".utf8)
                            guard socket.send(chunk) else { break }
                            sent += piece.count
                            peak = max(peak, residentBytes())
                        }
                        return (sent, socket.receive(), peak)
                    }
                    await session.end()
                    print("junk: \(sent >> 20) MiB sent, resident \(before >> 20) MiB before, \(peak >> 20) MiB at most")
                    // The connection may be gone before the answer is read; if it is read, it says why.
                    #expect(answer.isEmpty || status(answer) == "413")
                    #expect(peak - before < 100 << 20)
                    let still = try await synchronise(node: scene["gt"], url: server.url)
                    #expect(still.sent.refused == 0)
                }
            }
        }

        @Test func aBodyThatNeverEndsAndAHeaderThatNeverEndsAreCutOff() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var limits = HTTPLimits()
                limits.idleSeconds = 1
                limits.requestSeconds = 1
                limits.refusalSeconds = 1
                try await withServer(scene["zy"], limits: limits) { server in
                    let session = try await WireSession(scene["gt"], server.url)
                    let token = try #require(session.client.token.withLock { $0 })
                    let stalling = head("/v1/push", token: token, ["content-length: 1000"]) + Frame.marker
                    let halfHead = Array("POST /v1/push HTTP/1.1\r\nhost: 127".utf8)
                    for beginning in [stalling, halfHead, []] {
                        let answer = try await onThread {
                            let socket = try Socket.connected(to: server.port)
                            defer { socket.close() }
                            _ = socket.send(beginning)
                            var answer: [UInt8] = []
                            while case let more = socket.receive(), !more.isEmpty { answer += more }
                            return answer
                        }
                        #expect(beginning == stalling ? answer.isEmpty || status(answer) == "408" : answer.isEmpty)
                    }
                    await session.end()
                }
            }
        }

        @Test func tooManyRequestsAndSessionsAreRefused() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var once = HTTPLimits()
                once.attempts = 1
                let patient = SyncConfiguration()
                let hasty = SyncConfiguration(limits: once)
                var limits = HTTPLimits()
                limits.requestsInBurst = 2
                limits.requestsPerSecond = 1
                limits.sessions = 1
                try await withServer(scene["zy"], limits: limits) { server in
                    #expect(await code { _ = try await synchronise(node: scene["gt"], url: server.url, configuration: hasty) } == .tooManyRequests)
                    // A client that comes again gets through.
                    let report = try await synchronise(node: scene["gt"], url: server.url, configuration: patient)
                    #expect(report.sent.refused == 0)
                }
                limits.requestsInBurst = 200
                try await withServer(scene["zy"], limits: limits) { server in
                    let session = try await WireSession(scene["gs"], server.url)
                    // A node with nothing to tell needs no session; one that wants it all the same is told.
                    #expect(await code { _ = try await WireSession(scene["gt"], server.url, configuration: hasty) } == .tooManySessions)
                    // The node that has it may begin again: its own makes room.
                    let again = try await synchronise(node: scene["gs"], url: server.url, configuration: hasty)
                    #expect(again.sent.refused == 0)
                    await session.end()
                }
            }
        }

        @Test func healthSaysTheVersionAndNothingElse() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                try await withServer(scene["zy"]) { server in
                    let answer = try await onThread {
                        let socket = try Socket.connected(to: server.port)
                        defer { socket.close() }
                        _ = socket.send(Array("GET /v1/health HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".utf8))
                        var answer: [UInt8] = []
                        while case let more = socket.receive(), !more.isEmpty { answer += more }
                        return String(decoding: answer, as: UTF8.self)
                    }
                    #expect(answer.hasPrefix("HTTP/1.1 200"))
                    #expect(answer.hasSuffix("{\"service\":\"tiaokuai\",\"version\":\"1.2.3\",\"protocol\":1}\n"))
                }
            }
        }

        @Test func aStoppingServerFinishesTheRequestUnderWayAndTakesNoNewOne() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                var random = SplitMix64(seed: 1)
                try scene.report(1, remark: 400, random: &random)
                let url = try await withServer(scene["zy"]) { server in
                    let session = try await WireSession(scene["gt"], server.url)
                    let token = try #require(session.client.token.withLock { $0 })
                    let exporter = try Exporter(scene["gt"], to: try scene.id("zy"))
                    let page = try exporter.plan.flatMap { try exporter.frame($0).bytes }
                    let head = head("/v1/push", token: token, ["content-length: \(page.count)"])
                    let socket = try Socket.connected(to: server.port)
                    // Two requests in one packet: when the first is answered, the second has begun.
                    let first = Array("GET /v1/health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".utf8)
                    let health = try await onThread {
                        _ = socket.send(first + head + page.prefix(100))
                        return socket.receive()
                    }
                    #expect(status(health) == "200")
                    await session.end()
                    await server.stop()
                    let answer = try await onThread {
                        _ = socket.send(page.dropFirst(100))
                        defer { socket.close() }
                        return socket.receive()
                    }
                    #expect(status(answer) == "200")
                    return server.url
                }
                #expect(try scene.digest("gt") == scene.digest("zy"))
                #expect(await code { _ = try await synchronise(node: scene["gt"], url: url) } == .unreachable)
            }
        }

        @Test func aLargeSynchronisationStaysWithinAFewPagesOfMemory() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let count = 3 * Limits.operationsPerChangeset
                var random = SplitMix64(seed: 9)
                try scene.reportMany(count, remark: 400, random: &random)
                try await withServer(scene["zy"]) { server in
                    let before = residentBytes()
                    let peak = Peak(before)
                    let clock = ContinuousClock()
                    let start = clock.now
                    let report = try await synchronise(node: scene["gt"], url: server.url) { _ in peak.look() }
                    print(
                        "large: \(count) operations, \(report.bytesSent >> 10) KiB in \(clock.now - start); resident \(before >> 20) MiB before, \(peak.bytes >> 20) MiB at most"
                    )
                    #expect(report.sent.accepted == 3 && report.sent.refused == 0)
                    #expect(report.bytesSent > 2 << 20)
                    #expect(peak.bytes - before < 100 << 20)
                }
                #expect(try scene.digest("gt") == scene.digest("zy"))
            }
        }
    }
}
