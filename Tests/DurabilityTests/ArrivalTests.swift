import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel

@testable import TiaokuaiNode

/// The same items in any order come to the same state: what stands cut short and what is resumed can't differ.
@Suite struct ArrivalTests {
    @Test(arguments: [false, true])
    func theOrderOfArrivalChangesNothing(withCut: Bool) throws {
        let network = try Network.shared.get()
        let items = [network.policy, network.firstWork, network.secondWork, network.forked, network.turned]
        var random = SplitMix64(seed: 5)
        var found: Set<StateDigest> = []
        for round in 0..<20 {
            var order: [ChangesetItem?] = items + (withCut ? [nil] : [])
            if round > 0 { order.shuffle(using: &random) }
            found.insert(try ArrivalTests.digest(order, network))
        }
        #expect(found.count == 1)
    }

    /// At the city, which cuts the county's key where the order says nil.
    private static func digest(_ order: [ChangesetItem?], _ network: Network) throws -> StateDigest {
        try withTemporaryFolder(inMemory: true) { folder in
            let path = folder.appendingPathComponent("zy").path
            try Stage.copy(network.snapshot("zy-enrolled"), to: path)
            let digest = try Stage.with(path) { node in
                for item in order {
                    if let item {
                        _ = try node.receive(item)
                    } else {
                        try node.write([try ReceivingTests.cut(at: [network.policy, network.firstWork])])
                        try node.seal()
                    }
                }
                return try node.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
            }
            let node = try Node(opening: path)
            defer { try? node.store.close() }
            #expect(try node.replayFindings() == [])
            return digest
        }
    }
}
