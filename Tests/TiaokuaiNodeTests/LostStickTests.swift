import Foundation
import TestKit
import Testing
import TiaokuaiNode
import TiaokuaiSync

/// What a stick held counts as received when the receiver says so, and not before.
@Suite struct LostStickTests {
    @Test func whatALostStickHeldGoesWithTheNext() throws {
        try withTemporaryFolder { folder in
            let network = try TestNetwork.reported(in: folder)
            try network.report("gt", TestNetwork.countyFood, "14.8")
            let peer = try network.node("zy")
            for number in 1...3 { _ = try BundleFile.export(network["gt"], to: peer, path: network.path("lost-\(number).tkb")) }
            try network.report("gt", TestNetwork.countyFood, "14.9")
            let report = try network.carry("gt", to: "zy")
            #expect(report.waiting.isEmpty && report.refused.isEmpty)
            #expect(try network.value(network["zy"]) == TestNetwork.days("14.9"))
            try network.expectAgreement(["gt", "zy"])
        }
    }
}
