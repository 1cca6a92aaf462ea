/// How often each address may ask: a bucket that holds `requestsInBurst` and fills at `requestsPerSecond`. Pure: the caller
/// gives the time.
struct RequestRate {
    typealias Instant = ContinuousClock.Instant

    private struct Bucket {
        var left: Int
        var filled: Instant
    }

    private let limits: HTTPLimits
    private var buckets: [String: Bucket] = [:]

    init(limits: HTTPLimits) { self.limits = limits }

    /// Counts a request; false when the address has asked too often.
    mutating func admits(_ address: String, at now: Instant) -> Bool {
        if buckets[address] == nil, buckets.count >= limits.addresses { forget(at: now) }
        var bucket = buckets[address] ?? Bucket(left: limits.requestsInBurst, filled: now)
        let perRequest = Duration.seconds(1) / max(limits.requestsPerSecond, 1)
        let due = Int(clamping: (now - bucket.filled).milliseconds / max(perRequest.milliseconds, 1))
        if due > 0 {
            bucket.left = min(limits.requestsInBurst, bucket.left + min(due, limits.requestsInBurst))
            bucket.filled = now
        }
        let admitted = bucket.left > 0
        if admitted { bucket.left -= 1 }
        buckets[address] = bucket
        return admitted
    }

    /// Buckets that are full again say nothing; if all are in use, the one idle for longest goes.
    private mutating func forget(at now: Instant) {
        let full = Duration.seconds(1) * limits.requestsInBurst / max(limits.requestsPerSecond, 1)
        buckets = buckets.filter { now - $0.value.filled < full }
        if buckets.count >= limits.addresses, let oldest = buckets.min(by: { $0.value.filled < $1.value.filled }) { buckets[oldest.key] = nil }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
