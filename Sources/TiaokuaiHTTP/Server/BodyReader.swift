import Hummingbird

/// Reads request bodies forward, against a limit of bytes and of time.
enum BodyReader {
    /// A whole small body; throws `bodyTooLarge`.
    static func read(_ request: Request, limit: Int, seconds: Int) async throws -> [UInt8] {
        try check(request, limit)
        return try await within(seconds: seconds) {
            var bytes: [UInt8] = []
            var body = request.body.makeAsyncIterator()
            while let buffer = try await next(&body) {
                guard bytes.count + buffer.readableBytes <= limit else { throw HTTPCarrierError(.bodyTooLarge, ["limit": "\(limit)"]) }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            return bytes
        }
    }

    /// Gives the body in pieces of about `pieceBytes`; the next is read when the one before was taken.
    static func pieces(_ request: Request, limit: Int, seconds: Int, _ take: @escaping @Sendable ([UInt8]) async throws -> Void) async throws {
        try check(request, limit)
        try await within(seconds: seconds) {
            var total = 0
            var piece: [UInt8] = []
            var body = request.body.makeAsyncIterator()
            while let buffer = try await next(&body) {
                total += buffer.readableBytes
                guard total <= limit else { throw HTTPCarrierError(.bodyTooLarge, ["limit": "\(limit)"]) }
                piece.append(contentsOf: buffer.readableBytesView)
                if piece.count >= pieceBytes {
                    try await take(piece)
                    piece.removeAll(keepingCapacity: true)
                }
            }
            if !piece.isEmpty { try await take(piece) }
        }
    }

    static let pieceBytes = 128 << 10

    private static func next(_ body: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await body.next()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw HTTPCarrierError(.connectionLost)
        }
    }

    /// What is announced too large is refused before a byte of it is read.
    private static func check(_ request: Request, _ limit: Int) throws {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw HTTPCarrierError(.bodyTooLarge, ["limit": "\(limit)"])
        }
    }
}

/// Runs the body, or throws `timedOut` when it takes longer.
func within<Result: Sendable>(seconds: Int, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            return nil
        }
        defer { group.cancelAll() }
        guard case .some(.some(let result)) = try await group.next() else { throw HTTPCarrierError(.timedOut, ["seconds": "\(seconds)"]) }
        return result
    }
}
