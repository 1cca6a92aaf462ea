import Foundation
import LifeChecks
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// One life of a province: machines on folders, people who write, roads on which it travels, and what goes wrong.
final class Life {
    let seed: UInt64
    let folder: URL
    let cast: Cast
    var machines: [String: Machine] = [:]
    var ledger: LifeLedger
    var root: Hash32 = .zero
    /// Sticks under way.
    var sticks: [Stick] = []
    /// Sticks that were delivered and may be handed in again.
    var used: [Stick] = []
    var findings: [Finding] = []
    var reached = Reached()
    /// One line for each thing that happened, the same in every run of a seed.
    var trace: [String] = []
    var operations = 0
    var stepNumber = 0
    /// Records that people speak of, by kind.
    var topics: [KindName: [RecordKey]] = [:]
    /// Numbers and names that are given once.
    var counter: Int64 = 0
    /// What was being written when the power went.
    var unanswered: Draft?
    /// A stolen backup, at work.
    var thief: Machine?
    var isKeyCut = false

    struct Stick {
        let path: String
        let from: String
        let to: String
        let isSealed: Bool
    }

    static let start: Int64 = 1_588_291_200_000

    init(seed: UInt64, in folder: URL) throws {
        self.seed = seed
        self.folder = folder
        var random = SplitMix64(seed: seed)
        cast = try Cast(using: &random)
        ledger = LifeLedger(units: cast.units, places: cast.newest.places)
        for plan in cast.machines { try enrol(plan, random.next(), &random) }
        try publishBeginnings(&random)
    }

    var names: [String] { cast.machines.map(\.name) }
    func machine(_ name: String) -> Machine { machines[name] ?? machines.values.first! }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    func next() -> Int64 {
        counter += 1
        return counter
    }

    // MARK: Beginnings

    private func enrol(_ plan: Cast.MachinePlan, _ seed: UInt64, _ random: inout SplitMix64) throws {
        // Clocks are off by minutes, some by years.
        let skew: Int64 = random.percent(15) ? Int64.random(in: -40_000...40_000, using: &random) * 1_000_000 : Int64.random(in: -600_000...600_000, using: &random)
        let clock = Clock(start: Life.start + (plan.superior == nil ? 0 : max(0, skew)), seed: seed)
        let nodePlan = NodePlan(name: plan.name, region: plan.place, lines: plan.lines, units: cast.written(plan))
        let isCut = random.percent(5)
        let node =
            try isCut
            ? cutCreation(at: path(plan.name), nodePlan, clock, &random)
            : Node.create(at: path(plan.name), plan: nodePlan, surroundings: clock.surroundings, regions: cast.beginning.regions)
        let machine = try Machine(plan, path: path(plan.name), clock: clock, edition: cast.beginning, node: node)
        machines[plan.name] = machine
        guard let superior = plan.superior.map({ self.machine($0) }) else {
            try node.found(plan: nodePlan, isRehearsal: true)
            root = try node.settings().credential ?? .zero
            ledger.note(Grant(id: root, subject: machine.id, key: 1, units: Set(plan.units)))
            return
        }
        let depth: UInt64? = plan.lines == nil && cast.cities.contains(plan.place) ? 4 : nil
        let request = try Node.readRequest(try node.makeRequest(plan: nodePlan, depth: depth))
        let id = try superior.node.grant(request, by: cast.government(of: superior.plan.place), person: "clerk")
        try noteGrant(id, superior)
        ledger.note(Grant(id: id.hash, subject: machine.id, key: 1, units: Set(plan.units)))
        let file = path("\(plan.name)-grant.tkb")
        _ = try BundleFile.export(superior.node, to: machine.id, path: file, known: Heads([]), isSealed: false)
        _ = try BundleFile.import(node, path: file, isEnrolling: true)
        try node.adoptCredential()
        if skew < 0 { clock.move(skew) }
    }

    /// Notes a credential that the node wrote for a person, as it stands there.
    func noteGrant(_ id: OperationID, _ machine: Machine) throws {
        try machine.node.ask { view in
            for ref in try view.reader.records(kind: CredentialKind.table.name) {
                let held = try view.operations(of: ref)
                guard let one = held.first(where: { $0.id == id }) else { continue }
                note(
                    Deed(
                        id: id, key: try view.reader.record(ref).key, unit: one.operation.unit, person: one.operation.person,
                        fields: Life.fields(one.operation.fields), names: Set(one.operation.names), machine: machine.name, step: stepNumber,
                        known: Set(held.map(\.id)).subtracting([id])), machine)
            }
        }
    }

    func note(_ deed: Deed, _ machine: Machine) {
        ledger.note(deed)
        operations += 1
        // What was written on a machine whose key was cut, or by a thief, nobody owes anybody.
        if machine !== thief { machine.mustHold.insert(deed.id) }
    }

    static func fields(_ fields: [TiaokuaiModel.Operation.Field]) -> [FieldNumber: Value?] {
        Dictionary(fields.map { ($0.number, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Steps

    /// Plays a step; what the product refuses with a clear error is part of life.
    func play(_ step: Step) {
        stepNumber += 1
        var random = SplitMix64(seed: step.seed)
        for machine in machines.values { machine.clock.move(Int64.random(in: 1...40_000_000, using: &random)) }
        let name = step.kind.rawValue
        do {
            let what = try perform(step.kind, &random)
            trace.append("\(stepNumber) \(name) \(what ?? "-")")
            if what != nil { reached.note("step: \(name)") }
        } catch let error as NodeError {
            refused(name, "\(error.code)")
        } catch let error as StoreError {
            refused(name, "store \(error.code)")
        } catch {
            findings.append(Finding(4, "the life", "step \(stepNumber) \(name) threw \(error)"))
            trace.append("\(stepNumber) \(name) threw")
        }
    }

    private func refused(_ name: String, _ code: String) {
        trace.append("\(stepNumber) \(name) refused \(code)")
        reached.note("refused: \(code)")
    }

    private func perform(_ kind: Step.Kind, _ random: inout SplitMix64) throws -> String? {
        switch kind {
        case .report: try report(&random)
        case .determine: try determine(&random)
        case .withdraw: try withdraw(&random)
        case .decide: try decide(&random)
        case .target: try setTarget(&random)
        case .standard: try setStandard(&random)
        case .allocation: try allocate(&random)
        case .document: try publishDocument(&random, isJoint: false)
        case .joint: try publishDocument(&random, isJoint: true)
        case .openItem: try openItem(&random)
        case .moveItem: try moveItem(&random)
        case .holder: try nameHolder(&random)
        case .setMember: try changeSet(&random)
        case .escalate: try escalate(&random)
        case .object: try object(&random)
        case .matrix: try changeMatrix(&random)
        case .trespass: try trespass(&random)
        case .namedPerson: try nameAPerson(&random)
        case .progress: try progress(&random)
        case .post: try fillPost(&random)
        case .meet: try meet(&random, .whole)
        case .losing: try meet(&random, .cutShort)
        case .twice: try meet(&random, .twice)
        case .pack: try pack(&random)
        case .deliver: try deliver(&random, .asItIs)
        case .deliverDamaged: try deliver(&random, .damaged)
        case .deliverWrong: try deliver(&random, .toAnother)
        case .loseStick: loseStick(&random)
        case .again: try handInAgain(&random)
        case .crash: try crash(&random)
        case .backUp: try backUp(&random)
        case .restore: try restore(&random)
        case .takeImage: try takeImage(&random)
        case .swapImage: try swapImage(&random)
        case .clockJump: jump(&random)
        case .rotate: try rotate(&random)
        case .steal: try steal(&random)
        case .revise: try revise(&random)
        case .look: try look(&random)
        }
    }
}
