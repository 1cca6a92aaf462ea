import AsyncHTTPClient
import NIOCore
import NIOSSL
import Synchronization
import TiaokuaiModel

/// Posts bodies to one server and reads its answers; counts the bytes of both.
final class WireClient: Sendable {
    private let client: HTTPClient
    private let address: ServerAddress
    private let configuration: SyncConfiguration
    private let certificate: ServerCertificate
    private let counts = Mutex((sent: Int64(0), received: Int64(0)))
    /// Nil until greeted.
    let token = Mutex<Hash32?>(nil)

    init(_ address: ServerAddress, _ configuration: SyncConfiguration) {
        let pinned: Hash32? = if case .pinned(let digest) = configuration.verification { digest } else { nil }
        certificate = ServerCertificate(pinned: pinned)
        client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration.clientConfiguration(certificate, isSecure: address.isSecure))
        self.address = address
        self.configuration = configuration
    }

    /// What greetings are bound to; nil on plain HTTP.
    var binding: Hash32? { certificate.digest }
    var bytesSent: Int64 { counts.withLock { $0.sent } }
    var bytesReceived: Int64 { counts.withLock { $0.received } }

    func carry(_ token: Hash32) { self.token.withLock { $0 = token } }

    func shutdown() async { try? await client.shutdown() }

    /// Posts and reads the whole answer.
    func post(_ path: String, _ body: [UInt8], as type: String = MediaTypes.cbor, limit: Int = HTTPLimits.controlBytes) async throws -> [UInt8] {
        try await attempting {
            let response = try await self.send(path, body, type)
            return try await self.read(response, limit: limit)
        }
    }

    /// Posts and hands the answer over bit by bit.
    func post(_ path: String, _ body: [UInt8], limit: Int, pieces take: @escaping @Sendable ([UInt8]) async throws -> Void) async throws {
        try await attempting {
            let response = try await self.send(path, body, MediaTypes.cbor)
            var total = 0
            var piece: [UInt8] = []
            var body = response.body.makeAsyncIterator()
            while let buffer = try await self.onTheLine({ try await body.next() }) {
                total += buffer.readableBytes
                self.counts.withLock { $0.received += Int64(buffer.readableBytes) }
                guard total <= limit else { throw HTTPCarrierError(.pageTooLarge, ["limit": "\(limit)"]) }
                piece.append(contentsOf: buffer.readableBytesView)
                if piece.count >= BodyReader.pieceBytes {
                    try await take(piece)
                    piece.removeAll(keepingCapacity: true)
                }
            }
            if !piece.isEmpty { try await take(piece) }
        }
    }

    // MARK: One request

    private func send(_ path: String, _ body: [UInt8], _ type: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address.base + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: type)
        if let token = token.withLock({ $0 }) { request.headers.add(name: "authorization", value: "Bearer \(token.hex)") }
        request.body = .bytes(ByteBuffer(bytes: body))
        let prepared = request
        let response = try await onTheLine {
            try await client.execute(prepared, timeout: .seconds(Int64(configuration.limits.requestSeconds)), logger: configuration.logger)
        }
        counts.withLock { $0.sent += Int64(body.count) }
        guard response.status == .ok else {
            let answer = try await read(response, limit: HTTPLimits.controlBytes)
            throw HTTPCarrierError(answer: answer) ?? HTTPCarrierError(.unexpectedAnswer, ["status": "\(response.status.code)", "url": address.base + path])
        }
        return response
    }

    private func read(_ response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var body = response.body.makeAsyncIterator()
        while let buffer = try await onTheLine({ try await body.next() }) {
            counts.withLock { $0.received += Int64(buffer.readableBytes) }
            guard bytes.count + buffer.readableBytes <= limit else { throw HTTPCarrierError(.unexpectedAnswer, ["limit": "\(limit)", "url": address.base]) }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    /// Comes again while the server says that it is busy.
    private func attempting<Result>(_ body: () async throws -> Result) async throws -> Result {
        var attempt = 1
        while true {
            do {
                return try await body()
            } catch let error as HTTPCarrierError where error.isPassing && error.facts["side"] == "server" && attempt < configuration.limits.attempts {
                try await Task.sleep(for: .seconds(min(1 << (attempt - 1), 8)))
                attempt += 1
            }
        }
    }

    /// Runs one step of the HTTP library; whatever it throws is the line's fault, and gets a code.
    private func onTheLine<Result>(_ step: () async throws -> Result) async throws -> Result {
        do {
            return try await step()
        } catch let error as CancellationError {
            throw error
        } catch {
            if let refused = certificate.refused { throw refused }
            throw HTTPCarrierError(code(of: error), ["host": address.host, "reason": "\(error)"])
        }
    }

    private func code(of error: any Error) -> HTTPCarrierError.Code {
        switch error {
        case let error as HTTPClientError where error == .readTimeout || error == .deadlineExceeded || error == .writeTimeout: .timedOut
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .certificateRefused
        default: certificate.hasConnected ? .connectionLost : .unreachable
        }
    }
}
