import Foundation

/// A value behind a lock.
final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value
    init(_ value: Value) { self.value = value }
    func with<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}

/// Runs each body on a thread of its own; throws the first error when all are done.
func together(_ bodies: [@Sendable () throws -> Void]) throws {
    let error = Locked<(any Error)?>(nil)
    let group = DispatchGroup()
    for body in bodies {
        group.enter()
        let thread = Thread {
            do { try body() } catch let thrown { error.with { $0 = $0 ?? thrown } }
            group.leave()
        }
        // What debug builds need on the stack is more than a thread's usual half megabyte.
        thread.stackSize = 8 << 20
        thread.start()
    }
    group.wait()
    if let thrown = error.with({ $0 }) { throw thrown }
}
