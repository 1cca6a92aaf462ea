import TestKit

/// One thing that happens in a life. It draws its details from its own seed, so that taking another step out of a life
/// changes nothing of it but what it finds.
public struct Step: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        // What people do.
        case report, determine, withdraw, decide, target, standard, allocation, document, joint, openItem, moveItem, holder, setMember, escalate
        case object, matrix, trespass, namedPerson, progress, post
        // How it travels.
        case meet, losing, twice, pack, deliver, deliverDamaged, deliverWrong, loseStick, again
        // What goes wrong, and what is changed.
        case crash, backUp, restore, takeImage, swapImage, clockJump, rotate, steal, revise
        // Somebody looks closely.
        case look
    }

    public let kind: Kind
    public let seed: UInt64
    public var description: String { "\(kind) \(seed)" }

    /// Of a thousand steps.
    static let weights: [(Kind, Int)] = [
        (.report, 130), (.determine, 60), (.withdraw, 25), (.decide, 50), (.target, 50), (.standard, 15), (.allocation, 20), (.document, 25), (.joint, 10),
        (.openItem, 35), (.moveItem, 120), (.holder, 35), (.setMember, 30), (.escalate, 15), (.object, 15), (.matrix, 25), (.trespass, 30), (.namedPerson, 10),
        (.progress, 30), (.post, 8),
        (.meet, 70), (.losing, 12), (.twice, 12), (.pack, 40), (.deliver, 40), (.deliverDamaged, 10), (.deliverWrong, 10), (.loseStick, 6), (.again, 12),
        (.crash, 14), (.backUp, 8), (.restore, 4), (.takeImage, 4), (.swapImage, 4), (.clockJump, 8), (.rotate, 4), (.steal, 3), (.revise, 10), (.look, 16),
    ]

    static func draw(using random: inout SplitMix64) -> Step {
        var draw = Int.random(in: 0..<weights.reduce(0) { $0 + $1.1 }, using: &random)
        for (kind, weight) in weights {
            if draw < weight { return Step(kind: kind, seed: random.next()) }
            draw -= weight
        }
        return Step(kind: .meet, seed: random.next())
    }
}
