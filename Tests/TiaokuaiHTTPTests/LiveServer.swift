import Foundation
import Logging
import ServiceLifecycle
import TiaokuaiHTTP
import TiaokuaiNode

/// A node served on 127.0.0.1 while a test runs.
struct LiveServer: Sendable {
    let port: Int
    let isSecure: Bool
    /// Begins the stop that SIGTERM would.
    let stop: @Sendable () async -> Void
    var url: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)" }
}

/// Serves a node while the body runs, then stops gracefully and waits for the end.
func withServer<Result: Sendable>(
    _ node: Node, certificate: TLSFiles? = nil, limits: HTTPLimits = .standard, _ body: @escaping @Sendable (LiveServer) async throws -> Result
) async throws -> Result {
    let (ports, announce) = AsyncStream<Int>.makeStream()
    let configuration = NodeServer.Configuration(port: 0, certificate: certificate, version: "1.2.3", limits: limits) { announce.yield($0) }
    var logger = Logger(label: "test")
    logger.logLevel = .error
    let group = ServiceGroup(configuration: .init(services: [try NodeServer(node: node, configuration: configuration)], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { announce.finish() }
            try await group.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await tasks.waitForAll()
            throw HTTPCarrierError(.bindFailed)
        }
        let server = LiveServer(port: port, isSecure: certificate != nil, stop: { await group.triggerGracefulShutdown() })
        let result: Result
        do {
            result = try await body(server)
        } catch {
            tasks.cancelAll()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return result
    }
}

/// Runs blocking work on a thread of its own.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}

/// Bytes of this process that lie in memory.
func residentBytes() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    return (Int(text.split(separator: " ").dropFirst().first ?? "0") ?? 0) * 4_096
}

/// The most memory seen at any look.
final class Peak: @unchecked Sendable {
    private let lock = NSLock()
    private var most: Int

    init(_ bytes: Int) { most = bytes }

    var bytes: Int { lock.withLock { most } }
    func look() { lock.withLock { most = max(most, residentBytes()) } }
}
