import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// Changesets that come together are settled together, and come to what they come to one by one.
@Suite struct GroupReceptionTests {
    /// Figures before, between and after changes of the matrix, a grant, the granted node's work, and words that had seen each other.
    private func story(_ folder: URL) throws -> (network: TestNetwork, items: [ChangesetItem]) {
        var network = try TestNetwork.reported(in: folder, upTo: "zy")
        let before = Set(try network.items(network["gs"]))
        for (mode, value) in [("blockFirst", "15.6"), ("unspecified", "13.1"), ("lineFirst", "14.8")] {
            try network["gt"].write([
                Draft(
                    key: RecordKey(.policy("620724"), MatrixKind.table.name, ["高台县方案", "保粮食能源安全/一"]), unit: TestNetwork.county, person: "clerk",
                    fields: [.init(MatrixKind.mode, .text(mode)), .init(MatrixKind.inForceFrom, .day(Day(year: 2020, month: 8, day: 12) ?? Day(number: 0)))])
            ])
            try network["gt"].seal()
            try network.report("gt", TestNetwork.county, value)
            try network["gt"].seal()
            try network.report("gt", TestNetwork.countyFood, value, key: TestNetwork.september)
            try network.carry("gt", to: "zy")
            try network.report("zy", TestNetwork.cityFood, value)
            try network.carry("zy", to: "gt")
        }
        try network.enrol("lz", region: "620721", units: [.init("620721.gov", "620721", isGovernment: true)], by: "zy", as: TestNetwork.city)
        try network.report("lz", "620721.gov", "9", key: RecordKey(.work("620721", nil), CellKind.table.name, ["grainReserveDays", "2020-08"]))
        try network.carry("lz", to: "zy")
        return (network, try network.items(network["zy"]).filter { !before.contains($0) })
    }

    private func digest(_ node: Node) throws -> StateDigest { try node.ask { try $0.digest(of: try $0.sharedPartitions(with: "620700")) } }

    @Test func aGroupComesToWhatItsChangesetsComeToOneByOne() throws {
        try withTemporaryFolder { folder in
            let (network, items) = try story(folder)
            #expect(items.count > 12)
            let single = try network.replica("gs", "single")
            for item in items { _ = try single.receive(item) }
            let expected = try digest(single)
            #expect(try single.replayFindings() == [])
            for (size, isBackwards) in [(items.count, false), (3, false), (5, true), (items.count, true)] {
                let copy = try network.replica("gs", "group-\(size)-\(isBackwards)")
                let order = isBackwards ? items.reversed() : items
                for start in stride(from: 0, to: order.count, by: size) { _ = try copy.receive(Array(order[start..<min(start + size, order.count)])) }
                #expect(try digest(copy).derived == expected.derived, "\(size) \(isBackwards)")
                #expect(try digest(copy).input == expected.input, "\(size) \(isBackwards)")
                #expect(try copy.replayFindings() == [], "\(size) \(isBackwards)")
                #expect(try copy.ask { try $0.reader.waiting().isEmpty })
            }
        }
    }

    @Test func statementsThatComeTogetherAreTakenLikeOneByOne() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            let frames = try network.frames("gt", to: "zy").filter { [.checkpoint, .consistency, .receipt, .ask].contains($0.type) }
            #expect(frames.count >= 3)
            let changesets = try network.missing(network["zy"], than: network["gt"])
            let copies = try ["single", "group"].map { tag in
                let copy = try network.replica("zy", tag)
                _ = try copy.receive(changesets)
                return copy
            }
            let single = try frames.map { try copies[0].receive($0.payload, $0.type) }
            // The second copy of one is known by the first, within the group as well.
            let group = try copies[1].receive(frames + frames)
            #expect(Array(group.prefix(frames.count)) == single)
            #expect(group.suffix(frames.count).allSatisfy { if case .duplicate = $0 { true } else { false } })
            let held = try copies.map { copy in
                try copy.store.read { reader in try FrameType.allCases.flatMap { try reader.statements($0) }.filter { $0.node == (try? network.node("gt")) }.map(\.id) }
            }
            #expect(held[0] == held[1] && !held[0].isEmpty)
        }
    }
}
