import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWork

/// What was once wrong in the formats, as short scenes.
@Suite struct SpellingTests {
    /// `String` takes canonically equivalent texts for equal; a body's table of texts must not.
    @Test func equivalentTextsKeepTheirOperationsIdentities() throws {
        let scene = try Scene()
        let field = FieldNumber(index: 17, class: .public)
        let other = RecordKey(Scene.work, "cell", ["豈", "2020-09"])
        let operations = [
            scene.new(scene.figure([.init(field, "\u{f900}")])), scene.new(scene.figure([.init(field, "\u{8c48}")], number: 2, key: other), other),
        ]
        var decoder = try BodyDecoder(scene.body(operations), feed: scene.countyFeed, network: scene.network, count: 2)
        let read = try decoder.operations { _, _ in throw FormatError(.malformedBody) }
        #expect(read.map(\.id) == operations.map(\.id))
    }

    /// Whatever a body encoder writes, its decoder admits, and gives back.
    @Test func whatIsWrittenIsReadBack() throws {
        let scene = try Scene()
        var random = SplitMix64(seed: 5)
        for round in 0..<200 {
            var operations: [CarriedOperation] = []
            for number in 1...Int.random(in: 1...12, using: &random) {
                let key = RecordKey(Scene.work, "cell", ["i", .text("2020-\(Int.random(in: 1...4, using: &random))")])
                let fields: [TiaokuaiModel.Operation.Field] = (16...19).compactMap { index in
                    random.chance(oneIn: 2) ? .init(FieldNumber(index: index, class: .internal), value(&random)) : nil
                }
                let earlier = operations.lastIndex { $0.operation.record == key.identity(in: scene.network) }
                let previous = earlier.map { operations[$0].operation }
                let seen = previous.map { random.chance(oneIn: 3) ? [] : [$0.identity] } ?? (random.chance(oneIn: 3) ? [scene.grant.identity] : [])
                let operation = scene.figure(
                    fields, number: UInt64(number), key: key, under: random.chance(oneIn: 4) ? scene.grant.identity : nil, seen: seen,
                    names: random.chance(oneIn: 4) ? [scene.first.identity, scene.second.identity] : [], epoch: random.chance(oneIn: 5) ? scene.oldEpoch : nil,
                    written: Int64.random(in: -5...5, using: &random))
                if let earlier, let previous {
                    operations.append(scene.next(operation, delta: 0, index: UInt32(earlier), after: previous))
                } else {
                    operations.append(scene.new(operation, key))
                }
            }
            var decoder = try BodyDecoder(scene.body(operations), feed: scene.countyFeed, network: scene.network, count: operations.count)
            let read = try decoder.operations { _, _ in throw FormatError(.malformedBody) }
            #expect(read.map(\.id) == operations.map(\.id), "round \(round) of seed 5")
        }
    }

    private func value(_ random: inout SplitMix64) -> Value? {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: nil
        case 1: 0
        case 2: Scene.decimal(Int64.random(in: -1_000...1_000, using: &random), Int.random(in: -18...18, using: &random))
        case 3: Scene.decimal(Int64.random(in: -.max ... .max, using: &random), Int.random(in: -18...0, using: &random))
        case 4: .text("text \(Int.random(in: 0..<3, using: &random))")
        case 5: .bytes(random.bytes(3))
        case 6: .list(["a", true])
        default: .day(Day(number: Int32.random(in: -9...9, using: &random)))
        }
    }

    /// A receipt for many feeds is larger than any changeset's envelope.
    @Test func statementsMayBeLargerThanEnvelopes() throws {
        let receipt = try #require(VectorFiles.read("receipt/beyond-an-envelope"))
        #expect(receipt.content.count > Limits.envelopeBytes && receipt.expect == Vector.valid)
    }

    /// A node that has just been made takes the golden bundle as its grant: the whole importer, not just the parser.
    @Test func aNewNodeTakesTheGoldenBundle() throws {
        try withTemporaryFolder { folder in
            let plan = NodePlan(name: "高台县", region: "620724", units: [.init("620724.gov", "620724", isGovernment: true)])
            func take(_ name: String) throws -> ImportReport {
                let node = try Node.create(at: folder.appendingPathComponent(name).path, plan: plan)
                let file = folder.appendingPathComponent("\(name).tkb")
                let vector = try #require(VectorFiles.read("bundle/\(name)"))
                try Data(vector.content).write(to: file)
                return try BundleFile.import(node, path: file.path, isEnrolling: true)
            }
            let whole = try take("complete")
            #expect(whole.isComplete && whole.accepted.count == 1 && whole.void.isEmpty && whole.damaged.isEmpty)
            // Besides: a second checkpoint, the receipt between the two, the ask, and the evidence, which the node has made by itself from what it holds.
            let logs = try take("about-logs")
            #expect(logs.isComplete && logs.refused == whole.refused && logs.waiting == whole.waiting)
            #expect(logs.statements + logs.duplicates == whole.statements + whole.duplicates + 4)
            for name in ["leftover", "frame-after-trailer", "reordered", "no-trailer", "trailer-of-a-stranger", "second-spelling", "unknown-type"] {
                #expect(try take(name).isComplete == false, "\(name)")
            }
        }
    }
}
