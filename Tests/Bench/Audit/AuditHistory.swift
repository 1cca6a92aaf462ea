import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWork

/// A province's history of a year, made up: its counties enrol, write measure-progress records and edit them, and hand over what they
/// sealed in four rounds, the counties in turn. Everything but keys and times follows from the numbers.
struct AuditHistory {
    let operations, changesets, counties: Int
    let folder: String

    private static let province: UnitID = "620000.gov"
    private static let rounds = 4
    /// Of four operations one makes a record.
    private static let editsPerRecord = 3

    private final class County {
        let node: Node
        let place: RegionID
        let unit: UnitID
        var records = 0
        var last = ChangesetRef(0)
        var random: SeededNumbers

        init(_ node: Node, _ place: RegionID, _ unit: UnitID, seed: UInt64) {
            self.node = node
            self.place = place
            self.unit = unit
            random = SeededNumbers(seed: seed)
        }
    }

    /// Leaves the province's node in `folder`.
    func make() throws {
        try? FileManager.default.removeItem(atPath: folder)
        let below = folder + ".counties"
        try? FileManager.default.removeItem(atPath: below)
        try FileManager.default.createDirectory(atPath: below, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: below) }
        let plan = NodePlan(name: "province", region: "620000", units: [.init(AuditHistory.province, "620000", isGovernment: true)])
        let province = try Node.create(at: folder, plan: plan)
        try province.found(plan: plan, isRehearsal: true)
        let places = province.regions.regions(on: Day(number: 18_500)).map(\.id).filter { province.regions.path(of: $0, on: Day(number: 18_500), root: "620000")?.count == 3 }
        let enrolled = try (0..<counties).map { try county(number: $0, at: places[$0 % places.count], below: below, under: province) }
        for round in 0..<AuditHistory.rounds {
            for (index, county) in enrolled.enumerated() { try hand(over: county, number: index, round: round, to: province) }
            _ = try province.checkpoint()
        }
        for county in enrolled { try county.node.store.close() }
        try province.store.close()
    }

    private func county(number: Int, at place: RegionID, below: String, under province: Node) throws -> County {
        let unit = UnitID(unchecked: "\(place).gov\(number)")
        let plan = NodePlan(name: "county\(number)", region: place, units: [.init(unit, place, isGovernment: true)])
        let node = try Node.create(at: "\(below)/\(number)", plan: plan)
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: nil))
        _ = try province.grant(request, by: AuditHistory.province, person: "bench")
        let grant = "\(below)/grant.tkb"
        _ = try BundleFile.export(province, to: request.subject, path: grant, known: Heads([]))
        _ = try BundleFile.import(node, path: grant, isEnrolling: true)
        try node.adoptCredential()
        // What came with the grant is not the county's to hand over.
        let county = County(node, place, unit, seed: UInt64(number) + 1)
        county.last = try node.store.read { try $0.changesets().last ?? ChangesetRef(0) }
        return county
    }

    /// A share, as even as whole numbers are.
    private static func share(_ total: Int, _ part: Int, of parts: Int) -> Int { total * (part + 1) / parts - total * part / parts }

    private func hand(over county: County, number: Int, round: Int, to province: Node) throws {
        let part = number * AuditHistory.rounds + round
        let mine = AuditHistory.share(operations, part, of: counties * AuditHistory.rounds)
        let batches = max(1, AuditHistory.share(changesets, part, of: counties * AuditHistory.rounds))
        for batch in 0..<batches {
            _ = try county.node.write((0..<AuditHistory.share(mine, batch, of: batches)).map { _ in draft(county, number) })
            try county.node.seal()
        }
        let items = try county.node.store.read { reader in
            let refs = try reader.changesets(after: county.last)
            county.last = refs.last ?? county.last
            return try refs.map { try reader.changeset($0).item }
        }
        for start in stride(from: 0, to: items.count, by: 32) {
            let refused = try province.receive(Array(items[start..<min(items.count, start + 32)])).filter { if case .accepted = $0 { false } else { true } }
            guard refused.isEmpty else { throw NodeError(.malformedItem, ["reason": "\(refused)"]) }
        }
    }

    private func draft(_ county: County, _ number: Int) -> Draft {
        let isNew = county.records == 0 || county.random.below(AuditHistory.editsPerRecord + 1) == 0
        let index = isNew ? county.records : county.random.below(county.records)
        if isNew { county.records += 1 }
        var fields: [TiaokuaiModel.Operation.Field] = []
        if isNew {
            fields.append(.init(ProgressKind.line, .text("hrss")))
            fields.append(.init(ProgressKind.indicator, .text("labourTransfer")))
            fields.append(.init(ProgressKind.period, .text("2020-\(index % 12 < 9 ? "0" : "")\(index % 12 + 1)")))
        }
        fields.append(.init(ProgressKind.value, .decimal(ExactDecimal(Int64(county.random.below(1_000_000))))))
        let key = Array(sha256(Array("\(number)/\(index)".utf8)).bytes.prefix(16))
        return Draft(
            key: RecordKey(.work(county.place, nil), ProgressKind.table.name, [.bytes(key)]), unit: county.unit, person: "bench", fields: fields)
    }
}

/// SplitMix64.
struct SeededNumbers {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
