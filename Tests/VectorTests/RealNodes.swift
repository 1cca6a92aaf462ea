import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A province that signs with Ed25519 and a county that signs with P-256, enrolled by file, with real work between them.
struct RealNodes {
    let folder: URL
    let province, county: Node

    init(in folder: URL) throws {
        self.folder = folder
        let top = NodePlan(name: "甘肃省", region: "620000", units: [.init("620000.gov", "620000", isGovernment: true)])
        province = try Node.create(at: folder.appendingPathComponent("620000").path, plan: top)
        try province.found(plan: top, isRehearsal: true)
        let plan = NodePlan(
            name: "高台县", region: "620724", units: [.init("620724.gov", "620724", isGovernment: true), .init("620724.ndrc", "620724")], keys: KeyPlan(suite: .p256))
        county = try Node.create(at: folder.appendingPathComponent("620724").path, plan: plan)
        let request = try Node.readRequest(try county.makeRequest(plan: plan, depth: nil))
        _ = try province.grant(request, by: "620000.gov", person: "zhang")
        let grant = folder.appendingPathComponent("grant.tkb").path
        _ = try BundleFile.export(province, to: request.subject, path: grant, known: Heads([]), isSealed: false)
        _ = try BundleFile.import(county, path: grant, isEnrolling: true)
        try county.adoptCredential()
    }

    func report(_ value: String, _ period: String) throws -> OperationID {
        let key = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", .text(period)])
        let figure = Value.decimal(try ExactDecimal(parsing: value))
        return try county.write([Draft(key: key, unit: "620724.ndrc", person: "li", fields: [.init(CellKind.value, figure)])])[0].id
    }

    /// Everything that one holds for the other, as a file.
    func export(_ node: Node, to peer: Node, _ name: String) throws -> String {
        let path = folder.appendingPathComponent(name).path
        _ = try BundleFile.export(node, to: try peer.settings().node, path: path, known: Heads([]), isSealed: false)
        return path
    }

    /// Three batches in the county's feed, the later ones resting on the first, and the province's receipt for them; the
    /// identities that were acknowledged, and the bundles of grant, way up and way down.
    func work() throws -> (written: [OperationID], bundles: [String]) {
        var written = [try report("14.2", "2020-08"), try report("15.6", "2020-09")]
        _ = try BundleFile.import(province, path: try export(county, to: province, "first.tkb"))
        written += [try report("14.20", "2020-08"), try report("14.5", "2020-08")]
        try county.seal()
        written.append(try report("30400", "2020-08"))
        let up = try export(county, to: province, "up.tkb")
        _ = try BundleFile.import(province, path: up)
        return (written, [folder.appendingPathComponent("grant.tkb").path, up, try export(province, to: county, "down.tkb")])
    }
}
