import Foundation
import TestKit
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Two years of a province in which everything happened that an archive has to carry: a county with a P-256 key, one whose disk
/// image was put back and that owned up to it, one that changed its key, one whose key was stolen and cut.
final class ArchiveScene {
    let province: Province
    let network: Hash32

    init(in folder: URL) throws {
        province = try Province(in: folder, rounds: 2, countyKeys: ["gt": KeyPlan(suite: .p256)])
        network = try province["gs"].settings().network?.hash ?? .zero
        try fork("gt")
        try rotate("ml")
        try cut("gz")
        try play(3)
        province.time.with { $0.clock = 1_615_000_000_000 }
        for round in 4..<6 { try play(round) }
    }

    func path(_ name: String) -> String { province.path(name) }

    /// What the counties that are left do.
    private func play(_ round: Int) throws {
        for (name, unit) in [("gs", "620000.gov"), ("zy", "620700.gov"), ("gt", "620724.gov"), ("ml", "620722.gov")] as [(String, UnitID)] {
            try province.report(name, unit, round)
        }
        for (from, to) in [("gt", "zy"), ("ml", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt"), ("zy", "ml")] { try province.carry(from, to) }
    }

    private func fork(_ name: String) throws {
        try province[name].store.backUp(to: path("image"))
        try province.report(name, "620724.gov", 6)
        try province.carry(name, "zy")
        try province.putBack(path("image"), at: name)
        try province.report(name, "620724.gov", 7)
        try province.carry(name, "zy")
        try province.carry("zy", name)
        let fork = try province[name].ask { try $0.forks() }[0]
        _ = try province[name].write { view in [view.repair(of: fork, cause: "image", by: "620724.gov", person: "clerk")] }
    }

    private func rotate(_ name: String) throws {
        let node = try province[name].settings().node
        let request = try Node.readRequest(try province[name].requestRotation())
        let heads = try province["zy"].ask { view in try view.heldHeads().filter { $0.feed.node == node }.map(\.id) }
        _ = try province["zy"].grant(request, by: "620700.gov", person: "clerk", heads: heads)
        try province.carry("zy", name)
        _ = try province[name].adoptRotation()
    }

    /// Its last report came after the cut.
    private func cut(_ name: String) throws {
        let subject = try province[name].settings()
        _ = try province["zy"].write { view in
            let heads = try view.heldHeads().filter { $0.feed.node == subject.node }.map(\.id)
            let content = CutContent(credential: subject.credential ?? .zero, subject: subject.node, heads: heads, reason: "stolen")
            let key = RecordKey(.policy(subject.region), CutKind.table.name, [.text("620700.gov"), .bytes(subject.node.hash.bytes), 1])
            return [Draft(key: key, unit: "620700.gov", person: "clerk", fields: [.init(CutKind.content, .bytes(content.explicitForm))])]
        }
        try province.report(name, "620702.gov", 8)
        try province.carry(name, "zy")
    }

    @discardableResult
    func archive(_ year: Int, as name: String, place: RegionID? = nil, volumeBytes: Int64 = 1 << 30) throws -> WrittenArchive {
        try province["gs"].archive(to: path(name), ArchiveOptions(year: year, place: place, volumeBytes: volumeBytes), readme: { "\($0.year) \($0.fieldClass)\n" })
    }

    func verify(_ names: String...) throws -> HistoryAudit.Report { try ArchiveAudit.run(names.map(path), root: network) }

    /// Every file below a folder, with its bytes.
    func files(_ name: String) throws -> [String: Data] {
        let folder = URL(fileURLWithPath: path(name))
        let names = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String]) ?? []
        return Dictionary(
            uniqueKeysWithValues: try names.compactMap { name in
                var isFolder: ObjCBool = false
                let isThere = FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path, isDirectory: &isFolder)
                return !isThere || isFolder.boolValue ? nil : (name, try Data(contentsOf: folder.appendingPathComponent(name)))
            })
    }
}
