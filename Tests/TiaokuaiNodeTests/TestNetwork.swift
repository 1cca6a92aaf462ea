import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A rehearsal network in folders of its own: a province, a city and a county, enrolled by file as real ones are.
struct TestNetwork {
    let folder: URL
    private(set) var nodes: [String: Node] = [:]
    let surroundings: Surroundings

    static let province: UnitID = "620000.gov"
    static let city: UnitID = "620700.gov"
    static let cityFood: UnitID = "620700.ndrc"
    static let county: UnitID = "620724.gov"
    static let countyFood: UnitID = "620724.ndrc"

    /// - Parameter keys: the suites of the province's own keys, which without `rootKeys` are the root's.
    init(in folder: URL, seed: UInt64 = 1, keys: KeyPlan = KeyPlan(), rootKeys: [SigningKey] = [], threshold: UInt64 = 1) throws {
        self.folder = folder
        surroundings = TestNetwork.surroundings(seed: seed)
        let plan = NodePlan(
            name: "gs", region: "620000", units: [.init(TestNetwork.province, "620000", isGovernment: true), .init("620000.ndrc", "620000")], keys: keys)
        let top = try Node.create(at: folder.appendingPathComponent("gs").path, plan: plan, surroundings: surroundings)
        try top.found(plan: plan, isRehearsal: true, rootKeys: rootKeys, threshold: threshold)
        nodes["gs"] = top
    }

    /// A clock that steps a second at every look, and repeatable randomness.
    static func surroundings(seed: UInt64) -> Surroundings {
        let state = Locked((clock: Int64(1_597_190_400_000), random: SplitMix64(seed: seed)))
        return Surroundings(
            now: {
                state.with {
                    $0.clock += 1_000; return Written(milliseconds: $0.clock)
                }
            },
            randomBytes: { count in state.with { state in (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &state.random) } } })
    }

    subscript(name: String) -> Node { nodes[name]! }

    mutating func add(_ name: String, _ node: Node) { nodes[name] = node }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Request, grant and acceptance by files.
    mutating func enrol(
        _ name: String, region: RegionID, units: [CredentialContent.WrittenUnit], by superior: String, as unit: UnitID, depth: UInt64? = nil,
        lineage: CredentialContent.Lineage = .first, heads: [ChangesetID] = [], agreeing: String? = nil, lines: [LineID]? = nil, keys: KeyPlan = KeyPlan()
    ) throws {
        let plan = NodePlan(name: name, region: region, lines: lines, units: units, keys: keys)
        let node = try Node.create(at: path(name), plan: plan, surroundings: surroundings)
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: depth, lineage: lineage))
        let consents = try agreeing.map { [try self[$0].consent(to: request)] } ?? []
        _ = try self[superior].grant(request, by: unit, person: "clerk", consents: consents, heads: heads)
        let grant = path("\(name)-grant.tkb")
        _ = try BundleFile.export(self[superior], to: request.subject, path: grant, known: Heads([]))
        _ = try BundleFile.import(node, path: grant, isEnrolling: true)
        try node.adoptCredential()
        nodes[name] = node
    }

    mutating func enrolCityAndCounty(city: KeyPlan = KeyPlan(), county: KeyPlan = KeyPlan()) throws {
        try enrol(
            "zy", region: "620700", units: [.init(TestNetwork.city, "620700", isGovernment: true), .init(TestNetwork.cityFood, "620700")], by: "gs",
            as: TestNetwork.province, depth: 4, keys: city)
        try enrol(
            "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")], by: "zy",
            as: TestNetwork.city, keys: county)
    }

    /// Carries everything one way on a stick; gives the report.
    @discardableResult
    func carry(_ from: String, to: String) throws -> ImportReport {
        let path = self.path("\(from)-\(to).tkb")
        _ = try BundleFile.export(self[from], to: try self[to].settings().node, path: path)
        return try BundleFile.import(self[to], path: path)
    }

    func publishGrain(mode: ResponsibilityMode?) throws {
        let place = Partition.policy("620724")
        try self["gt"].write([
            Draft(
                key: RecordKey(place, IndicatorKind.table.name, ["grainReserveDays"]), unit: TestNetwork.county, person: "clerk",
                fields: [
                    .init(IndicatorKind.title, "成品粮储备天数"), .init(IndicatorKind.measure, "天"), .init(IndicatorKind.line, "ndrc"), .init(IndicatorKind.nature, "stock"),
                ]),
            Draft(
                key: RecordKey(place, MatrixKind.table.name, ["高台县方案", "保粮食能源安全/一"]), unit: TestNetwork.county, person: "clerk",
                fields: [
                    .init(MatrixKind.leads, [.text(TestNetwork.countyFood.text)]), .init(MatrixKind.indicators, ["grainReserveDays"]),
                    .init(MatrixKind.clause, "保粮食能源安全 一(五)"), .init(MatrixKind.inForceFrom, .day(Day(year: 2020, month: 8, day: 12)!)),
                ] + (mode.map { [.init(MatrixKind.mode, .text($0.rawValue)), .init(MatrixKind.formula, "以条为主")] } ?? [])),
        ])
    }

    static let grainKey = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-08"])

    @discardableResult
    func report(_ name: String, _ unit: UnitID, _ value: String, key: RecordKey = grainKey) throws -> WrittenOperation {
        try self[name].write([TestNetwork.draft(value, unit: unit, key: key)])[0]
    }

    static func draft(_ value: String, unit: UnitID = countyFood, key: RecordKey = grainKey) throws -> Draft {
        Draft(key: key, unit: unit, person: "clerk", fields: [.init(CellKind.value, .decimal(try ExactDecimal(parsing: value)))])
    }

    /// Puts an earlier image of a node's store back under its living marker, as disk imaging does.
    func imaged(_ name: String, from image: String) throws -> Node {
        try self[name].store.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path("\(name)/tiaokuai.sqlite") + suffix) }
        try FileManager.default.copyItem(atPath: image, toPath: path("\(name)/tiaokuai.sqlite"))
        return try Node(opening: path(name), surroundings: surroundings)
    }

    /// The superior cuts a node's key at the heads that it holds of it now.
    func cut(_ name: String, by superior: String, as unit: UnitID) throws {
        let subject = try self[name].settings()
        try self[superior].write { view in
            let heads = try view.heldHeads().filter { $0.feed.node == subject.node }.map(\.id)
            let content = CutContent(credential: subject.credential ?? .zero, subject: subject.node, heads: heads, reason: "stolen")
            let key = RecordKey(.policy(subject.region), CutKind.table.name, [.text(unit.text), .bytes(subject.node.hash.bytes), 1])
            return [Draft(key: key, unit: unit, person: "clerk", fields: [.init(CutKind.content, .bytes(content.explicitForm))])]
        }
    }

    func outcome(_ name: String, _ key: RecordKey = grainKey) throws -> TiaokuaiMergeOutcome? {
        let node = self[name]
        return try node.ask { view in
            guard let network = view.settings.network, let ref = try view.reader.recordRef(key.identity(in: network)) else { return nil }
            return try view.settlement(ref)?.fields[CellKind.value]
        }
    }
}

/// A value behind a lock, for injected clocks.
final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value
    init(_ value: Value) { self.value = value }
    func with<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}
