import Foundation
import Synchronization
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
@testable import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// Answers every challenge as a test likes, over plain HTTP, and opens a session for whoever goes on.
private final class FalseServer: Sendable {
    let port: Int
    private let listener: Socket
    private let answer: @Sendable (Challenge) throws -> ChallengeAnswer
    private let sessions = Mutex(0)

    init(_ answer: @escaping @Sendable (Challenge) throws -> ChallengeAnswer) throws {
        (listener, port) = try Socket.listening()
        self.answer = answer
        Thread.detachNewThread { [self] in
            while let client = listener.accepted() {
                while let (path, body) = FalseServer.request(of: client) {
                    guard let bytes = try? reply(path, body) else { break }
                    guard client.send(Array("HTTP/1.1 200 OK\r\ncontent-length: \(bytes.count)\r\n\r\n".utf8) + bytes) else { break }
                }
                client.close()
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    /// How many clients believed it.
    var believed: Int { sessions.withLock { $0 } }

    func stop() {
        listener.end()
        listener.close()
    }

    private func reply(_ path: String, _ body: [UInt8]) throws -> [UInt8] {
        if path == "/v1/challenge" { return try answer(try Challenge(decoding: body)).explicitForm }
        sessions.withLock { $0 += 1 }
        return SessionAnswer(rootStatement: 1, token: nil).explicitForm
    }

    private static func request(of client: Socket) -> (path: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let place = bytes.firstRange(of: end) {
                let head = String(decoding: bytes[..<place.lowerBound], as: UTF8.self).lowercased().split(separator: "\r\n")
                let length = head.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
                if bytes.count >= place.upperBound + length {
                    let path = head[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
                    return (path, Array(bytes[place.upperBound..<place.upperBound + length]))
                }
            }
            let more = client.receive()
            if more.isEmpty { return nil }
            bytes += more
        }
    }
}

extension WireTests {
    /// What a client asks of whoever answers it, before it says anything of itself.
    @Suite struct FalseServerTests {
        /// The city's answer, signed by it, changed before and after.
        private func answer(
            _ node: Node, _ challenge: Challenge, signedBy signer: Node? = nil, before: (inout Greeting) -> Void = { _ in }, after: (inout ChallengeAnswer) -> Void = { _ in }
        ) throws -> ChallengeAnswer {
            var greeting = Greeting(
                role: .server, network: challenge.network, client: challenge.node, server: try node.settings().node, clientNonce: challenge.nonce,
                serverNonce: Greeting.randomHash(), binding: nil, rootStatement: 0)
            before(&greeting)
            var answer = ChallengeAnswer(
                node: try node.settings().node, nonce: greeting.serverNonce, binding: greeting.binding, signature: try greeting.signature(by: signer ?? node))
            after(&answer)
            return answer
        }

        @Test func aClientBelievesOnlyWhoSignedItsOwnChallengeOnItsOwnLine() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                let (city, province, county) = (scene["zy"], scene["gs"], scene["gt"])
                typealias Answer = @Sendable (Challenge) throws -> ChallengeAnswer
                // Functions with names: the compiler took two closures that began alike for one.
                @Sendable func forAnotherCertificate(_ challenge: Challenge) throws -> ChallengeAnswer {
                    try answer(city, challenge, before: { $0.binding = sha256([3]) })
                }
                @Sendable func denyingAnother(_ challenge: Challenge) throws -> ChallengeAnswer {
                    var answer = try forAnotherCertificate(challenge)
                    answer.binding = nil
                    return answer
                }
                let cases: [(String, HTTPCarrierError.Code?, Answer)] = [
                    ("the city itself", nil, { try self.answer(city, $0) }),
                    ("another node's signature", .wrongSignature, { try self.answer(city, $0, signedBy: province) }),
                    ("an answer to another challenge", .wrongSignature, { try self.answer(city, $0, before: { $0.clientNonce = sha256([1]) }) }),
                    ("made for another client", .wrongSignature, { try self.answer(city, $0, before: { $0.client = $0.server }) }),
                    ("in the role of a client", .wrongSignature, { try self.answer(city, $0, before: { $0.role = .client }) }),
                    ("of another network", .wrongSignature, { try self.answer(city, $0, before: { $0.network = NetworkID(.zero) }) }),
                    ("under another nonce", .wrongSignature, { try self.answer(city, $0, after: { $0.nonce = sha256([2]) }) }),
                    // What the city said to somebody in between, who shows the client no certificate or another.
                    ("for another certificate", .wrongBinding, forAnotherCertificate),
                    ("and denies it", .wrongSignature, denyingAnother),
                    ("a stranger", .unknownNode, { try self.answer(city, $0, after: { $0.node = NodeID(sha256([4])) }) }),
                    ("the client itself", .unknownNode, { try self.answer(county, $0) }),
                ]
                for (name, expected, answer) in cases {
                    let server = try FalseServer(answer)
                    let found = await code { _ = try await synchronise(node: county, url: server.url) }
                    #expect(found == expected, "\(name)")
                    #expect(server.believed == (expected == nil ? 1 : 0), "\(name)")
                    server.stop()
                }
            }
        }
    }
}
