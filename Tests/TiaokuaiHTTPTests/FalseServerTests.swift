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
                // One request on each connection: the next server may get this one's port, and a kept connection would still be this one's.
                if let (path, body) = FalseServer.request(of: client), let bytes = try? reply(path, body) {
                    _ = client.send(Array("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: \(bytes.count)\r\n\r\n".utf8) + bytes)
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
        /// What is wrong with an answer, and what the client says of it.
        private enum Lie: CaseIterable {
            case none, anotherSigner, anotherChallenge, anotherClient, roleOfClient, anotherNetwork, anotherNonce
            /// What the city said to somebody in between, who shows the client no certificate or another.
            case anotherCertificate, deniedCertificate
            case stranger, clientItself

            var code: HTTPCarrierError.Code? {
                switch self {
                case .none: nil
                case .anotherCertificate: .wrongBinding
                case .stranger, .clientItself: .unknownNode
                default: .wrongSignature
                }
            }
        }

        private func answer(_ challenge: Challenge, _ lie: Lie, in scene: Scene) throws -> ChallengeAnswer {
            let node = lie == .clientItself ? scene["gt"] : scene["zy"]
            var greeting = Greeting(
                role: .server, network: challenge.network, client: challenge.node, server: try node.settings().node, clientNonce: challenge.nonce,
                serverNonce: Greeting.randomHash(), binding: nil, rootStatement: 0)
            switch lie {
            case .anotherChallenge: greeting.clientNonce = sha256([1])
            case .anotherClient: greeting.client = greeting.server
            case .roleOfClient: greeting.role = .client
            case .anotherNetwork: greeting.network = NetworkID(.zero)
            case .anotherCertificate, .deniedCertificate: greeting.binding = sha256([3])
            default: break
            }
            var answer = ChallengeAnswer(
                node: try node.settings().node, nonce: greeting.serverNonce, binding: greeting.binding,
                signature: try greeting.signature(by: lie == .anotherSigner ? scene["gs"] : node))
            switch lie {
            case .anotherNonce: answer.nonce = sha256([2])
            case .deniedCertificate: answer.binding = nil
            case .stranger: answer.node = NodeID(sha256([4]))
            default: break
            }
            return answer
        }

        @Test func aClientBelievesOnlyWhoSignedItsOwnChallengeOnItsOwnLine() async throws {
            try await withTemporaryFolder { folder in
                let scene = try Scene(in: folder)
                for lie in Lie.allCases {
                    let server = try FalseServer { try self.answer($0, lie, in: scene) }
                    let found = await code { _ = try await synchronise(node: scene["gt"], url: server.url) }
                    #expect(found == lie.code, "\(lie)")
                    #expect(server.believed == (lie == .none ? 1 : 0), "\(lie)")
                    server.stop()
                }
            }
        }
    }
}
