import Hummingbird
import NIOCore

/// What a request carries besides itself: who asks, and the connection to close when it must not go on.
struct WireContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let address: String
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
        channel = source.channel
    }

    /// Closes the connection after so many seconds, whatever still arrives on it.
    func closeConnection(afterSeconds seconds: Int) {
        let channel = channel
        channel.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) { channel.close(promise: nil) }
    }
}

/// Counts requests, and turns every error into a coded answer that says nothing else.
struct Gatekeeper: RouterMiddleware {
    typealias Context = WireContext
    let service: WireService

    func handle(_ request: Request, context: WireContext, next: (Request, WireContext) async throws -> Response) async throws -> Response {
        do {
            try service.count(context.address)
            return try await next(request, context)
        } catch {
            let refusal = WireService.refusal(error)
            if refusal.code == .serverFault { context.logger.error("request failed", metadata: ["error": "\(error)"]) }
            context.closeConnection(afterSeconds: service.limits.refusalSeconds)
            var response = Response.bytes(refusal.explicitForm, as: MediaTypes.cbor, status: HTTPResponse.Status(code: refusal.status))
            response.headers[.connection] = "close"
            return response
        }
    }
}

enum MediaTypes {
    static let cbor = "application/cbor"
    static let frames = "application/tiaokuai-frames"
    static let json = "application/json"
}

extension Response {
    static func bytes(_ bytes: [UInt8], as type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
