import Foundation
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

// Another field on the same engine: a flood-control office declares a record kind of its own in one file (FloodKinds.swift),
// two offices lodge claims, and the rule of 条块结合 settles them on both nodes. Nothing here touches the engine.

func check(_ condition: Bool, _ what: String) {
    print(condition ? "ok: \(what)" : "FAILED: \(what)")
    if !condition { exit(1) }
}

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiaokuai-integrator-\(ProcessInfo.processInfo.processIdentifier)").path
defer { try? FileManager.default.removeItem(atPath: folder) }

let kinds = try KindRegistry.builtIn.adding([FloodKinds.gauge])
do {
    _ = try kinds.adding([FloodKinds.gauge])
    check(false, "a name that is declared already is refused")
} catch {
    check(error.code == .formNameTaken, "a name that is declared already is refused")
}

let provincePlan = NodePlan(name: "province", region: "620000", units: [.init("620000.gov", "620000", isGovernment: true)])
let province = try Node.create(at: folder + "/province", plan: provincePlan, kinds: kinds)
try province.found(plan: provincePlan, isRehearsal: false)

let countyPlan = NodePlan(name: "county", region: "620724", units: [.init("620724.gov", "620724", isGovernment: true), .init("620724.water", "620724")])
let county = try Node.create(at: folder + "/county", plan: countyPlan, kinds: kinds)
let request = try Node.readRequest(try county.makeRequest(plan: countyPlan, depth: nil))
_ = try province.grant(request, by: "620000.gov", person: "operator")
_ = try BundleFile.export(province, to: request.subject, path: folder + "/grant.tkb", known: Heads([]))
_ = try BundleFile.import(county, path: folder + "/grant.tkb", isEnrolling: true)
try county.adoptCredential()

// The county's plan: dispatch is 以条为主, so where the two differ the water office is followed.
try county.write([
    Draft(
        key: RecordKey(.policy("620724"), MatrixKind.table.name, ["防汛预案(示例)", "调度"]), unit: "620724.gov", person: "operator",
        fields: [
            .init(MatrixKind.mode, .text(ResponsibilityMode.lineFirst.rawValue)), .init(MatrixKind.formula, "以条为主"),
            .init(MatrixKind.indicators, [.text(FloodKinds.gauge.name.text)]), .init(MatrixKind.inForceFrom, .day(try Day(parsing: "2020-06-01"))),
        ])
])

let key = RecordKey(.work("620724", nil), FloodKinds.gauge.name, ["2020-08-14", "示例-01"])
func level(_ unit: UnitID, _ value: String) throws -> Draft {
    Draft(key: key, unit: unit, person: "operator", fields: [.init(FloodKinds.level, .decimal(try ExactDecimal(parsing: value)))])
}
try county.write([try level("620724.water", "31.40"), try level("620724.gov", "30.9")])
_ = try BundleFile.export(county, to: try province.settings().node, path: folder + "/up.tkb")
let report = try BundleFile.import(province, path: folder + "/up.tkb")
check(report.isComplete && report.refused.isEmpty, "the province took the county's bundle")

let both = try [county, province].map { node in try node.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
check(both[0] == both[1], "both nodes have the same digests")

let settled = try province.ask { view -> Settlement? in
    guard let network = view.settings.network, let ref = try view.reader.recordRef(key.identity(in: network)) else { return nil }
    return try view.settlement(ref)
}
let outcome = settled?.fields[FloodKinds.level]
check(outcome?.value == .decimal(try ExactDecimal(parsing: "31.4")), "the line's level stands at the province: 31.4 m")
check(outcome?.mode == .lineFirst && outcome?.standing.count == 2, "by 以条为主, and the block's is kept")
