import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

@testable import TiaokuaiNode

/// Receiving at the city, and what goes back to the county, cut and disturbed.
@Suite struct ReceivingTests {
    static let paths = Result { () -> [WritePath] in
        let network = try Network.shared.get()
        let item = (policy: network.policy, first: network.firstWork, second: network.secondWork, turned: network.turned, forked: network.forked)
        return [
            WritePath(
                name: "in sequence", folder: network.snapshot("zy-enrolled"),
                steps: [take("policy", item.policy), take("first", item.first), take("second", item.second)]),
            WritePath(
                name: "a gap before it, then filled", folder: network.snapshot("zy-enrolled"),
                steps: [take("second waits", item.second), take("policy", item.policy), take("first releases it", item.first)]),
            WritePath(
                name: "claims before the matrix that admits them", folder: network.snapshot("zy-enrolled"),
                steps: [take("first", item.first), take("second", item.second), take("the matrix", item.policy)]),
            WritePath(
                name: "a matrix that turns the mode round", folder: network.snapshot("zy-second"), steps: [take("turned", item.turned)]),
            WritePath(
                name: "a snapshot", folder: network.snapshot("zy-enrolled"),
                steps: [
                    .init(name: "load", isRepeatable: true) { node in
                        let loaded = try SnapshotFile.load(node, path: network.snapshot("zy-snapshot.tkb"))
                        #expect(loaded.snapshot.notCompared == [])
                    },
                    .init(name: "its own work after it", isRepeatable: false) { try $0.write([Drafts.cityIndicator("employed")]) },
                ]),
            WritePath(name: "a fork", folder: network.snapshot("zy-second"), steps: [take("the other branch", item.forked), take("turned", item.turned)]),
            WritePath(
                name: "sixteen at a time", folder: network.snapshot("zy-enrolled"),
                steps: [
                    .init(name: "all", isRepeatable: true) { node in
                        let taken = try node.receive([item.second, item.forked, item.policy, item.first])
                        #expect(taken.count >= 4)
                    }
                ]),
            WritePath(
                name: "a cut", folder: network.snapshot("zy-second"),
                steps: [
                    .init(name: "cut at the first work") { try $0.write([try ReceivingTests.cut(at: [item.policy, item.first])]) },
                    .init(name: "seal", isRepeatable: true) { try $0.seal() },
                    take("honest work beyond it", item.turned),
                ]),
            WritePath(
                name: "checkpoint and receipt", folder: network.snapshot("zy-second"),
                steps: [
                    .init(name: "checkpoint", isRepeatable: true) { _ = try $0.checkpoint() },
                    .init(name: "policy of the city", isRepeatable: false) { try $0.write([Drafts.cityIndicator("employed")]) },
                    .init(name: "receipt seals nothing", isAtomic: false, isRepeatable: true) { node in
                        try node.seal()
                        _ = try node.receipt(to: nil)
                    },
                ]),
            WritePath(
                name: "statements", folder: network.snapshot("gt-second"),
                steps: [
                    take("checkpoint", network.checkpoint, .checkpoint), take("receipt", network.receipt, .receipt), take("root", network.root, .rootStatement),
                    .init(name: "a figure under the new root") { try $0.write([Drafts.figure("14.5")]) }, .init(name: "seal", isRepeatable: true) { try $0.seal() },
                ]),
        ]
    }

    static func take(_ name: String, _ item: ChangesetItem) -> WritePath.Step {
        .init(name: name, isRepeatable: true) { node in
            let receptions = try node.receive(item)
            #expect(!receptions.contains { if case .refused = $0 { true } else if case .void = $0 { true } else { false } }, "\(name): \(receptions)")
        }
    }

    static func take(_ name: String, _ bytes: [UInt8], _ type: FrameType) -> WritePath.Step {
        .init(name: name, isRepeatable: true) { node in
            let reception = try node.receive(bytes, type)
            if case .refused = reception { Issue.record("\(name): \(reception)") }
        }
    }

    /// The city ends the county's key at these changesets.
    static func cut(at items: [ChangesetItem]) throws -> Draft {
        let header = try UnverifiedChangeset(items[0]).header
        let content = CutContent(
            credential: header.credential, subject: header.feed.node, heads: try items.map { try UnverifiedChangeset($0).id }, reason: "示例")
        return Draft(
            key: RecordKey(Drafts.policyPlace, CutKind.table.name, [.text(Network.city.text), .bytes(header.feed.node.hash.bytes), 1]), unit: Network.city,
            person: "clerk", fields: [.init(CutKind.content, .bytes(content.explicitForm))])
    }

    @Test(arguments: try paths.get())
    func whatWasAcknowledgedIsThereAndTheRestIsWholeOrNotAtAll(path: WritePath) throws {
        try expectEveryFault(path)
    }
}
