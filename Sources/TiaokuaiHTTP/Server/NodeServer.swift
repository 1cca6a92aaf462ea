import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ServiceLifecycle
import TiaokuaiModel
import TiaokuaiNode

/// Serves one node's folder to others of its network, all day: `tiaokuai serve`. Nothing is locked between requests, so
/// every command works on the same folder meanwhile.
public struct NodeServer: Service {
    private let configuration: Configuration
    private let service: WireService
    private let tls: ServerTLS?

    /// Throws `plainRefused` for plain HTTP beyond loopback without `allowPlain`, `certificateUnreadable`, `notEnrolled`.
    public init(node: Node, configuration: Configuration) throws {
        tls = try configuration.certificate.map { files throws(HTTPCarrierError) in try ServerTLS(files) }
        guard tls != nil || configuration.allowPlain || PlainHTTP.isLoopback(configuration.host) else {
            throw HTTPCarrierError(.plainRefused, ["host": configuration.host])
        }
        guard try node.settings().network != nil else { throw HTTPCarrierError(.notEnrolled) }
        self.configuration = configuration
        service = WireService(node, limits: configuration.limits, binding: tls?.binding)
    }

    /// Runs until the service group that it is part of is stopped; requests under way are finished first. Throws
    /// `bindFailed`.
    public func run() async throws {
        let onListening = configuration.onListening
        let application = Application(
            router: WireRoutes.router(service, version: configuration.version), server: try server(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.limits.connections, logger: configuration.logger)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) }, logger: configuration.logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw HTTPCarrierError(.bindFailed, ["host": configuration.host, "port": "\(configuration.port)", "reason": error.description])
        }
    }

    /// Runs as a process of its own does: SIGTERM and SIGINT end it gracefully, at the latest after
    /// `HTTPLimits.stoppingSeconds`.
    public func runUntilStopped() async throws {
        var group = ServiceGroupConfiguration(services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: configuration.logger)
        group.maximumGracefulShutdownDuration = .seconds(configuration.limits.stoppingSeconds)
        try await ServiceGroup(configuration: group).run()
    }

    private func server() throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                idleTimeout: .seconds(Int64(configuration.limits.idleSeconds)),
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 64)))
        guard let tls else { return plain }
        return try .tls(plain, tlsConfiguration: tls.configuration)
    }
}
