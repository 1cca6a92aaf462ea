import Foundation
import LifeChecks
import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// What goes wrong with machines, disks, clocks and keys.
extension Life {
    /// The power goes, the process dies or the disk fails in the middle of whatever the people do next.
    func crash(_ random: inout SplitMix64) throws -> String? {
        guard let name = names.randomElement(using: &random) else { return nil }
        let machine = machine(name)
        let power = PowerCut(store: 1...30, beside: 0, of: 1...1, using: &random)
        var acknowledged: String?
        try suffer(power, at: machine) { acknowledged = try workOrReceive(machine, &random) }
        if let unanswered { try noteUnanswered(unanswered, machine) }
        unanswered = nil
        try checkSurvival(machine, truth: 2)
        return "\(name) \(acknowledged ?? "nothing")"
    }

    /// A write whose answer was lost may stand all the same, word for word, or not at all.
    private func noteUnanswered(_ draft: Draft, _ machine: Machine) throws {
        let held = try operations(machine, draft.key)
        guard let one = held.first(where: { ledger.deeds[$0.id] == nil }) else { return }
        reached.note("fault: a write stands whose answer was lost")
        note(
            Deed(
                id: one.id, key: draft.key, unit: draft.unit, person: draft.person, fields: Life.fields(draft.fields), names: Set(draft.names),
                machine: machine.name, step: stepNumber, known: Set(held.map(\.id)).subtracting([one.id])), machine)
    }

    private func workOrReceive(_ machine: Machine, _ random: inout SplitMix64) throws -> String {
        let other = machine.plan.superior ?? "c1"
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            try send(other, machine.name)
            return "receives"
        case 1:
            try machine.node.seal()
            return "seals"
        default:
            let unit = machine.plan.units.randomElement(using: &random) ?? machine.plan.units[0]
            let place = cast.counties.contains(machine.plan.place) ? machine.plan.place : cast.counties.first { ledger.wasEverWithin($0, machine.plan.place) } ?? cast.counties[0]
            let draft = draft(cellKey(place, "jobs", "2020-08"), unit, [.init(CellKind.value, number(&random))])
            unanswered = draft
            try write(machine, draft)
            unanswered = nil
            return "writes"
        }
    }

    func checkSurvival(_ machine: Machine, truth: Int) throws {
        let sighting = try Observer.look(at: machine)
        findings += LifeCheck.survival(sighting, of: machine.mustHold, truth: truth, ledger)
    }

    // MARK: Backups and images

    func backUp(_ random: inout SplitMix64) throws -> String? {
        guard let name = names.randomElement(using: &random) else { return nil }
        let machine = machine(name)
        let path = self.path("backup-\(next())")
        if random.percent(40) { try cutBackUp(machine, to: path, &random) } else { try machine.node.backUp(to: path) }
        machine.backup = (path, machine.mustHold)
        return name
    }

    func restore(_ random: inout SplitMix64) throws -> String? {
        guard let machine = machines.values.filter({ $0.backup != nil && !$0.isCut }).sorted(by: { $0.name < $1.name }).randomElement(using: &random), let backup = machine.backup
        else { return nil }
        try machine.close()
        try FileManager.default.removeItem(atPath: machine.path)
        machine.node = try Node.restore(from: backup.path, to: machine.path, surroundings: machine.clock.surroundings)
        try machine.close()
        try machine.reopen()
        machine.mustHold = backup.mustHold
        machine.backup = nil
        machine.image = nil
        machine.restores += 1
        reached.note("fault: restored from a backup")
        return machine.name
    }

    func takeImage(_ random: inout SplitMix64) throws -> String? {
        let free = machines.values.filter { $0.image == nil && $0.plan.superior != nil && !$0.isCut }.sorted { $0.name < $1.name }
        guard let machine = free.randomElement(using: &random) else { return nil }
        machine.image = (try image(of: machine), machine.mustHold)
        return machine.name
    }

    /// An earlier disk image is put back under the living marker, as a cloned machine works on; the other one waits.
    func swapImage(_ random: inout SplitMix64) throws -> String? {
        let ready = machines.values.filter { $0.image != nil && !$0.isCut }.sorted { $0.name < $1.name }
        guard let machine = ready.randomElement(using: &random) else { return nil }
        return try swapBack(machine)
    }

    func swapBack(_ machine: Machine) throws -> String? {
        guard let image = machine.image else { return nil }
        let current = (try self.image(of: machine), machine.mustHold)
        try machine.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: machine.path + "/" + Store.fileName + suffix) }
        try FileManager.default.copyItem(atPath: image.path, toPath: machine.path + "/" + Store.fileName)
        try machine.reopen()
        machine.mustHold = image.mustHold
        machine.image = current
        machine.restores += 1
        reached.note("fault: R20 a disk image is put back")
        return machine.name
    }

    private func image(of machine: Machine) throws -> String {
        let path = self.path("image-\(next())")
        try machine.node.store.backUp(to: path)
        return path
    }

    // MARK: Places

    /// A program with a newer region table is installed somewhere; everybody else goes on with the old one.
    func revise(_ random: inout SplitMix64) throws -> String? {
        guard let machine = outdated.randomElement(using: &random) else { return nil }
        try revise(machine)
        return machine.name
    }

    func revise(_ machine: Machine) throws {
        try machine.close()
        machine.edition = cast.newest
        try machine.reopen()
        reached.note("a machine gets a newer region table")
    }

    /// Machines that still have the table of the beginning, where it isn't the newest.
    var outdated: [Machine] { alive.filter { $0.edition.regions != cast.newest.regions } }

    // MARK: Clocks and keys

    func jump(_ random: inout SplitMix64) -> String? {
        guard let name = names.randomElement(using: &random) else { return nil }
        machine(name).clock.move(Int64.random(in: -90...400, using: &random) * 86_400_000)
        reached.note("fault: a clock jumps")
        return name
    }

    /// A new key with the superior's word; what the old one signed beyond what the superior holds is carried again.
    func rotate(_ random: inout SplitMix64) throws -> String? {
        let able = machines.values.filter { $0.plan.superior != nil && !$0.isCut && $0.image == nil && $0.restores == 0 }.sorted { $0.name < $1.name }
        guard let machine = able.randomElement(using: &random), let superior = machine.plan.superior.map({ self.machine($0) }) else { return nil }
        let cut = CutRotation.draw(using: &random)
        let request = try Node.readRequest(try ask(machine, cut))
        let heads = try superior.node.ask { view in try view.heldHeads().filter { $0.feed.node == machine.id }.map(\.id) }
        let government = cast.government(of: superior.plan.place)
        let id = try superior.node.grant(request, by: government, person: "clerk", heads: heads)
        try noteGrant(id, superior)
        ledger.note(Grant(id: id.hash, subject: machine.id, key: machine.key + 1, units: Set(machine.plan.units), endsAt: Set(heads)))
        machine.key += 1
        try send(superior.name, machine.name)
        try adopt(machine, superior, cut)
        machine.backup = nil
        reached.note("a key is replaced")
        return machine.name
    }

    /// Somebody takes a county's backup away and writes in its name; later its key is cut.
    func steal(_ random: inout SplitMix64) throws -> String? {
        if let thief {
            if isKeyCut { return nil }
            return try cut(thief, &random)
        }
        let counties = machines.values.filter { $0.name.hasPrefix("x") && $0.restores == 0 && $0.image == nil }.sorted { $0.name < $1.name }
        guard let victim = counties.randomElement(using: &random) else { return nil }
        let stolen = path("stolen-\(next())")
        try victim.node.backUp(to: stolen)
        let node = try Node.restore(from: stolen, to: path("thief"), surroundings: victim.clock.surroundings)
        try node.store.close()
        let opened = try Node(opening: path("thief"), surroundings: victim.clock.surroundings, regions: victim.edition.regions)
        let thief = try Machine(victim.plan, path: path("thief"), clock: victim.clock, edition: victim.edition, node: opened)
        self.thief = thief
        for _ in 0..<3 { try write(thief, draft(anyCell(at: victim.plan.place, &random), victim.plan.units[0], [.init(CellKind.value, 9)])) }
        let file = path("thief.tkb")
        let receiver = machine(victim.plan.superior ?? "p")
        _ = try BundleFile.export(thief.node, to: receiver.id, path: file, isSealed: false)
        if random.percent(60) { _ = try BundleFile.import(receiver.node, path: file) }
        sticks.append(Stick(path: file, from: victim.name, to: receiver.name, isSealed: false))
        reached.note("fault: a key is stolen")
        return victim.name
    }

    func anyCell(at place: RegionID, _ random: inout SplitMix64) -> RecordKey {
        cellKey(place, Life.indicators.randomElement(using: &random) ?? "grain", Life.periods.randomElement(using: &random) ?? "2020-08")
    }

    /// The superior cuts the key at the honest heads that it holds.
    private func cut(_ thief: Machine, _ random: inout SplitMix64) throws -> String? {
        let victim = machine(thief.name)
        guard let superior = victim.plan.superior.map({ self.machine($0) }) else { return nil }
        let epoch = try victim.node.settings().epoch
        let heads = try superior.node.ask { view in try view.heldHeads().filter { $0.feed.node == victim.id && $0.feed.epoch == epoch }.map(\.id) }
        let settings = try victim.node.settings()
        let government = cast.government(of: superior.plan.place)
        let content = CutContent(credential: settings.credential ?? .zero, subject: victim.id, heads: heads, reason: "stolen")
        let key = RecordKey(.policy(victim.plan.place), CutKind.table.name, [.text(government.text), .bytes(victim.id.hash.bytes), 1])
        let id = try write(superior, draft(key, government, [.init(CutKind.content, .bytes(content.explicitForm))]))
        ledger.note(KeyCut(id: id, subject: victim.id, key: victim.key, heads: Set(heads)))
        victim.isCut = true
        isKeyCut = true
        reached.note("a key is cut")
        return victim.name
    }
}
