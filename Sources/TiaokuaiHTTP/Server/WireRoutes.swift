import Hummingbird
import TiaokuaiFormat
import TiaokuaiModel

/// The requests of Docs/Formats/Wire.md.
enum WireRoutes {
    static func router(_ service: WireService, version: String) -> Router<WireContext> {
        let router = Router(context: WireContext.self)
        router.add(middleware: Gatekeeper(service: service))
        router.get("v1/health") { _, _ in
            Response.bytes(Array("{\"service\":\"tiaokuai\",\"version\":\"\(plain(version))\",\"protocol\":1}\n".utf8), as: MediaTypes.json)
        }
        addGreeting(to: router, service)
        addTransfer(to: router, service)
        return router
    }

    private static func addGreeting(to router: Router<WireContext>, _ service: WireService) {
        let seconds = service.limits.idleSeconds
        router.post("v1/challenge") { request, _ in
            let body = try await BodyReader.read(request, limit: HTTPLimits.controlBytes, seconds: seconds)
            return Response.bytes(try await service.challenge(body), as: MediaTypes.cbor)
        }
        router.post("v1/session") { request, _ in
            let body = try await BodyReader.read(request, limit: HTTPLimits.controlBytes, seconds: seconds)
            return Response.bytes(try await service.greet(body), as: MediaTypes.cbor)
        }
    }

    private static func addTransfer(to router: Router<WireContext>, _ service: WireService) {
        let seconds = service.limits.requestSeconds
        router.post("v1/heads") { request, _ in
            let token = try token(of: request)
            let body = try await BodyReader.read(request, limit: HTTPLimits.headsBytes, seconds: seconds)
            return Response.bytes(try await service.heads(token, body), as: MediaTypes.cbor)
        }
        router.post("v1/push") { request, _ in
            let acknowledgement = try await service.push(try token(of: request)) { take in
                try await BodyReader.pieces(request, limit: HTTPLimits.bodyBytes, seconds: seconds, take)
            }
            return Response.bytes(acknowledgement, as: MediaTypes.cbor)
        }
        router.post("v1/plan") { request, _ in
            let token = try token(of: request)
            let body = try await BodyReader.read(request, limit: HTTPLimits.headsBytes, seconds: seconds)
            return Response.bytes(try await service.plan(token, body), as: MediaTypes.cbor)
        }
        router.post("v1/pull") { request, _ in
            let token = try token(of: request)
            let body = try await BodyReader.read(request, limit: HTTPLimits.controlBytes, seconds: seconds)
            return Response.bytes(try await service.pull(token, body), as: MediaTypes.frames)
        }
        router.post("v1/close") { request, _ in
            let closing = try await service.close(try token(of: request)) { take in
                try await BodyReader.pieces(request, limit: HTTPLimits.closingBytes, seconds: seconds, take)
            }
            return Response.bytes(closing, as: MediaTypes.frames)
        }
    }

    /// The session's token; a request without one is answered like one with a wrong one, before its body is read.
    private static func token(of request: Request) throws -> Hash32 {
        guard let value = request.headers[.authorization], value.hasPrefix("Bearer "), let token = Hash32(hex: value.dropFirst(7)) else {
            throw HTTPCarrierError(.sessionUnknown)
        }
        return token
    }

    /// A version stands in JSON without being escaped.
    private static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.filter { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || ".-+ ".unicodeScalars.contains($0)) })
    }
}
