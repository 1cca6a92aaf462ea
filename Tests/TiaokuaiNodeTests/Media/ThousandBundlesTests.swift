import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

@testable import TiaokuaiSync

/// A thousand sticks of twenty counties reach the province in any order, some never, some twice, some damaged.
///
/// The plan: each county hands over after each of its changesets and repeats nothing, so that every file matters. One seed decides what is missing
/// (5 %), doubled (5 %), damaged (1 %: a flipped byte or a cut end, sealed and open files), and the order. After that the province must hold of each
/// county exactly the unbroken beginning of what came whole, keep what lies beyond as waiting, name every damaged file and no other, and say so in
/// its receipts. Then the missing files come, and new copies of the damaged ones: everything is there, and every county's register is acknowledged.
///
/// 1,000 bundles with TIAOKUAI_SOAK set, 100 otherwise.
@Suite struct ThousandBundlesTests {
    static let seed: UInt64 = 2_020
    static let isWhole = ProcessInfo.processInfo.environment["TIAOKUAI_SOAK"] != nil
    static let codes = [
        "620102", "620103", "620104", "620105", "620111", "620121", "620122", "620123", "620302", "620321", "620402", "620403", "620421", "620422", "620423",
        "620502", "620503", "620521", "620522", "620724",
    ]

    struct Stick {
        let county: Int
        /// Which of its county's hand-overs, from 0.
        let number: Int
        let path: String
        /// The changeset in it.
        let id: ChangesetID
    }

    @Test func onlyWhatIsUnbrokenCountsEverythingWholeIsTakenAndEveryBadFileIsNamed() throws {
        try withTemporaryFolder(inMemory: true) { folder in
            let each = Self.isWhole ? 50 : 5
            var clock = ContinuousClock.now
            func lap() -> Duration {
                defer { clock = .now }
                return clock.duration(to: .now)
            }
            let (network, sticks) = try Self.play(in: folder, each: each)
            let made = lap()
            let province = network["gs"]
            var random = SplitMix64(seed: Self.seed)
            let shuffled = sticks.shuffled(using: &random)
            let part = shuffled.count / 20
            let missing = Array(shuffled[..<part])
            let damaged = Array(shuffled[part..<(part + max(1, shuffled.count / 100))])
            let whole = Array(shuffled[(part + damaged.count)...])
            var tray = (whole + whole.prefix(part)).map { (stick: $0, path: $0.path, isBad: false) }
            for stick in damaged { tray.append((stick, try Self.damagedCopy(of: stick, using: &random), true)) }
            tray.shuffle(using: &random)

            var named: Set<String> = []
            var salvaged: Set<ChangesetID> = []
            for item in tray {
                let outcome = Result { try BundleFile.import(province, path: item.path) }
                let isNamed = (try? outcome.get()).map { $0.fault != nil } ?? true
                if isNamed { named.insert(item.path) }
                #expect(isNamed == item.isBad, "\(item.path): \(outcome)")
                if item.isBad, try province.ask({ try $0.reader.changesetRef(item.stick.id) }) != nil { salvaged.insert(item.stick.id) }
            }
            #expect(named.count == damaged.count)
            let imported = lap()

            let came = Set(whole.map(\.id)).union(salvaged)
            var (unbroken, waiting) = (0, 0)
            for county in Self.codes.indices {
                let own = sticks.filter { $0.county == county }.sorted { $0.number < $1.number }
                let prefix = own.prefix { came.contains($0.id) }.map(\.id)
                let beyond = own.dropFirst(prefix.count).filter { came.contains($0.id) }.map(\.id)
                let states = try Self.states(province, own)
                #expect(states.applied == prefix, "\(Self.codes[county])")
                #expect(states.waiting == beyond, "\(Self.codes[county])")
                try Self.expectReceipt(network, county, head: prefix.last, waiting: beyond, own)
                unbroken += prefix.count
                waiting += beyond.count
            }

            for stick in (missing + damaged).shuffled(using: &random) { #expect(try BundleFile.import(province, path: stick.path).fault == nil) }
            for county in Self.codes.indices {
                let own = sticks.filter { $0.county == county }.sorted { $0.number < $1.number }
                #expect(try Self.states(province, own).applied == own.map(\.id))
                try Self.expectAcknowledged(network, county)
            }
            #expect(try province.ask { try $0.reader.waiting().isEmpty && $0.gaps().isEmpty })
            #expect(try province.logFindings() == [])
            print(
                """
                note: \(sticks.count) bundles of \(Self.codes.count) counties, seed \(Self.seed): \(missing.count) missing, \(part) doubled, \(damaged.count) damaged \
                (all named, \(salvaged.count) changesets salvaged); \(unbroken) in effect and \(waiting) waiting before, all \(sticks.count) after; \
                made in \(made), taken in in \(imported), the rest in \(lap())
                """)
        }
    }

    // MARK: The network

    private static func name(_ county: Int) -> String { "c\(codes[county])" }

    private static func play(in folder: URL, each: Int) throws -> (TestNetwork, [Stick]) {
        var network = try TestNetwork(in: folder, seed: seed)
        let province = try network["gs"].settings().node
        for (index, code) in codes.enumerated() {
            try network.enrol(
                name(index), region: RegionID(unchecked: code), units: [.init(UnitID(unchecked: "\(code).gov"), RegionID(unchecked: code), isGovernment: true)], by: "gs",
                as: TestNetwork.province)
        }
        var sticks: [Stick] = []
        for (index, code) in codes.enumerated() {
            let node = network[name(index)]
            for number in 0..<each {
                let key = RecordKey(.work(RegionID(unchecked: code), nil), "cell", ["newUrbanJobs", .text("\(2_000 + number)-01")])
                try network.report(name(index), UnitID(unchecked: "\(code).gov"), "\(number + 1)", key: key)
                let path = network.path("\(name(index))-\(number).tkb")
                let options = BundleFile.Options(repeats: 0, isSealed: number % 2 == 0)
                let exporter = try Exporter(node, to: [province], repeats: 0)
                _ = try BundleFile.export(exporter, path: path, options)
                let work = try #require(exporter.plan.filter { !$0.feed.partition.isPolicy }.last)
                #expect(exporter.plan.filter { !$0.feed.partition.isPolicy }.count == 1)
                sticks.append(Stick(county: index, number: number, path: path, id: work.id))
            }
        }
        return (network, sticks)
    }

    /// One byte turned over, or the end cut off.
    private static func damagedCopy(of stick: Stick, using random: inout SplitMix64) throws -> String {
        let bytes = try DurableFile.read(stick.path, limit: 1 << 22)
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let damage = Bool.random(using: &random) ? ByteMutation.flip(bit: place * 8) : .truncate(place)
        let path = stick.path + ".bad"
        try Data(damage.applied(to: bytes)).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// A county's changesets at the province, in sequence.
    private static func states(_ province: Node, _ own: [Stick]) throws -> (applied: [ChangesetID], waiting: [ChangesetID]) {
        try province.ask { view in
            let rows = try own.compactMap { try view.reader.changeset($0.id) }
            return (rows.filter { $0.state == .applied }.map(\.id), rows.filter { $0.state == .waiting }.map(\.id))
        }
    }

    /// The receipt vouches for the unbroken head, and says of the rest that it waits, each for the one before it.
    private static func expectReceipt(_ network: TestNetwork, _ county: Int, head: ChangesetID?, waiting: [ChangesetID], _ own: [Stick]) throws {
        let node = try network[name(county)].settings().node
        let receipt = try Receipt(UnverifiedStatement(try network["gs"].receipt(to: node), .receipt).claimed)
        let heads = receipt.accepted.filter { $0.feed.node == node && !$0.feed.partition.isPolicy }.map(\.head)
        #expect(heads == (head.map { [$0] } ?? []), "\(codes[county])")
        let before = Dictionary(uniqueKeysWithValues: zip(own.dropFirst(), own).map { ($0.id, $1.id) })
        let waits = receipt.waiting.filter { before[$0.changeset] != nil }
        #expect(Set(waits.map(\.changeset)) == Set(waiting), "\(codes[county])")
        #expect(waits.allSatisfy { $0.what == "predecessor" && $0.item == before[$0.changeset]?.hash }, "\(codes[county])")
    }

    /// With the receipt brought home nothing is left to send, and every line of the register is acknowledged.
    private static func expectAcknowledged(_ network: TestNetwork, _ county: Int) throws {
        let (node, province) = (network[name(county)], network["gs"])
        let path = network.path("receipt.tkb")
        _ = try BundleFile.writeReceipt(province, to: try node.settings().node, after: ImportReport(), path: path)
        #expect(try BundleFile.import(node, path: path).fault == nil)
        #expect(try Exporter(node, to: province.settings().node).plan.isEmpty, "\(codes[county])")
        #expect(try node.ask { try $0.register(onlyUnacknowledged: true) } == [], "\(codes[county])")
    }
}
