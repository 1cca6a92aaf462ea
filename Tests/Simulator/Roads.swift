import Foundation
import LifeChecks
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiSync

/// How it travels: wires between a node and the one above it, and sticks between any two.
extension Life {
    enum Delivery { case asItIs, damaged, toAnother }

    /// Both directions over a wire.
    func meet(_ random: inout SplitMix64, _ manner: Wire.Manner) throws -> String? {
        let plans = cast.machines.filter { $0.superior != nil }
        guard let plan = plans.randomElement(using: &random), let superior = plan.superior else { return nil }
        // Now and then with the province itself, or with the line's own office.
        let other = random.percent(15) ? "p" : plan.place != Cast.province && random.percent(15) ? "line" : superior
        guard other != plan.name, shareAnything(plan.name, other) else { return nil }
        let (one, two) = random.percent(50) ? (plan.name, other) : (other, plan.name)
        try talk(one, two, manner, &random)
        return "\(one) \(two)"
    }

    func shareAnything(_ one: String, _ other: String) -> Bool {
        let (left, right) = (machine(one).plan.place, machine(other).plan.place)
        return ledger.wasEverWithin(left, right) || ledger.wasEverWithin(right, left)
    }

    /// Both directions over a wire.
    func talk(_ client: String, _ server: String, _ manner: Wire.Manner, _ random: inout SplitMix64) throws {
        var wire = Wire(machine(client), machine(server), manner, &random)
        try wire.talk()
        if wire.isCut {
            reached.note("fault: a wire is cut")
            // What came before the cut lacks what would have followed.
            for name in [client, server] { try check(machine(name)) }
        }
        if wire.isQuiet { reached.note("a wire on which there is nothing to tell") }
        if wire.isRefused { reached.note("a wire on which one is not greeted") }
        if manner == .twice { reached.note("fault: a wire delivers twice") }
    }

    /// One direction, as from a stick that is carried at once: what the receiver holds is known.
    func send(_ from: String, _ to: String) throws {
        let (sender, receiver) = (machine(from), machine(to))
        let known = try receiver.node.ask { Heads(try $0.admittedHeads(with: sender.id)) }
        var importer = Importer(receiver.node)
        try Exporter(sender.node, to: receiver.id, known: known).frames { try importer.feed($0.bytes) }
        _ = try? importer.finish()
    }

    // MARK: Sticks

    func pack(_ random: inout SplitMix64) throws -> String? {
        guard let from = names.randomElement(using: &random) else { return nil }
        let peers = names.filter { $0 != from && shareAnything(from, $0) }
        guard let to = peers.randomElement(using: &random) else { return nil }
        let isSealed = random.percent(20)
        if random.percent(15) { try packOntoPulled(machine(from), machine(to), isSealed: isSealed, &random) }
        let path = self.path("stick-\(next()).tkb")
        _ = try BundleFile.export(machine(from).node, to: machine(to).id, path: path, isSealed: isSealed)
        sticks.append(Stick(path: path, from: from, to: to, isSealed: isSealed))
        reached.note(isSealed ? "a sealed stick" : "an open stick")
        return "\(from) \(to)"
    }

    func deliver(_ random: inout SplitMix64, _ manner: Delivery) throws -> String? {
        guard !sticks.isEmpty else { return nil }
        let stick = sticks.remove(at: Int.random(in: sticks.indices, using: &random))
        var to = stick.to
        if manner == .toAnother, let other = names.filter({ $0 != stick.to && $0 != stick.from }).randomElement(using: &random) {
            to = other
            reached.note("fault: a stick goes to the wrong office")
        }
        if manner == .damaged {
            try damage(stick.path, &random)
            reached.note("fault: a stick is damaged")
        } else {
            used.append(stick)
        }
        try hand(stick, to: to)
        return "\(stick.from) \(to)"
    }

    /// A file that can't be read at all, or is not for this office, is refused with a clear error and changes nothing.
    func hand(_ stick: Stick, to: String) throws {
        do {
            _ = try BundleFile.import(machine(to).node, path: stick.path)
        } catch let error as NodeError {
            reached.note("refused: \(error.code)")
        } catch let error as SealError {
            reached.note("refused: seal \(error.code)")
        }
    }

    private func damage(_ path: String, _ random: inout SplitMix64) throws {
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard !bytes.isEmpty else { return }
        if random.percent(40) {
            bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
        } else {
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    func loseStick(_ random: inout SplitMix64) -> String? {
        guard !sticks.isEmpty else { return nil }
        let stick = sticks.remove(at: Int.random(in: sticks.indices, using: &random))
        reached.note("fault: a stick is lost")
        return "\(stick.from) \(stick.to)"
    }

    /// "Re-importing anything changes nothing. An empty or missing medium means nothing at all."
    func handInAgain(_ random: inout SplitMix64) throws -> String? {
        guard let stick = used.randomElement(using: &random) else { return nil }
        let machine = machine(stick.to)
        // Once more first: since then the machine may have been restored, and then it is no repetition.
        try hand(stick, to: stick.to)
        let before = try whole(machine)
        try hand(stick, to: stick.to)
        if try whole(machine) != before { findings.append(Finding(7, machine.name, "handing in a stick of \(stick.from) again changed something, step \(stepNumber)")) }
        if random.percent(30) {
            let empty = path("empty-\(next()).tkb")
            try Data().write(to: URL(fileURLWithPath: empty))
            try hand(Stick(path: empty, from: stick.from, to: stick.to, isSealed: false), to: stick.to)
            if try whole(machine) != before { findings.append(Finding(7, machine.name, "an empty file changed something")) }
            reached.note("fault: an empty medium")
        }
        reached.note("a stick is handed in again")
        return "\(stick.from) \(stick.to)"
    }

    private struct Whole: Equatable {
        let digest: SharedDigest
        let leaves: UInt64
    }

    private func whole(_ machine: Machine) throws -> Whole {
        let partitions = try machine.node.ask { try $0.reader.partitions().map(\.partition).filter { $0 != .local }.sorted() }
        return Whole(digest: try Observer.digest(machine, of: partitions), leaves: try machine.node.ask { try $0.reader.leafCount() })
    }
}
