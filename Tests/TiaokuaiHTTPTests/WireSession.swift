import TiaokuaiFormat
@testable import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode

/// A greeted session of a client that does what a test tells it, step by step.
struct WireSession: Sendable {
    let client: WireClient
    let steps: Synchronisation
    let peer: Synchronisation.Peer

    init(_ node: Node, _ url: String, configuration: SyncConfiguration = SyncConfiguration()) async throws {
        client = WireClient(try ServerAddress(url, allowPlain: false), configuration)
        steps = Synchronisation(node: node, client: client, configuration: configuration, progress: { _ in })
        do {
            peer = try await steps.greet(quietly: false).peer
        } catch {
            await client.shutdown()
            throw error
        }
    }

    func push(_ page: [UInt8]) async throws -> PageOutcome {
        try PageOutcome(decoding: try await client.post("/v1/push", page, as: MediaTypes.frames, limit: HTTPLimits.acknowledgementBytes))
    }

    func end() async { await client.shutdown() }
}

/// The code of the carrier's error that the body throws; nil when it throws none.
func code(_ body: () async throws -> Void) async -> HTTPCarrierError.Code? {
    do {
        try await body()
        return nil
    } catch let error as HTTPCarrierError {
        return error.code
    } catch {
        return nil
    }
}
