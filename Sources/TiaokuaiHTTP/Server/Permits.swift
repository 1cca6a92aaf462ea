import Synchronization

/// So many at once; the next is told `busy` and comes again.
final class Permits: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func take() throws {
        try left.withLock { left in
            guard left > 0 else { throw HTTPCarrierError(.busy) }
            left -= 1
        }
    }

    func give() { left.withLock { $0 += 1 } }
}
