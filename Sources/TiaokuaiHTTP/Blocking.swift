import Foundation

/// Runs work that blocks (SQLite, files, signatures by the thousand) on threads of its own, so that no event loop and no
/// task waits for a disk. A body never suspends: a transaction can't be held across an `await`.
enum Blocking {
    /// Four: one writes, the others read or wait for their turn.
    private static let queue: OperationQueue = {
        let queue = OperationQueue()
        queue.name = "tiaokuai.http.blocking"
        queue.maxConcurrentOperationCount = 4
        return queue
    }()

    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}
