import Foundation
import Synchronization
import TestKit
import Testing
import TiaokuaiAudit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiTrust

// A small province: five nodes, at one of them at least 50 changesets, 20 receipts, 5 checkpoints, 5 credentials. Every bit of what
// the store holds of them is flipped in turn (`TIAOKUAI_SOAK`), or every so many-th from a seeded beginning, and the checks that
// `audit verify` runs over each row have to tell. What they say of the row as it is, is nothing.

/// Every how many-th bit is flipped, and from which on.
private struct Sampling {
    let step: Int
    let start: Int

    init(bits: Int, wanted: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        step = ProcessInfo.processInfo.environment["TIAOKUAI_SOAK"] == nil ? max(1, bits / wanted) : 1
        start = Int(random.next() % UInt64(step))
    }

    func of(_ count: Int) -> StrideTo<Int> { stride(from: start % Swift.max(1, Swift.min(step, count)), to: count, by: step) }
}

extension Array where Element == UInt8 {
    fileprivate func flipped(_ bit: Int) -> [UInt8] {
        var out = self
        out[bit / 8] ^= 1 << UInt8(bit % 8)
        return out
    }
}

@Suite struct EveryBitTests {
    /// City of a province of five: rows of its store, and what they are checked against.
    private static func city<Answer>(rounds: Int, _ body: (StoreReader, Ground) throws -> Answer) throws -> Answer {
        try withTemporaryFolder { folder in
            let province = try Province(in: folder, rounds: rounds)
            return try province["zy"].ask { view in try body(view.reader, try #require(Ground(view))) }
        }
    }

    /// Work on all cores; gives how many bits nobody noticed, each with its place.
    private static func unnoticed<Item: Sendable>(_ items: [Item], _ body: @escaping @Sendable (Item) -> [String]) -> [String] {
        let found = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: items.count) { index in
            let one = body(items[index])
            if !one.isEmpty { found.withLock { $0 += one } }
        }
        return found.withLock { $0 }.sorted()
    }

    @Test func everyBitOfEveryChangesetIsFound() throws {
        try EveryBitTests.city(rounds: 12) { reader, ground in
            let rows = try reader.changesets().map { try reader.changeset($0) }
            let feeds = Dictionary(uniqueKeysWithValues: try reader.feeds().map { ($0.ref, $0.feed) })
            let credentials = try reader.records(kind: "credential").count
            #expect(rows.count >= 50)
            #expect(credentials + 1 >= 5)
            let check = ChangesetCheck(ground, feeds: feeds)
            let whole = rows.flatMap { check.outcome($0).findings }
            #expect(whole == [])
            let bits = rows.reduce(0) { $0 + ($1.item.envelope.count + $1.item.compressedBody.count) * 8 }
            let sampling = Sampling(bits: bits, wanted: 4_000, seed: 11)
            let flips = Atomic<Int>(0)
            let spellings = Atomic<Int>(0)
            let missed = EveryBitTests.unnoticed(rows) { row in
                var out: [String] = []
                let (envelope, body) = (row.item.envelope, row.item.compressedBody)
                for bit in sampling.of((envelope.count + body.count) * 8) {
                    let isEnvelope = bit < envelope.count * 8
                    let item = ChangesetItem(
                        envelope: isEnvelope ? envelope.flipped(bit) : envelope, compressedBody: isEnvelope ? body : body.flipped(bit - envelope.count * 8))
                    flips.add(1, ordering: .relaxed)
                    let found = Set(check.outcome(row.with(item)).findings.filter(\.isFault).map(\.code))
                    if !found.contains(.bytesDiffer) { out.append("\(row.ref.number) \(bit): stored digest") }
                    // Whoever writes the digest anew is found by what is signed, unless the body is the same, packed otherwise.
                    if found.subtracting([.bytesDiffer]).isEmpty {
                        let same = try? UnverifiedChangeset(item).body() == UnverifiedChangeset(row.item).body()
                        if isEnvelope || same != true { out.append("\(row.ref.number) \(bit): signature") } else { spellings.add(1, ordering: .relaxed) }
                    }
                }
                return out
            }
            #expect(missed == [])
            print("changesets: \(rows.count), bits flipped: \(flips.load(ordering: .relaxed)) of \(bits), other spellings of a packed body: \(spellings.load(ordering: .relaxed))")
        }
    }

    @Test func everyBitOfEveryStatementIsFound() throws {
        try EveryBitTests.city(rounds: 6) { reader, ground in
            let checkpoints = try reader.statements(.checkpoint)
            let receipts = try reader.statements(.receipt)
            let rows = checkpoints + receipts + (try reader.statements(.consistency))
            #expect(checkpoints.count >= 5)
            #expect(receipts.count >= 20)
            let check = StatementCheck(ground, checkpoints: checkpoints)
            let whole = rows.flatMap { check.findings($0) }
            #expect(whole == [])
            let bits = rows.reduce(0) { $0 + $1.envelope.count * 8 }
            let sampling = Sampling(bits: bits, wanted: 2_000, seed: 12)
            let flips = Atomic<Int>(0)
            let missed = EveryBitTests.unnoticed(rows) { row in
                sampling.of(row.envelope.count * 8).compactMap { bit in
                    flips.add(1, ordering: .relaxed)
                    return check.findings(row.with(row.envelope.flipped(bit))).isEmpty ? "\(row.type) \(row.id.hex) \(bit)" : nil
                }
            }
            #expect(missed == [])
            print("checkpoints: \(checkpoints.count), receipts: \(receipts.count), bits flipped: \(flips.load(ordering: .relaxed)) of \(bits)")
        }
    }

    @Test func everyBitOfTheRootStatementIsFound() throws {
        try EveryBitTests.city(rounds: 0) { reader, ground in
            let rows = try reader.statements(.rootStatement)
            let network = ground.network
            let whole = RootCheck.findings(rows, network: network)
            #expect(whole == [])
            let first = try #require(rows.first)
            for bit in 0..<first.envelope.count * 8 {
                let found = RootCheck.findings([first.with(first.envelope.flipped(bit))], network: network)
                if found.isEmpty { Issue.record("bit \(bit)") }
            }
        }
    }
}

extension ChangesetRow {
    /// The row with other bytes, its stored digest left as it was.
    func with(_ item: ChangesetItem) -> ChangesetRow {
        ChangesetRow(
            ref: ref, id: id, feed: feed, sequence: sequence, predecessor: predecessor, state: state, reason: reason, leaf: leaf, received: received, item: item,
            digest: digest)
    }
}

extension StatementRow {
    func with(_ envelope: [UInt8]) -> StatementRow {
        StatementRow(id: id, type: type, node: node, number: number, envelope: envelope, received: received)
    }
}
