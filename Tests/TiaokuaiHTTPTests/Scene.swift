import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// Everything over a real socket runs one test after the other: bytes and memory are counted.
@Suite(.serialized) struct WireTests {}

/// A rehearsal network in folders of its own: a province, a city, a county and perhaps more, enrolled by file.
struct Scene {
    let folder: URL
    private(set) var nodes: [String: Node] = [:]

    static let province: UnitID = "620000.gov"
    static let city: UnitID = "620700.gov"
    static let county: UnitID = "620724.gov"

    init(in folder: URL) throws {
        self.folder = folder
        try found("gs")
        try enrol("zy", "620700", [.init(Scene.city, "620700", isGovernment: true)], by: "gs", as: Scene.province, depth: 4)
        try enrol("gt", "620724", [.init(Scene.county, "620724", isGovernment: true)], by: "zy", as: Scene.city)
    }

    subscript(name: String) -> Node {
        guard let node = nodes[name] else { preconditionFailure("no node \(name) in the scene") }
        return node
    }

    func id(_ name: String) throws -> NodeID { try self[name].settings().node }

    /// A root of a network of its own.
    mutating func found(_ name: String) throws {
        let plan = NodePlan(name: name, region: "620000", units: [.init(Scene.province, "620000", isGovernment: true)])
        let node = try Node.create(at: folder.appendingPathComponent(name).path, plan: plan)
        try node.found(plan: plan, isRehearsal: true)
        nodes[name] = node
    }

    mutating func enrol(
        _ name: String, _ region: RegionID, _ units: [CredentialContent.WrittenUnit], by superior: String, as unit: UnitID, depth: UInt64? = nil
    ) throws {
        let plan = NodePlan(name: name, region: region, units: units)
        let node = try Node.create(at: folder.appendingPathComponent(name).path, plan: plan)
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: depth))
        _ = try self[superior].grant(request, by: unit, person: "clerk")
        let grant = folder.appendingPathComponent("\(name)-grant.tkb").path
        _ = try BundleFile.export(self[superior], to: request.subject, path: grant, known: Heads([]))
        _ = try BundleFile.import(node, path: grant, isEnrolling: true)
        try node.adoptCredential()
        nodes[name] = node
    }

    mutating func replace(_ name: String, with node: Node) throws { nodes[name] = node }

    // MARK: Work

    /// One sealed changeset: a county's report with a remark of so many characters that don't compress well.
    func report(_ number: Int, remark characters: Int = 0, random: inout SplitMix64) throws {
        try lodge("gt", Scene.county, number, characters, &random)
    }

    /// The same by the province, on the county's record: it flows down.
    func determine(_ number: Int, remark characters: Int = 0, random: inout SplitMix64) throws {
        try lodge("gs", Scene.province, number, characters, &random)
    }

    private func lodge(_ name: String, _ unit: UnitID, _ number: Int, _ characters: Int, _ random: inout SplitMix64) throws {
        try self[name].write([
            Draft(
                key: RecordKey(.work("620724", nil), CellKind.table.name, [.text("indicator\(number)"), "2020-08"]), unit: unit, person: "clerk",
                fields: [
                    .init(CellKind.value, .decimal(ExactDecimal(Int64(number)))), .init(CellKind.remark, .text(random.bytes(characters / 2).hex)),
                ])
        ])
        try self[name].seal()
    }

    /// So many of a county's reports in whole batches.
    func reportMany(_ count: Int, remark characters: Int, random: inout SplitMix64) throws {
        var drafts: [Draft] = []
        for number in 0..<count {
            drafts.append(
                Draft(
                    key: RecordKey(.work("620724", nil), CellKind.table.name, [.text("indicator\(number)"), "2020-08"]), unit: Scene.county, person: "clerk",
                    fields: [
                        .init(CellKind.value, .decimal(ExactDecimal(Int64(number)))), .init(CellKind.remark, .text(random.bytes(characters / 2).hex)),
                    ]))
        }
        try self["gt"].write(drafts)
    }

    /// One sealed changeset of the province's policy.
    func define(_ number: Int, definition characters: Int = 0, random: inout SplitMix64) throws {
        try self["gs"].write([
            Draft(
                key: RecordKey(.policy("620000"), IndicatorKind.table.name, [.text("indicator\(number)")]), unit: Scene.province, person: "clerk",
                fields: [
                    .init(IndicatorKind.title, .text("指标\(number)")), .init(IndicatorKind.measure, "天"),
                    .init(IndicatorKind.definition, .text(random.bytes(characters / 2).hex)),
                ])
        ])
        try self["gs"].seal()
    }

    /// Input and derived digest over what all three share.
    func digest(_ name: String) throws -> [Hash32] {
        let digest = try self[name].ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
        return [digest.input, digest.derived]
    }

    func changesets(_ name: String) throws -> Int { try self[name].store.read { try $0.changesets().count } }
    func statements(_ name: String) throws -> Int {
        try self[name].store.read { reader in try [FrameType.rootStatement, .checkpoint, .receipt].reduce(0) { try $0 + reader.statements($1).count } }
    }
}
