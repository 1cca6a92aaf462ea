import LifeChecks
import TestKit
import TiaokuaiNode
import TiaokuaiSync

/// Where the power goes while a key is replaced.
enum CutRotation {
    case nowhere
    /// While new keys are asked for; true: others were asked for before and not granted yet.
    case asking(PowerCut, again: Bool)
    case adopting(PowerCut)

    static func draw(using random: inout SplitMix64) -> CutRotation {
        let isAgain = random.percent(50)
        switch Int.random(in: 0..<10, using: &random) {
        case ..<4: return .nowhere
        case ..<6: return .asking(PowerCut(store: 1...8, beside: 75, of: 1...17, using: &random), again: isAgain)
        default: return .adopting(PowerCut(store: 1...25, beside: 50, of: 1...14, using: &random))
        }
    }
}

extension Life {
    /// A request whose keys wait in the folder.
    func ask(_ machine: Machine, _ cut: CutRotation) throws -> [UInt8] {
        guard case .asking(let power, let isAgain) = cut else { return try machine.node.requestRotation() }
        let earlier = isAgain ? try machine.node.requestRotation() : nil
        var request: [UInt8]?
        try suffer(power, at: machine) { request = try machine.node.requestRotation() }
        reached.note("fault: the asking for new keys is cut")
        if let request { return request }
        // A request stands as long as its key is the one that waits.
        if let earlier, try Node.readRequest(earlier).request.signingKey == machine.node.keys.nextVerifyingKey()?.coseKey { return earlier }
        return try machine.node.requestRotation()
    }

    /// Goes over to the new keys. Nothing that the old one signed stays behind, and what is sealed to the new one opens.
    func adopt(_ machine: Machine, _ superior: Machine, _ cut: CutRotation) throws {
        if case .adopting(let power) = cut {
            try suffer(power, at: machine) { try machine.node.adoptRotation() }
            reached.note("fault: the adoption of new keys is cut")
        }
        do {
            try machine.node.adoptRotation()
        } catch let error as NodeError where error.code == .noRotation {
            findings.append(Finding(2, machine.name, "the adoption of its new key can't be gone on with"))
        }
        let lost = try machine.node.lostWork()
        if !lost.isEmpty { findings.append(Finding(2, machine.name, "\(lost.count) operations of the old key stay without effect")) }
        guard case .nowhere = cut else {
            let file = path("sealed-\(next()).tkb")
            _ = try BundleFile.export(superior.node, to: machine.id, path: file, isSealed: true)
            _ = try BundleFile.import(machine.node, path: file)
            return
        }
    }
}
