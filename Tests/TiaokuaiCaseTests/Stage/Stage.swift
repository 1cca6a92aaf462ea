import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiNode
@testable import TiaokuaiOffice

/// A network of real nodes on folders in memory, enrolled and with the same policy everywhere.
///
/// It is founded once; each case gets copies of the folders, and opens only those that it names.
final class Stage {
    let folder: URL
    private(set) var nodes: [String: Node] = [:]
    private let clock: StageClock
    private let opened: Set<String>

    subscript(name: String) -> Office { Office(nodes[name]!) }

    func set(_ day: String) throws { clock.set(try Day(parsing: day)) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    // MARK: Copies of what was founded

    private static let founded = Result { try Stage.found() }

    /// Runs a case on copies of the named nodes.
    static func with(_ names: [String], on day: String = "2020-08-13", _ body: (Stage) throws -> Void) throws {
        let images = try founded.get()
        try withTemporaryFolder(inMemory: true) { folder in
            let stage = Stage(in: folder, opened: Set(names))
            try stage.set(day)
            for name in names {
                guard let image = images[name] else { preconditionFailure("no machine \(name)") }
                try image.put(into: URL(fileURLWithPath: stage.path(name)))
                stage.nodes[name] = try Node(opening: stage.path(name), surroundings: stage.clock.surroundings)
            }
            defer { for node in stage.nodes.values { try? node.store.close() } }
            try body(stage)
        }
    }

    private init(in folder: URL, opened: Set<String>) {
        self.folder = folder
        self.opened = opened
        clock = StageClock(seed: 20)
    }

    /// Names in the order of the machines' list.
    var names: [String] { Offices.machines.map(\.name).filter(opened.contains) }

    private static func found() throws -> [String: FolderImage] {
        try withTemporaryFolder(inMemory: true) { folder in
            let stage = Stage(in: folder, opened: Set(Offices.machines.map(\.name)))
            try stage.set("2020-04-01")
            for machine in Offices.machines { try stage.enrol(machine) }
            try stage.set("2020-05-20")
            try stage.publishPlans()
            try stage.exchangeAll()
            return try stage.nodes.mapValues { node in
                try node.store.close()
                return try FolderImage(of: URL(fileURLWithPath: node.folder.path))
            }
        }
    }

    private func enrol(_ machine: Offices.Machine) throws {
        let written = machine.units.filter { !$0.isElsewhere }.map { CredentialContent.WrittenUnit($0.id, machine.place, isGovernment: $0.isGovernment) }
        let plan = NodePlan(name: machine.name, region: machine.place, lines: machine.lines, units: written)
        let node = try Node.create(at: path(machine.name), plan: plan, surroundings: clock.surroundings)
        nodes[machine.name] = node
        guard let superior = machine.superior else {
            try node.found(plan: plan, isRehearsal: true)
            return try register(machine)
        }
        let joins = machine.name == "gt2"
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: Offices.machine(superior).superior == nil && machine.lines == nil ? 4 : nil, lineage: joins ? .joins : .first))
        let granter = Offices.government(of: Offices.machine(superior).place)
        let consents = joins ? [try nodes["gt"]!.consent(to: request)] : []
        _ = try nodes[superior]!.grant(request, by: granter, person: "clerk", consents: consents)
        let grant = path("\(machine.name)-grant.tkb")
        _ = try BundleFile.export(nodes[superior]!, to: request.subject, path: grant, known: Heads([]))
        _ = try BundleFile.import(node, path: grant, isEnrolling: true)
        try node.adoptCredential()
        let isRegistered = Offices.machines.contains { $0.units.contains { $0.isElsewhere && $0.id == machine.units[0].id } }
        if !joins, !isRegistered { try register(machine) }
        try send(machine.name, to: superior)
    }

    /// A government registers the units of its place; a line's own office is registered by the government beside it.
    private func register(_ machine: Offices.Machine) throws {
        let name = machine.units.contains(where: \.isGovernment) ? machine.name : machine.superior ?? machine.name
        for unit in machine.units {
            try self[name].state(
                "unit:\(machine.place)/\(unit.id)",
                [
                    "name": unit.name, "aliases": unit.aliases, "line": unit.line ?? "", "management": unit.management ?? "", "ledgerMark": unit.mark ?? "",
                    "members": unit.members ?? "", "isGovernment": unit.isGovernment ? "true" : "",
                ], by: Offices.government(of: machine.place).text)
        }
    }

    // MARK: Carrying outside a case's own bundles

    /// Everything that the one holds and the other may have.
    func send(_ from: String, to: String) throws {
        let (sender, receiver) = (nodes[from]!, nodes[to]!)
        let known = try receiver.ask { Heads(try $0.heldHeads()) }
        try deliver(try bytes(try Exporter(sender, to: try receiver.settings().node, known: known)), to: to)
    }

    /// What the one wrote beyond `known`, for the other; nil where the other may have none of it, or is unknown to the one.
    func file(from: String, to: String, known: Heads) throws -> [UInt8]? {
        do {
            let exporter = try Exporter(nodes[from]!, to: try nodes[to]!.settings().node, known: known)
            return exporter.plan.isEmpty ? nil : try bytes(exporter)
        } catch let error as NodeError where error.code == .unknownNode {
            return nil
        }
    }

    func bytes(_ exporter: Exporter) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try exporter.frames { bytes += $0.bytes }
        return bytes
    }

    @discardableResult
    func deliver(_ bytes: [UInt8], to name: String) throws -> ImportReport {
        var importer = Importer(nodes[name]!)
        try importer.feed(bytes)
        return try importer.finish()
    }

    /// Upwards, then downwards, until everybody holds what he may.
    func exchangeAll() throws {
        for name in names.reversed() { if let superior = superior(of: name) { try send(name, to: superior) } }
        for name in names { if let superior = superior(of: name) { try send(superior, to: name) } }
    }

    private func superior(of name: String) -> String? { Offices.machine(name).superior.flatMap { opened.contains($0) ? $0 : nil } }

    // MARK: Images of a store

    func saveStore(_ name: String) throws -> Data {
        try nodes[name]!.store.close()
        return try Data(contentsOf: URL(fileURLWithPath: nodes[name]!.folder.storePath))
    }

    /// Puts a store back under its living folder and opens it again.
    func putStore(_ image: Data, _ name: String) throws {
        let path = nodes[name]!.folder.storePath
        try? nodes[name]!.store.close()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try image.write(to: URL(fileURLWithPath: path))
        nodes[name] = try Node(opening: self.path(name), surroundings: clock.surroundings)
    }
}
