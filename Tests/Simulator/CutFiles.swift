import Foundation
import LifeChecks
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiSync

/// What goes onto sticks and into folders and is cut short: bundles, backups, new nodes.
extension Life {
    // MARK: Sticks

    /// A stick is pulled out while a bundle is written onto it. Under its name lies the whole bundle or none; what is whole of a
    /// beginning under another name is taken; then it is written again.
    func packOntoPulled(_ from: Machine, _ to: Machine, isSealed: Bool, _ random: inout SplitMix64) throws {
        let exporter = try Exporter(from.node, to: to.id)
        let stick = PulledStick(.pulled(at: Int.random(in: 1...exporter.plan.count + 20, using: &random)))
        let name = "/stick-\(next()).tkb"
        let isPromised: Bool
        do {
            _ = try BundleFile.export(exporter, path: name, BundleFile.Options(isSealed: isSealed), medium: MediumCalls(stick))
            isPromised = true
        } catch is NodeError {
            isPromised = false
            reached.note("fault: a stick is pulled while it is written")
        }
        let found = stick.contents(PulledStick.Survival.allCases.randomElement(using: &random) ?? .half)
        if isPromised, found[name] == nil { findings.append(Finding(2, from.name, "said that \(name) can be pulled out, and nothing lies there")) }
        for (place, bytes) in found.sorted(by: { $0.key < $1.key }) {
            let path = path("found-\(next()).tkb")
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            if place == name {
                if try !isWhole(path, for: to) { findings.append(Finding(2, from.name, "a bundle of \(bytes.count) bytes stands under its name and is not whole")) }
            } else {
                reached.note("fault: a beginning lies under another name")
            }
            try hand(Stick(path: path, from: from.name, to: to.name, isSealed: isSealed), to: to.name)
        }
        try check(to)
    }

    /// All frames are there, with a trailer at the end.
    private func isWhole(_ path: String, for receiver: Machine) throws -> Bool {
        var last: FrameType?
        var isSound = true
        try BundleFile.inspect(path: path, keys: receiver.node.keys.sealingKeys) { found in
            switch found {
            case .sealed: break
            case .item(.frame(let frame, _)): last = frame.type
            case .unopened, .item(.damaged): isSound = false
            }
        }
        return isSound && last == .trailer
    }

    // MARK: Backups

    /// The power of the disk that takes the backup goes meanwhile. What then stands there can be restored, or is none and is made again.
    func cutBackUp(_ machine: Machine, to path: String, _ random: inout SplitMix64) throws {
        let power = PowerCut(store: 1...(random.percent(50) ? 40 : 600), beside: 50, of: 1...18, using: &random)
        let mustHold = machine.mustHold
        var isMade = false
        do {
            let folder = try CutFolder(path, attic: self.path("attic-\(next())"), power)
            try machine.close()
            machine.disk = folder.disk
            defer { machine.disk = nil }
            try machine.reopen()
            folder.arm()
            do {
                try machine.node.backUp(to: path)
                isMade = true
            } catch  where folder.isGone {
                reached.note("fault: a backup is cut")
            }
            try folder.end {}
        }
        try machine.close()
        try machine.reopen()
        guard NodeFolder(path: path).exists else {
            if isMade { findings.append(Finding(2, machine.name, "a backup that was made is gone")) }
            return try machine.node.backUp(to: path)
        }
        let trial = self.path("trial-\(next())")
        let node = try Node.restore(from: path, to: trial, surroundings: machine.clock.surroundings)
        let restored = try Machine(machine.plan, path: trial, clock: machine.clock, edition: machine.edition, node: node)
        restored.mustHold = mustHold
        try checkSurvival(restored, truth: 2)
        try restored.close()
        reached.note("fault: a backup that was cut is whole")
    }

    // MARK: Enrolment

    /// The power goes while the folder is made: it is a node or none, and then it is made again.
    func cutCreation(at path: String, _ plan: NodePlan, _ clock: Clock, _ random: inout SplitMix64) throws -> Node {
        let power = PowerCut(store: 1...150, beside: 60, of: 1...20, using: &random)
        let folder = try CutFolder(path, attic: self.path("attic-\(next())"), power)
        var surroundings = clock.surroundings
        surroundings.medium = MediumCalls(folder.disk)
        folder.arm()
        var isMade = false
        do {
            let node = try Node.create(at: path, plan: plan, surroundings: surroundings, regions: cast.beginning.regions)
            isMade = true
            try folder.end { try? node.store.close() }
        } catch  where folder.isGone && !isMade {
            reached.note("fault: the making of a node is cut")
            try folder.end {}
        }
        if NodeFolder(path: path).exists { return try Node(opening: path, surroundings: clock.surroundings, regions: cast.beginning.regions) }
        if isMade { findings.append(Finding(2, plan.name, "a node that was made is gone")) }
        return try Node.create(at: path, plan: plan, surroundings: clock.surroundings, regions: cast.beginning.regions)
    }
}
