import Logging
import NIOSSL
import TiaokuaiHash
import TiaokuaiModel

/// A server certificate with its chain, and its key: PEM files.
public struct TLSFiles: Hashable, Sendable {
    public var certificatePath: String
    public var keyPath: String

    public init(certificatePath: String, keyPath: String) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
    }
}

extension NodeServer {
    /// What `tiaokuai serve` is told.
    public struct Configuration: Sendable {
        public var host: String
        /// 0 takes any free port; `onListening` says which.
        public var port: Int
        /// Nil: plain HTTP, on loopback only unless `allowPlain`.
        public var certificate: TLSFiles?
        public var allowPlain: Bool
        /// What `GET /v1/health` answers.
        public var version: String
        public var limits: HTTPLimits
        public var logger: Logger
        /// Called once, when connections are taken.
        public var onListening: @Sendable (_ port: Int) -> Void

        public init(
            host: String = "127.0.0.1", port: Int = 8470, certificate: TLSFiles? = nil, allowPlain: Bool = false, version: String = "0",
            limits: HTTPLimits = .standard, logger: Logger? = nil, onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
        ) {
            self.host = host
            self.port = port
            self.certificate = certificate
            self.allowPlain = allowPlain
            self.version = version
            self.limits = limits
            self.logger = logger ?? HTTPLogger.quiet
            self.onListening = onListening
        }
    }
}

/// The logger when none is given: errors only.
enum HTTPLogger {
    static var quiet: Logger {
        var logger = Logger(label: "tiaokuai.http")
        logger.logLevel = .error
        return logger
    }
}

/// The certificate as loaded, with the digest that greetings are bound to.
struct ServerTLS: Sendable {
    let configuration: TLSConfiguration
    /// SHA-256 of the leaf's DER.
    let binding: Hash32

    init(_ files: TLSFiles) throws(HTTPCarrierError) {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificatePath)
            guard let leaf = chain.first else { throw HTTPCarrierError(.certificateUnreadable, ["path": files.certificatePath]) }
            let key = try NIOSSLPrivateKey(file: files.keyPath, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            self.configuration = configuration
            binding = sha256(try leaf.toDERBytes())
        } catch let error as HTTPCarrierError {
            throw error
        } catch {
            throw HTTPCarrierError(.certificateUnreadable, ["path": files.certificatePath, "key": files.keyPath, "reason": "\(error)"])
        }
    }
}
