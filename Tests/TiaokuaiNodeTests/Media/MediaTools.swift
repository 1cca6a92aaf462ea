import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// A province and a county right below it, with figures of the county's, each sealed for itself.
struct MediaScene {
    private(set) var network: TestNetwork
    var province: Node { network["gs"] }
    var county: Node { network["gt"] }
    let provinceID, countyID: NodeID

    init(in folder: URL, seed: UInt64 = 7) throws {
        network = try TestNetwork(in: folder, seed: seed)
        try network.enrol(
            "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")], by: "gs",
            as: TestNetwork.province)
        provinceID = try network["gs"].settings().node
        countyID = try network["gt"].settings().node
    }

    func path(_ name: String) -> String { network.path(name) }

    /// One more changeset of the county's.
    func write(_ period: Int) throws {
        let key = RecordKey(.work("620724", nil), "cell", ["grainReserveDays", .text("2020-\(period < 10 ? "0" : "")\(period)")])
        try network.report("gt", TestNetwork.countyFood, "\(period)", key: key)
        try county.seal()
    }

    @discardableResult
    func export(_ name: String, repeats: Int? = nil, again: [FeedRange] = [], known: Heads? = nil, isSealed: Bool = true, handler: Handler? = nil) throws -> WrittenBundle {
        try BundleFile.export(
            county, to: [provinceID], path: path(name), BundleFile.Options(known: known, repeats: repeats, again: again, isSealed: isSealed, handler: handler))[0]
    }

    @discardableResult
    func `import`(_ name: String, handler: Handler? = nil) throws -> ImportReport { try BundleFile.import(province, path: path(name), handler: handler) }

    /// The province's receipt, brought back to the county.
    func bringReceipt() throws {
        let answer = path("answer.tkb")
        _ = try BundleFile.writeReceipt(province, to: countyID, after: ImportReport(), path: answer)
        _ = try BundleFile.import(county, path: answer)
    }

    /// Sequences of the county's work that the province holds without a gap.
    func held() throws -> [UInt64] {
        try province.ask { view in
            try view.reader.feeds().filter { $0.feed.node == countyID && !$0.feed.partition.isPolicy }.flatMap { row in
                try view.reader.changesets(inFeed: row.ref, from: 1).filter { $0.state != .waiting }.map(\.sequence)
            }
        }
    }
}
