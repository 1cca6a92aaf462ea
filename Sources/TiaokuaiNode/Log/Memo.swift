import Synchronization

/// Answers that follow from their questions alone, kept for the next time. Bounded; shared by all threads of the process.
final class Memo<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
    private let answers = Mutex<[Question: Answer]>([:])
    private let maximum: Int

    /// - Parameter maximum: answers that are kept; then it begins anew.
    init(maximum: Int) { self.maximum = maximum }

    /// The answer known, else what `find` comes to; what throws is not kept.
    func answer(_ question: Question, _ find: () throws -> Answer) rethrows -> Answer {
        if let known = answers.withLock({ $0[question] }) { return known }
        let found = try find()
        answers.withLock { answers in
            if answers.count >= maximum { answers.removeAll(keepingCapacity: true) }
            answers[question] = found
        }
        return found
    }
}
