import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// A county with a history, and a second machine of it, `new`, that was enrolled and holds nothing of it yet.
struct SnapshotScene {
    private(set) var network: TestNetwork
    private var random: SplitMix64

    static let units: [CredentialContent.WrittenUnit] = [
        .init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724"),
    ]

    init(in folder: URL, seed: UInt64 = 1) throws {
        random = SplitMix64(seed: seed)
        network = try TestNetwork(in: folder, seed: seed)
        try network.enrolCityAndCounty()
        try network.enrol("new", region: "620724", units: SnapshotScene.units, by: "zy", as: TestNetwork.city, lineage: .joins, agreeing: "gt")
        try network.enrol("gz", region: "620702", units: [.init("620702.gov", "620702", isGovernment: true)], by: "zy", as: TestNetwork.city)
        try network.publishGrain(mode: .lineFirst)
        try meet()
    }

    /// The county and the city exchange what they have.
    func meet() throws {
        try network.carry("gt", to: "zy")
        try network.carry("zy", to: "gt")
    }

    /// What offices do: report, correct, contradict each other, seal, and meet or not.
    mutating func play(_ steps: Int) throws {
        for _ in 0..<steps {
            let key = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", .text("2020-0\(1 + Int.random(in: 0..<3, using: &random))")])
            let value = "\(10 + Int.random(in: 0..<5, using: &random)).\(Int.random(in: 1..<9, using: &random))"
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: try network.report("gt", TestNetwork.countyFood, value, key: key)
            case 2: try network.report("gt", TestNetwork.county, value, key: key)
            case 3: try network.report("zy", TestNetwork.cityFood, value, key: key)
            case 4, 5: try network["gt"].seal()
            case 6: try network.carry("gt", to: "zy")
            default: try meet()
            }
        }
        try network["gt"].seal()
    }

    var superior: Node { network["zy"] }
    var receiver: Node { network["new"] }

    /// A snapshot for the new machine as the city stands now.
    func make(_ name: String = "snapshot", isSealed: Bool = false) throws -> SnapshotFile.Made {
        try SnapshotFile.make(superior, for: try network.id("new"), path: network.path(name + ".tkb"), isSealed: isSealed)
    }

    /// Another machine with what the new one holds; it has no keys, and needs none to receive.
    func copy(as name: String, of other: String = "new") throws -> Node {
        let target = network.path(name)
        try network[other].store.backUp(to: target + ".sqlite")
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: target + ".sqlite", toPath: target + "/tiaokuai.sqlite")
        return try Node(opening: target, surroundings: network.surroundings)
    }

    /// Frames of a file, header and trailer left out.
    func frames(_ name: String = "snapshot") throws -> [Frame] {
        var out: [Frame] = []
        try BundleFile.inspect(path: network.path(name + ".tkb")) { item in
            if case .item(.frame(let frame, _)) = item, frame.type != .header, frame.type != .trailer { out.append(frame) }
        }
        return out
    }

    /// What the city sends behind these heads.
    func tail(behind heads: Heads) throws -> [Frame] { try network.frames("zy", to: "new", known: heads) }

    /// What the county's partitions come to at a node.
    func digest(_ node: Node) throws -> StateDigest {
        let partitions: [Partition] = [.policy("620000"), .policy("620700"), .policy("620724"), .work("620724", nil)]
        return try node.ask { try $0.digest(of: partitions) }
    }

    func deliver(_ frames: [Frame], to node: Node) throws {
        for frame in frames {
            if frame.type == .changeset { _ = try node.receive([try ChangesetItem(frame.payload)]) } else { _ = try node.receive([frame]) }
        }
    }

    func shuffled(_ frames: [Frame], seed: UInt64) -> [Frame] {
        var random = SplitMix64(seed: seed)
        return frames.shuffled(using: &random)
    }

    static func summed(_ node: Node) throws -> Int { try node.store.read { try $0.summedCount() } }
    static func changesets(_ node: Node) throws -> Int { try node.store.read { try $0.changesets().count } }
}
