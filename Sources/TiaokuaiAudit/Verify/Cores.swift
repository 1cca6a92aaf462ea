import Dispatch
import Synchronization

/// Work that hangs on nothing but its own input, on all cores.
enum Cores {
    /// The body's answers, in the order of the items. Memory: the items and their answers.
    static func map<Item: Sendable, Answer: Sendable>(_ items: [Item], _ body: @Sendable (Item) -> Answer) -> [Answer] {
        let answers = Mutex([Answer?](repeating: nil, count: items.count))
        DispatchQueue.concurrentPerform(iterations: items.count) { index in
            let answer = body(items[index])
            answers.withLock { $0[index] = answer }
        }
        return answers.withLock { $0 }.compactMap(\.self)
    }
}
