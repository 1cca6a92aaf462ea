import AsyncHTTPClient
import NIOCore
import NIOSSL
import Synchronization
import TiaokuaiHash
import TiaokuaiModel

/// The certificate that the server shows: the same on every connection of a session, and the pinned one if one is pinned.
/// It is looked at before a connection carries its first byte of ours.
final class ServerCertificate: Sendable {
    private let pinned: Hash32?
    private let seen = Mutex<Hash32?>(nil)
    private let refusal = Mutex<HTTPCarrierError?>(nil)
    private let connections = Mutex(0)

    init(pinned: Hash32?) { self.pinned = pinned }

    /// SHA-256 of its DER; nil before the first connection, and on plain HTTP.
    var digest: Hash32? { seen.withLock { $0 } }
    /// Why a connection was turned down here, if one was.
    var refused: HTTPCarrierError? { refusal.withLock { $0 } }
    var hasConnected: Bool { connections.withLock { $0 > 0 } }

    func look(at channel: any Channel, isSecure: Bool) -> EventLoopFuture<Void> {
        guard isSecure else {
            connections.withLock { $0 += 1 }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return channel.nioSSL_peerCertificate().flatMapThrowing { [self] certificate in
            guard let certificate else { throw refuse("none shown") }
            let digest = sha256(try certificate.toDERBytes())
            if let pinned, pinned != digest { throw refuse("another than the pinned one: \(digest.hex)") }
            let isSame = seen.withLock { seen in
                if seen == nil { seen = digest }
                return seen == digest
            }
            guard isSame else { throw refuse("changed within the session") }
            connections.withLock { $0 += 1 }
        }
    }

    private func refuse(_ reason: String) -> HTTPCarrierError {
        let error = HTTPCarrierError(.certificateRefused, ["reason": reason])
        refusal.withLock { $0 = error }
        return error
    }
}

extension SyncConfiguration {
    /// The HTTP client's configuration: HTTP/1.1, no redirects, no decompression, one patience for everything.
    func clientConfiguration(_ certificate: ServerCertificate, isSecure: Bool) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        switch verification {
        case .system: break
        case .authority(let path): tls.trustRoots = .file(path)
        // Checked by `ServerCertificate` instead.
        case .pinned: tls.certificateVerification = .none
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Int64(limits.connectSeconds)), read: .seconds(Int64(limits.answerSeconds))), decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { certificate.look(at: $0, isSecure: isSecure) }
        return configuration
    }
}
