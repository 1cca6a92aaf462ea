import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A small province with a history: a province, a city and three counties, which have written, handed over and acknowledged for
/// some rounds. Every clock steps a second at every look, and randomness repeats itself.
final class Province {
    static let counties: [(name: String, region: RegionID)] = [("gt", "620724"), ("gz", "620702"), ("ml", "620722")]

    let folder: URL
    let surroundings: Surroundings
    private(set) var nodes: [String: Node] = [:]

    /// The clock, and where randomness goes on.
    let time: Shared<(clock: Int64, random: SplitMix64)>

    /// - Parameter countyKeys: of counties whose keys are other than everybody's.
    init(in folder: URL, rounds: Int, keys: KeyPlan = KeyPlan(), counties: Int = 3, countyKeys: [String: KeyPlan] = [:]) throws {
        self.folder = folder
        time = Shared((clock: Int64(1_597_190_400_000), random: SplitMix64(seed: 7)))
        surroundings = Province.surroundings(time)
        let plan = NodePlan(name: "gs", region: "620000", units: [.init("620000.gov", "620000", isGovernment: true)], keys: keys)
        let top = try Node.create(at: path("gs"), plan: plan, surroundings: surroundings)
        try top.found(plan: plan, isRehearsal: true)
        nodes["gs"] = top
        try enrol("zy", region: "620700", unit: "620700.gov", by: "gs", as: "620000.gov", depth: 4, keys: keys)
        for (name, region) in Province.counties.prefix(counties) {
            try enrol(name, region: region, unit: UnitID(checking: "\(region.text).gov"), by: "zy", as: "620700.gov", keys: countyKeys[name] ?? keys)
        }
        for round in 0..<rounds { try play(round) }
    }

    static func surroundings(_ state: Shared<(clock: Int64, random: SplitMix64)>) -> Surroundings {
        Surroundings(
            now: {
                state.with {
                    $0.clock += 1_000
                    return Written(milliseconds: $0.clock)
                }
            },
            randomBytes: { count in state.with { state in (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &state.random) } } })
    }

    subscript(name: String) -> Node { nodes[name]! }

    var names: [String] { nodes.keys.sorted() }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func enrol(_ name: String, region: RegionID, unit: UnitID, by superior: String, as issuer: UnitID, depth: UInt64? = nil, keys: KeyPlan) throws {
        let plan = NodePlan(name: name, region: region, units: [.init(unit, region, isGovernment: true)], keys: keys)
        let node = try Node.create(at: path(name), plan: plan, surroundings: surroundings)
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: depth))
        _ = try self[superior].grant(request, by: issuer, person: "clerk")
        _ = try BundleFile.export(self[superior], to: request.subject, path: path("\(name)-grant.tkb"), known: Heads([]))
        _ = try BundleFile.import(node, path: path("\(name)-grant.tkb"), isEnrolling: true)
        try node.adoptCredential()
        nodes[name] = node
    }

    /// Each office reports, and sticks go up and down.
    func play(_ round: Int) throws {
        for (name, node) in nodes.sorted(by: { $0.key < $1.key }) {
            let unit: UnitID = name == "gs" ? "620000.gov" : try UnitID(checking: "\(try node.settings().region.text).gov")
            try report(name, unit, round)
        }
        let counties = Province.counties.map(\.name).filter { nodes[$0] != nil }
        for county in counties { try carry(county, "zy") }
        try carry("zy", "gs")
        try carry("gs", "zy")
        for county in counties { try carry("zy", county) }
    }

    func report(_ name: String, _ unit: UnitID, _ round: Int) throws {
        let place = try self[name].settings().region
        let key = RecordKey(.work(place, nil), CellKind.table.name, ["grainReserveDays", .text("2020-0\(round % 9 + 1)")])
        let value = try ExactDecimal(parsing: "\(round).\(unit.text.count)")
        try self[name].write([Draft(key: key, unit: unit, person: "clerk", fields: [.init(CellKind.value, .decimal(value))])])
    }

    func carry(_ from: String, _ to: String) throws {
        let path = path("\(from)-\(to).tkb")
        _ = try BundleFile.export(self[from], to: try self[to].settings().node, path: path)
        _ = try BundleFile.import(self[to], path: path)
    }

    /// Puts an earlier image of a node's store back under its living marker: whoever has the folder and the key can do that.
    func putBack(_ image: String, at name: String) throws {
        try self[name].store.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path(name) + "/tiaokuai.sqlite" + suffix) }
        try FileManager.default.copyItem(atPath: image, toPath: path(name) + "/tiaokuai.sqlite")
        nodes[name] = try Node(opening: path(name), surroundings: surroundings)
    }

    /// A copy of a node's folder, to be spoilt.
    func copy(of name: String, as other: String) throws -> Node {
        let target = path(other)
        try self[name].store.backUp(to: target + ".sqlite")
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: target + ".sqlite", toPath: target + "/tiaokuai.sqlite")
        return try Node(opening: target, surroundings: surroundings)
    }
}

/// A value behind a lock, for injected clocks.
final class Shared<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value
    init(_ value: Value) { self.value = value }
    func with<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}
