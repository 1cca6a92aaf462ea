import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// A later checkpoint is believed when its log is proven to begin with the earlier one's; by stick as on a wire.
@Suite struct LogProofTests {
    @Test func whereEverybodyIsHonestNothingIsLeftOpen() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            for round in 1...4 {
                try network.reports("gt", ["1\(round)", "2\(round)"])
                for (from, to) in [("gt", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt")] {
                    let report = try network.carry(from, to: to)
                    #expect(report.isComplete && report.refused.isEmpty, "\(from) to \(to): \(report.refused)")
                    for name in ["gt", "zy", "gs"] { #expect(try network.concerns(name, thorough: true) == [], "round \(round), \(from) to \(to), \(name)") }
                }
            }
            // Every node saw several sizes of the others' logs, so that the silence means something.
            for (name, other) in [("zy", "gt"), ("gs", "zy"), ("gs", "gt"), ("gt", "zy"), ("gt", "gs")] {
                #expect(try network.sizesShown(to: name, of: other).count >= 3, "\(name) of \(other)")
            }
        }
    }

    @Test func whatAStickLostOnTheWayIsAskedForAndProven() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            // The county believes that the city has its checkpoint; the stick is lost, and with it what the next proof begins from.
            try network.reports("gt", ["1", "2"])
            _ = try network.frames("gt", to: "zy")
            try network.reports("gt", ["3"])
            try network.carry("gt", to: "zy")
            let open = try network.concerns("zy")
            #expect(open.map(\.code) == [.unproven])
            #expect(open.first?.node == (try network.id("gt")))
            // The city's next bundle asks, the county's next answers.
            let asking = try network.frames("zy", to: "gt")
            let ask = try #require(asking.first { $0.type == .ask })
            let content = try LogAsk(UnverifiedStatement(ask.payload, .ask).claimed)
            #expect(try content.node == network.id("zy") && content.of == network.id("gt"))
            #expect(content.sizes.map(\.size) == open.map { $0.numbers[0] })
            try network.deliver(asking, from: "zy", to: "gt")
            try network.carry("gt", to: "zy")
            #expect(try network.concerns("zy") == [])
            // The wish is taken back, once.
            let after = try network.frames("zy", to: "gt").filter { $0.type == .ask }
            #expect(try after.map { try LogAsk(UnverifiedStatement($0.payload, .ask).claimed).isEmpty } == [true])
            #expect(try network.frames("zy", to: "gt").filter { $0.type == .ask }.isEmpty)
        }
    }

    @Test func theAskGoesBackWithTheReceiptOnTheSameStick() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            _ = try network.frames("gt", to: "zy")
            try network.reports("gt", ["3"])
            let report = try network.carry("gt", to: "zy")
            #expect(try network.concerns("zy").map(\.code) == [.unproven])
            let path = network.path("receipt.tkb")
            _ = try BundleFile.writeReceipt(network["zy"], to: try network.id("gt"), after: report, path: path)
            #expect(try BundleFile.import(network["gt"], path: path).isComplete)
            try network.carry("gt", to: "zy")
            #expect(try network.concerns("zy") == [])
        }
    }

    @Test func anAskPassesThroughARelayAndSoDoesItsAnswer() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2"])
            try network.carry("gt", to: "zy")
            // The relay passes the changesets and the newest checkpoint on, and no proof.
            try network.deliver(try network.frames("zy", to: "gs").filter { $0.type != .consistency }, from: "zy", to: "gs")
            let county = try network.id("gt")
            #expect(try network.concerns("gs").contains { $0.code == .unproven && $0.node == county })
            for (from, to) in [("gs", "zy"), ("zy", "gt"), ("gt", "zy"), ("zy", "gs")] { try network.carry(from, to: to) }
            #expect(try network.concerns("gs") == [])
        }
    }

    @Test func aFileForSeveralCarriesTheProofsThatAllOfThemMaySee() throws {
        try withTemporaryFolder { folder in
            var network = try relayNetwork(in: folder)
            try network.enrol("lz", region: "620721", units: [.init("620721.gov", "620721", isGovernment: true)], by: "zy", as: TestNetwork.city)
            for (from, to) in [("lz", "zy"), ("zy", "lz"), ("zy", "gt"), ("gt", "zy")] { try network.carry(from, to: to) }
            let (gt, lz, zy) = (try network.id("gt"), try network.id("lz"), try network.id("zy"))
            // The city's log grows by its own work and one county's; one file goes to both counties.
            try network.reports("gt", ["1", "2"])
            try network.carry("gt", to: "zy")
            func proofs(_ name: String) throws -> Int { try network[name].store.read { try $0.statements(.consistency, node: zy) }.count }
            let before = ["gt": try proofs("gt"), "lz": try proofs("lz")]
            let path = network.path("both.tkb")
            _ = try BundleFile.export(network["zy"], to: [gt, lz], path: path)
            for name in ["gt", "lz"] {
                let report = try BundleFile.import(network[name], path: path)
                #expect(report.isComplete && report.refused.isEmpty, "\(name)")
                #expect(try network.concerns(name, thorough: true) == [], "\(name)")
                #expect(try proofs(name) > before[name] ?? .max, "\(name)")
            }
            // Of a sibling neither hears anything.
            #expect(try network["lz"].store.read { try $0.statements(.checkpoint, node: gt) }.isEmpty)
            #expect(try network["gt"].store.read { try $0.statements(.checkpoint, node: lz) }.isEmpty)
        }
    }

    @Test func aProofThatWasTamperedWithProvesNothing() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1", "2", "3"])
            var frames = try network.frames("gt", to: "zy")
            var changed = 0
            for index in frames.indices where frames[index].type == .consistency {
                let receipt = try ConsistencyReceipt(frames[index].payload)
                guard try receipt.node == network.id("gt") else { continue }
                var headers = ConsistencyReceipt.headers(
                    receipt.hash, node: receipt.node, epoch: receipt.epoch, older: receipt.older, newer: receipt.newer, path: receipt.path.map { _ in .zero }, keyID: receipt.keyID)
                headers.protected = receipt.envelope.protected
                let envelope = COSESign1(protected: headers.protected, unprotected: headers.unprotected, payload: nil, signature: receipt.envelope.signature)
                frames[index] = Frame(.consistency, envelope.encode())
                changed += 1
            }
            #expect(changed > 0)
            try network.deliver(frames, from: "gt", to: "zy")
            #expect(try network.concerns("zy").map(\.code) == [.unproven])
        }
    }

    @Test func aConsistencyReceiptIsReadBackAsItWasWritten() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            try network.reports("gt", ["1"])
            let county = try network.id("gt")
            let frame = try #require(try network.frames("gt", to: "zy").first { try $0.type == .consistency && ConsistencyReceipt($0.payload).node == county })
            let receipt = try ConsistencyReceipt(frame.payload)
            #expect(receipt.bytes == frame.payload && receipt.older < receipt.newer && !receipt.path.isEmpty)
            // As RFC 9942 has it: vds 395 protected, vdp 396 with −2 unprotected, the root detached.
            #expect(receipt.envelope.payload == nil)
            #expect(receipt.envelope.protected[395]?.integer == 1)
            #expect(receipt.envelope.unprotected[396]?.map?.first?.key.integer == -2)
            let newest = try TestNetwork.checkpoint(try network["gt"].checkpoint())
            let key = try network["gt"].folder.readSigningKey().verifyingKey
            try receipt.verify(newRoot: newest.root, by: key)
            #expect(throws: TrustError.self) { try receipt.verify(newRoot: .zero, by: key) }
            for length in 0..<frame.payload.count { #expect(throws: FormatError.self) { try ConsistencyReceipt(Array(frame.payload.prefix(length))) } }
        }
    }

    @Test func anAskIsReadStrictlyAndOnlyFromAMember() throws {
        try withTemporaryFolder { folder in
            let network = try relayNetwork(in: folder)
            let settings = try network["zy"].settings()
            let epoch = try network["gt"].settings().epoch
            let ask = try LogAsk(
                network: #require(settings.network), node: settings.node, of: try network.id("gt"), written: Written(milliseconds: 5),
                sizes: [.init(epoch: epoch, size: 9), .init(epoch: epoch, size: 3), .init(epoch: epoch, size: 9)], checkpoints: [.zero])
            #expect(ask.sizes.map(\.size) == [3, 9])
            let form = ask.explicitForm
            #expect(try LogAsk(form) == ask)
            for length in 0..<form.count { #expect(throws: FormatError.self) { try LogAsk(Array(form.prefix(length))) } }
            #expect(throws: FormatError.self) { try LogAsk(form + [0]) }
            // Sizes that descend are a second spelling.
            var swapped = form
            let nine = try #require(swapped.lastIndex(of: 9))
            swapped[nine] = 2
            #expect(throws: FormatError.self) { try LogAsk(swapped) }

            func take(_ content: LogAsk, _ key: SigningKey) throws -> Reception {
                try network["gt"].receive(try Statement.sign(content.explicitForm, as: .ask, key: key), .ask)
            }
            let key = try network["zy"].folder.readSigningKey()
            guard case .refused = try take(ask, try SigningKey.generate(.ed25519)) else {
                Issue.record("a stranger was listened to")
                return
            }
            var foreign = ask
            foreign.network = NetworkID(.zero)
            guard case .refused = try take(foreign, key) else {
                Issue.record("another network's was taken")
                return
            }
            guard case .statement(.ask, _) = try take(ask, key), case .duplicate = try take(ask, key) else {
                Issue.record("taken once, and once only")
                return
            }
            // Sizes that the log never had, or doesn't have yet, are answered with what there is: nothing, and no error.
            let far = LogAsk(
                network: ask.network, node: ask.node, of: ask.of, written: Written(milliseconds: 6), sizes: [.init(epoch: epoch, size: .max), .init(epoch: epoch, size: 0)], checkpoints: [])
            guard case .statement(.ask, _) = try take(far, key) else {
                Issue.record("not taken")
                return
            }
            let answers = try network.frames("gt", to: "zy").filter { $0.type == .consistency }.map { try ConsistencyReceipt($0.payload) }
            #expect(answers.allSatisfy { $0.older > 0 && $0.newer < UInt64.max })
        }
    }
}
