import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

@testable import TiaokuaiNode

/// The folders and items that the write paths start from, made once for all tests: a province, a city and a county that
/// were enrolled by file, and what the county wrote.
final class Network: Sendable {
    static let shared = Result { try Network() }

    static let province: UnitID = "620000.gov"
    static let city: UnitID = "620700.gov"
    static let county: UnitID = "620724.gov"
    static let countyFood: UnitID = "620724.ndrc"

    static let provincePlan = NodePlan(name: "gs", region: "620000", units: [.init(province, "620000", isGovernment: true)])
    static let cityPlan = NodePlan(name: "zy", region: "620700", units: [.init(city, "620700", isGovernment: true)])
    static let countyPlan = NodePlan(
        name: "gt", region: "620724", units: [.init(county, "620724", isGovernment: true), .init(countyFood, "620724")])

    private let folder: URL
    let cityRequest: [UInt8]
    let countyRequest: [UInt8]
    /// The county's changesets: policy (indicator, matrix), two of work, then a matrix that turns the mode round.
    let policy, firstWork, secondWork, turned: ChangesetItem
    /// At the sequence of `secondWork`, by the county's disk image.
    let forked: ChangesetItem
    /// The second root statement.
    let root: [UInt8]
    /// The city's checkpoint and receipt after it received the county's first three changesets.
    let checkpoint, receipt: [UInt8]

    /// The folder of a node as it stood, or a file that was carried; never opened itself.
    func snapshot(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiaokuai-network-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        Network.removeAtExit(folder)
        self.folder = folder
        let maker = Maker(folder: folder)

        try maker.create("gs", Network.provincePlan)
        try maker.keep("gs", as: "gs-new")
        try maker.with("gs") { try $0.found(plan: Network.provincePlan, isRehearsal: true) }
        try maker.create("zy", Network.cityPlan)
        cityRequest = try maker.with("zy") { try $0.makeRequest(plan: Network.cityPlan, depth: 4) }
        try maker.keep("gs", as: "gs-founded")
        try maker.enrol("zy", cityRequest, by: "gs", as: Network.province)
        try maker.create("gt", Network.countyPlan)
        countyRequest = try maker.with("gt") { try $0.makeRequest(plan: Network.countyPlan, depth: nil) }
        try maker.keep("gt", as: "gt-new")
        try maker.enrol("gt", countyRequest, by: "zy", as: Network.city)
        try maker.keep("gt", as: "gt-enrolled")
        try maker.keep("zy", as: "zy-enrolled")

        policy = try maker.write("gt", Drafts.grain(mode: .lineFirst))
        firstWork = try maker.write("gt", [Drafts.figure("14.2")] + Drafts.progress(1...3))
        try maker.keep("gt", as: "gt-first")
        try maker.keep("gt", as: "gt-image")
        forked = try maker.write("gt-image", [Drafts.figure("15.0")])
        secondWork = try maker.write("gt", [Drafts.figure("15.6", unit: Network.county)] + Drafts.progress(3...5))
        try maker.keep("gt", as: "gt-second")
        turned = try maker.write("gt", [Drafts.matrix(mode: .blockFirst)])

        try maker.with("gt-second") { try $0.backUp(to: maker.path("gt-backup")) }
        let cityID = try maker.with("zy") { try $0.settings().node }
        try maker.with("gt") { _ = try BundleFile.export($0, to: cityID, path: maker.path("gt-zy.tkb")) }

        let items = [policy, firstWork, secondWork]
        try maker.with("zy") { node in for item in items { _ = try node.receive(item) } }
        try maker.keep("zy", as: "zy-second")
        let county = try maker.with("gt") { try $0.settings().node }
        let province = try maker.with("gs") { try $0.settings().node }
        (checkpoint, receipt) = try maker.with("zy") { (try $0.checkpoint(), try $0.receipt(to: county)) }
        root = try maker.with("gs", Network.nextRoot)

        // The province sums up for the city what the county wrote.
        try maker.with("zy") { node in
            _ = try node.receive(turned)
            _ = try BundleFile.export(node, to: province, path: maker.path("zy-gs.tkb"))
        }
        try maker.with("gs") { node in
            _ = try BundleFile.import(node, path: maker.path("zy-gs.tkb"))
            let made = try SnapshotFile.make(node, for: cityID, path: maker.path("zy-snapshot.tkb"), isSealed: false)
            precondition(made.statement.summed > 0)
        }
    }

    private static func nextRoot(_ node: Node) throws -> [UInt8] {
        let first = try UnverifiedStatement(try node.store.read { try $0.statements(.rootStatement) }[0].envelope, .root)
        var root = try RootStatement(first.claimed)
        root.number = 2
        root.previous = sha256(first.claimed)
        return try Statement.sign(root.explicitForm, as: .root, key: try node.keys.signer())
    }

    private static func removeAtExit(_ folder: URL) {
        removed = folder.path
        atexit { try? FileManager.default.removeItem(atPath: Network.removed) }
    }

    nonisolated(unsafe) private static var removed = ""
}

/// Makes the network's folders.
private struct Maker {
    let folder: URL

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func create(_ name: String, _ plan: NodePlan) throws {
        try Node.create(at: path(name), plan: plan, surroundings: Stage.surroundings()).store.close()
    }

    @discardableResult
    func with<Result>(_ name: String, _ body: (Node) throws -> Result) throws -> Result { try Stage.with(path(name), body) }

    func keep(_ name: String, as copy: String) throws { try Stage.copy(path(name), to: path(copy)) }

    func enrol(_ name: String, _ request: [UInt8], by superior: String, as unit: UnitID) throws {
        let grant = path("\(name)-grant.tkb")
        try with(superior) { node in
            let read = try Node.readRequest(request)
            _ = try node.grant(read, by: unit, person: "clerk")
            _ = try BundleFile.export(node, to: read.subject, path: grant, known: Heads([]))
        }
        try with(name) { node in
            _ = try BundleFile.import(node, path: grant, isEnrolling: true)
            try node.adoptCredential()
        }
    }

    /// Writes and seals; gives the changeset.
    func write(_ name: String, _ drafts: [Draft]) throws -> ChangesetItem {
        try with(name) { node in
            try node.write(drafts)
            try node.seal()
            return try node.store.read { reader in try reader.changeset(try reader.changesets().last ?? .unsealed).item }
        }
    }
}

/// What the offices write in these tests.
enum Drafts {
    static let policyPlace = Partition.policy("620724")
    static let workPlace = Partition.work("620724", nil)

    static func matrix(mode: ResponsibilityMode) -> Draft {
        Draft(
            key: RecordKey(policyPlace, MatrixKind.table.name, ["高台县方案", "保粮食能源安全/一"]), unit: Network.county, person: "clerk",
            fields: [
                .init(MatrixKind.mode, .text(mode.rawValue)), .init(MatrixKind.leads, [.text(Network.countyFood.text)]),
                .init(MatrixKind.indicators, ["grainReserveDays"]), .init(MatrixKind.inForceFrom, .day(Day(number: 18_486))),
            ])
    }

    static func grain(mode: ResponsibilityMode) -> [Draft] {
        [
            Draft(
                key: RecordKey(policyPlace, IndicatorKind.table.name, ["grainReserveDays"]), unit: Network.county, person: "clerk",
                fields: [
                    .init(IndicatorKind.title, "成品粮储备天数"), .init(IndicatorKind.measure, "天"), .init(IndicatorKind.line, "ndrc"), .init(IndicatorKind.nature, "stock"),
                ]),
            matrix(mode: mode),
        ]
    }

    static func cityIndicator(_ id: String) -> Draft {
        Draft(
            key: RecordKey(.policy("620700"), IndicatorKind.table.name, [.text(id)]), unit: Network.city, person: "clerk",
            fields: [
                .init(IndicatorKind.title, "城镇新增就业"), .init(IndicatorKind.measure, "人"), .init(IndicatorKind.line, "hrss"), .init(IndicatorKind.nature, "flow"),
            ])
    }

    static let grainKey = RecordKey(workPlace, CellKind.table.name, ["grainReserveDays", "2020-08"])

    static func figure(_ value: String, unit: UnitID = Network.countyFood, period: String = "2020-08") -> Draft {
        Draft(
            key: RecordKey(workPlace, CellKind.table.name, ["grainReserveDays", .text(period)]), unit: unit, person: "clerk",
            fields: [.init(CellKind.value, (try? ExactDecimal(parsing: value)).map { .decimal($0) })])
    }

    /// Records that the fast path takes.
    static func progress(_ numbers: ClosedRange<Int>, value: Int64 = 1) -> [Draft] {
        numbers.map { number in
            Draft(
                key: RecordKey(workPlace, ProgressKind.table.name, [.bytes([UInt8](repeating: UInt8(number), count: ProgressKind.idByteCount))]),
                unit: Network.countyFood, person: "clerk",
                fields: [.init(ProgressKind.line, "ndrc"), .init(ProgressKind.value, .decimal(ExactDecimal(value)))])
        }
    }

    /// One more record that the fast path takes, of a number of its own.
    static func numbered(_ number: Int) -> [Draft] {
        var id = [UInt8](repeating: 0xee, count: ProgressKind.idByteCount)
        id[0] = UInt8(number >> 8)
        id[1] = UInt8(number & 0xff)
        return [
            Draft(
                key: RecordKey(workPlace, ProgressKind.table.name, [.bytes(id)]), unit: Network.countyFood, person: "clerk",
                fields: [.init(ProgressKind.line, "ndrc"), .init(ProgressKind.value, .decimal(ExactDecimal(Int64(number))))])
        ]
    }

    /// A named person: never leaves the store.
    static func named(_ number: Int64) -> Draft {
        Draft(
            key: RecordKey(.local, RealNameEntryKind.table.name, [.text(Network.countyFood.text), "示例", .decimal(ExactDecimal(number))]),
            unit: Network.countyFood, person: "clerk", fields: [.init(RealNameEntryKind.name, "示例数据")])
    }
}

extension NodeView {
    /// Every record of progress at the county.
    func progress() throws -> [RecordRef] {
        guard let partition = try reader.partitionRef(Drafts.workPlace) else { return [] }
        return try reader.records(inPartition: partition, after: RecordRef(0), limit: .max).filter { try reader.record($0).key.kind == ProgressKind.table.name }
    }
}
