import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWording

/// What a new node was meant to be, kept in its folder (`plan.json`) from `node init` until it asks for enrolment.
struct SavedPlan: Codable, Hashable {
    struct PlannedUnit: Codable, Hashable {
        var id: String
        var name: String?
        var region: String
        var isGovernment: Bool
    }

    var name: String
    var region: String
    var lines: [String]?
    var units: [PlannedUnit]
    var depth: UInt64?
    var joins: Bool
    var isRehearsal: Bool

    private static func path(in folder: NodeFolder) -> String { folder.path + "/plan.json" }

    /// Throws `noPlan`.
    static func read(in folder: NodeFolder) throws -> SavedPlan {
        guard FileManager.default.fileExists(atPath: path(in: folder)) else { throw CommandError(.noPlan) }
        let bytes = try DurableFile.read(path(in: folder), limit: 1 << 20)
        do {
            return try JSONDecoder().decode(SavedPlan.self, from: Data(bytes))
        } catch {
            throw CommandError(.malformedFile, ["path": path(in: folder), "reason": "\(error)"])
        }
    }

    func write(in folder: NodeFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try DurableFile.write(Array(try encoder.encode(self)), to: SavedPlan.path(in: folder), mode: 0o600)
    }

    func nodePlan() throws -> NodePlan {
        NodePlan(
            name: name, region: try RegionID(checking: region), lines: try lines?.map { try LineID(checking: $0) },
            units: try units.map { CredentialContent.WrittenUnit(try UnitID(checking: $0.id), try RegionID(checking: $0.region), isGovernment: $0.isGovernment) })
    }
}
