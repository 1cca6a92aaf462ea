import Foundation
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

// Another field on the same engine: a flood-control office declares a record kind of its own, two offices lodge claims, and
// the rule of 条块结合 settles them on both nodes. Nothing here touches the engine.

let reservoir = KindTable(
    "reservoirLevel", "水库水位", .work, key: [.init("reservoir", .text), .init("day", .text)], issuer: .unitOfPlace,
    fields: [FieldSpec("metres", 16, .internal, .authority, .decimal, "水位(米)")])
let metres = FieldNumber(index: 16, class: .internal)

func check(_ condition: Bool, _ what: String) {
    print(condition ? "ok: \(what)" : "FAILED: \(what)")
    if !condition { exit(1) }
}

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiaokuai-integrator-\(ProcessInfo.processInfo.processIdentifier)").path
defer { try? FileManager.default.removeItem(atPath: folder) }

let provincePlan = NodePlan(name: "province", region: "620000", units: [.init("620000.gov", "620000", isGovernment: true)])
let province = try Node.create(at: folder + "/province", plan: provincePlan, kinds: [reservoir] + WorkKinds.all)
try province.found(plan: provincePlan, isRehearsal: false)

let countyPlan = NodePlan(name: "county", region: "620724", units: [.init("620724.gov", "620724", isGovernment: true), .init("620724.water", "620724")])
let county = try Node.create(at: folder + "/county", plan: countyPlan, kinds: [reservoir] + WorkKinds.all)
let request = try Node.readRequest(try county.makeRequest(plan: countyPlan, depth: nil))
_ = try province.grant(request, by: "620000.gov", person: "operator")
_ = try BundleFile.export(province, to: request.subject, path: folder + "/grant.tkb", known: Heads([]))
_ = try BundleFile.import(county, path: folder + "/grant.tkb", isEnrolling: true)
try county.adoptCredential()

let key = RecordKey(.work("620724", nil), "reservoirLevel", ["某水库", "2020-08-14"])
try county.write([
    Draft(key: key, unit: "620724.gov", person: "operator", fields: [.init(metres, .decimal(try ExactDecimal(parsing: "31.40")))])
])
_ = try BundleFile.export(county, to: try province.settings().node, path: folder + "/up.tkb")
let report = try BundleFile.import(province, path: folder + "/up.tkb")
check(report.isComplete && report.refused.isEmpty, "the province took the county's bundle")

let both = try [county, province].map { node in try node.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
check(both[0] == both[1], "both nodes have the same digests")

let settled = try province.ask { view -> Settlement? in
    guard let network = view.settings.network, let ref = try view.reader.recordRef(key.identity(in: network)) else { return nil }
    return try view.settlement(ref)
}
check(settled?.fields[metres]?.value == .decimal(try ExactDecimal(parsing: "31.4")), "the level stands at the province: 31.4 m")
