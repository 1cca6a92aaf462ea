import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync

/// One situation: people write at their nodes in ignorance of each other, what each writes is one bundle, and the bundles reach
/// everybody else in every order.
final class Case {
    /// What one node wrote at once: the same changesets for everybody, in a file for each who may have them.
    struct Bundle {
        let from: String
        let files: [String: [UInt8]]
    }

    let stage: Stage
    private(set) var bundles: [Bundle] = []
    /// Up to so many bundles every order is played; above, a sample.
    static let everyOrderUpTo = 5
    static let sampleOfOrders = 24

    init(_ stage: Stage) { self.stage = stage }

    /// Plays a case over the named nodes: what everybody knows `before`, `write` what people do, then `check` at each node after each order.
    static func play(
        _ names: [String], on day: String = "2020-08-13", before: ((Stage) throws -> Void)? = nil, write: (Case) throws -> Void,
        check: (String, Office) throws -> Void
    ) throws {
        try Stage.with(names, on: day) { stage in
            try before?(stage)
            if before != nil { try stage.exchangeAll() }
            let one = Case(stage)
            try write(one)
            try one.inEveryOrder(check)
        }
    }

    /// What a node's people do, having read what the bundles `after` brought; gives the number of the bundle that it becomes.
    @discardableResult
    func at(_ name: String, on day: String? = nil, after read: [Int] = [], _ body: (Office) throws -> Void) throws -> Int {
        if let day { try stage.set(day) }
        for number in read { if let file = bundles[number].files[name] { try stage.deliver(file, to: name) } }
        let node = stage.nodes[name]!
        try node.seal()
        let known = try node.ask { Heads(try $0.heldHeads()) }
        try body(stage[name])
        var files: [String: [UInt8]] = [:]
        for other in stage.names where other != name {
            files[other] = try stage.file(from: name, to: other, known: known)
        }
        bundles.append(Bundle(from: name, files: files))
        return bundles.count - 1
    }

    /// Lets a bundle reach its own author too, by way of a node that got it: what a machine wrote before its disk was put back.
    func sendBack(_ number: Int, via relay: String) throws {
        let bundle = bundles[number]
        guard let file = bundle.files[relay] else { return }
        let before = try stage.saveStore(relay)
        try stage.putStore(before, relay)
        try stage.deliver(file, to: relay)
        var files = bundle.files
        files[bundle.from] = try stage.file(from: relay, to: bundle.from, known: try stage.nodes[bundle.from]!.ask { Heads(try $0.heldHeads()) })
        bundles[number] = Bundle(from: bundle.from, files: files)
        try stage.putStore(before, relay)
    }

    /// Delivers every bundle to every node in every order, and checks after each. Every order must come to the same digests at a
    /// node, and nodes to the same digests of what they share. Afterwards the nodes hold everything.
    func inEveryOrder(_ check: (String, Office) throws -> Void) throws {
        for name in stage.names {
            let files = bundles.compactMap { $0.files[name] }
            var walk = OrderWalk(stage, name, files)
            try walk.play(check)
            #expect(walk.orders == walk.expected, "\(name): \(walk.orders) orders of \(files.count) bundles")
            #expect(walk.digests.count == 1, "\(name): \(walk.digests.count) states after \(walk.orders) orders")
            #expect(walk.answers.count == 1, "\(name): \(walk.answers.count) answers after \(walk.orders) orders")
        }
        for (index, one) in stage.names.enumerated() {
            for other in stage.names[(index + 1)...] { try compare(one, other) }
        }
    }

    /// Two nodes that hold the same of what both may have: equal digests, and at the lower's place the same answers.
    private func compare(_ one: String, _ other: String) throws {
        let (left, right) = (try digest(of: one, shared: other), try digest(of: other, shared: one))
        #expect(left == right, "\(one) and \(other) hold the same and differ")
        let places = (Offices.machine(one).place, Offices.machine(other).place)
        let path = try stage.nodes[one]!.ask { (isLower: $0.isWithin(places.0, places.1), isHigher: $0.isWithin(places.1, places.0)) }
        guard path.isLower || path.isHigher else { return }
        let place = path.isLower ? places.0 : places.1
        let answers = (try Answers(stage[one], at: place, isShared: true), try Answers(stage[other], at: place, isShared: true))
        #expect(answers.0 == answers.1, "\(one) and \(other) answer otherwise for \(place)")
    }

    private func digest(of name: String, shared other: String) throws -> StateDigest {
        let nodes = (stage.nodes[name]!, stage.nodes[other]!)
        let (here, there) = (Offices.machine(name), Offices.machine(other))
        let left = try nodes.0.ask { try $0.sharedPartitions(with: there.place, lines: there.lines) }
        let right = try nodes.1.ask { try $0.sharedPartitions(with: here.place, lines: here.lines) }
        return try nodes.0.ask { try $0.digest(of: Set(left).intersection(right).sorted()) }
    }
}

/// What a node answers about a place, without anything that depends on when it heard of it.
private struct Answers: Hashable {
    let kept: [KeptRow]
    let disputes: [DisputeFact]
    /// Of each dispute: where it is, its state and value, how it ended.
    let outcomes: [[String]]
    let read: [AcknowledgementFact]
    let forks: [SelfForkRow]
    let ledger: [LedgerRow]
    let unacknowledged: [UnacknowledgedRow]
    let returned: [ReturnedRow]

    /// `isShared`: only what lies where both can see it. A unit acknowledges at its own place, which the places below don't receive.
    init(_ office: Office, at place: RegionID, isShared: Bool = false) throws {
        let day = office.today
        let todo = try office.todo(unit: nil, place: place, asOf: day)
        kept = try office.kept(place: place)
        let rows = try office.disputes(place: place, withEnded: true)
        disputes = rows.map(\.dispute)
        outcomes = rows.map { [$0.record.id, $0.field, $0.state, $0.rule, $0.value ?? "", $0.end?.how ?? "", $0.end?.operation ?? ""] }
        read = isShared ? [] : rows.flatMap(\.acknowledgements)
        forks = try office.selfForks(place: place)
        ledger = try office.ledger(LedgerFilter(place: place, asOf: day)).sorted { $0.record.id < $1.record.id }
        unacknowledged = isShared ? [] : todo.unacknowledged.sorted { ($0.record.id, $0.field, $0.claim.operation) < ($1.record.id, $1.field, $1.claim.operation) }
        returned = todo.returned.sorted { $0.record.id < $1.record.id }
    }
}

/// All orders of some files at one node: what two orders begin with alike is delivered once, and its store copied.
struct OrderWalk {
    let stage: Stage
    let name: String
    let files: [[UInt8]]
    private(set) var digests: Set<StateDigest> = []
    fileprivate private(set) var answers: Set<Answers> = []
    private(set) var orders = 0

    var expected: Int { files.count <= Case.everyOrderUpTo ? (0..<files.count).reduce(1) { $0 * ($1 + 1) } : Case.sampleOfOrders }

    init(_ stage: Stage, _ name: String, _ files: [[UInt8]]) {
        self.stage = stage
        self.name = name
        self.files = files
    }

    mutating func play(_ check: (String, Office) throws -> Void) throws {
        let base = try stage.saveStore(name)
        if files.count <= Case.everyOrderUpTo {
            try visit(base, Array(files.indices), check)
        } else {
            var random = SplitMix64(seed: 2020)
            for _ in 0..<Case.sampleOfOrders {
                try stage.putStore(base, name)
                for index in files.indices.shuffled(using: &random) { try stage.deliver(files[index], to: name) }
                try arrive(check)
            }
        }
    }

    private mutating func visit(_ state: Data, _ rest: [Int], _ check: (String, Office) throws -> Void) throws {
        guard !rest.isEmpty else {
            try stage.putStore(state, name)
            return try arrive(check)
        }
        for (position, index) in rest.enumerated() {
            try stage.putStore(state, name)
            try stage.deliver(files[index], to: name)
            var left = rest
            left.remove(at: position)
            if left.isEmpty { try arrive(check) } else { try visit(try stage.saveStore(name), left, check) }
        }
    }

    private mutating func arrive(_ check: (String, Office) throws -> Void) throws {
        orders += 1
        let node = stage.nodes[name]!
        digests.insert(try node.ask { try $0.digest(of: $0.reader.partitions().map(\.partition).filter { $0 != .local }.sorted()) })
        answers.insert(try Answers(stage[name], at: Offices.machine(name).place))
        try check(name, stage[name])
    }
}
