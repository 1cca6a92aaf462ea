import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

@testable import TiaokuaiNode

/// Nodes of different cipher suites in one network: whoever verifies has all of them, whoever seals takes the receiver's.
@Suite struct MixedSuitesTests {
    private static let nodes = ["gs", "zy", "gt", "rs"]
    /// What the line's office reports.
    private static let jobs = RecordKey(.work("620724", nil), CellKind.table.name, ["jobsKept", "2020-08"])

    /// A province with Ed25519, a city with P-256, a county with SM2, and at the county the office of one line with P-256, which
    /// receives on X25519 all the same.
    private func network(_ folder: URL) throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrol(
            "zy", region: "620700", units: [.init(TestNetwork.city, "620700", isGovernment: true), .init(TestNetwork.cityFood, "620700")], by: "gs",
            as: TestNetwork.province, depth: 4, keys: KeyPlan(suite: .p256))
        try network.enrol(
            "gt", region: "620724", units: [.init(TestNetwork.county, "620724", isGovernment: true), .init(TestNetwork.countyFood, "620724")], by: "zy",
            as: TestNetwork.city, keys: KeyPlan(suite: .sm2))
        try network.enrol(
            "rs", region: "620724", units: [.init("620724.hrss", "620724")], by: "zy", as: TestNetwork.city, lines: ["hrss"],
            keys: KeyPlan(suite: .p256, sealing: .x25519))
        return network
    }

    /// The county says who leads which figure: grain and jobs.
    private func publish(_ network: TestNetwork) throws {
        try network.publishGrain(mode: .lineFirst)
        try network["gt"].write([
            Draft(
                key: RecordKey(.policy("620724"), MatrixKind.table.name, ["高台县方案", "保居民就业/一"]), unit: TestNetwork.county, person: "clerk",
                fields: [
                    .init(MatrixKind.leads, ["620724.hrss"]), .init(MatrixKind.indicators, ["jobsKept"]), .init(MatrixKind.clause, "保居民就业 一(一)"),
                    .init(MatrixKind.inForceFrom, .day(try #require(Day(year: 2020, month: 8, day: 12)))), .init(MatrixKind.mode, .text(ResponsibilityMode.lineFirst.rawValue)),
                ])
        ])
    }

    private func exchange(_ network: TestNetwork, _ pairs: [(String, String)]) throws {
        for (one, other) in pairs {
            for (from, to) in [(one, other), (other, one), (one, other)] {
                let report = try network.carry(from, to: to)
                #expect(report.isComplete && report.refused.isEmpty && report.waiting.isEmpty && report.void.isEmpty, "\(from) to \(to)")
            }
        }
    }

    private func expectSound(_ network: TestNetwork) throws {
        for name in Self.nodes {
            #expect(try network[name].logFindings() == [], "\(name)")
            #expect(try network[name].replayFindings() == [], "\(name)")
            #expect(try network.concerns(name, thorough: true).isEmpty, "\(name)")
        }
    }

    @Test func fourNodesOfThreeSuitesAgreeByStick() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try publish(network)
            try network.report("gt", TestNetwork.countyFood, "14.2")
            try network.report("rs", "620724.hrss", "3.04", key: Self.jobs)
            try exchange(network, [("gt", "zy"), ("rs", "zy"), ("zy", "gs"), ("zy", "gt"), ("zy", "rs"), ("zy", "gs")])
            #expect(try network.value(network["gs"]) == TestNetwork.days("14.2"))
            #expect(try network.value(network["gs"], Self.jobs) == TestNetwork.days("3.04"))
            try network.expectAgreement(["gs", "zy", "gt", "rs"])
            try expectSound(network)
            let suites = try Self.nodes.map { try VerifyingKey(coseKey: network.content(of: $0, at: "gs").signingKey).suite }
            #expect(suites == [.ed25519, .p256, .sm2, .p256])
            let curves = try Self.nodes.map { try SealingPublicKey(coseKey: network.content(of: $0, at: "gs").sealingKey).curve }
            #expect(curves == [.x25519, .p256, .sm2, .x25519])
        }
    }

    @Test func filesAreSealedInTheReceiversSuites() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            func export(_ receivers: String...) throws -> SealHead? {
                let path = network.path("\(receivers.joined()).tkb")
                _ = try BundleFile.export(network["zy"], to: try receivers.map { try network.id($0) }, path: path)
                return try BundleFile.sealHead(path: path)
            }
            #expect(try export("gt")?.suite == .gm)
            #expect(try export("gs")?.suite == .hpke)
            #expect(try export("gs", "rs")?.receivers.count == 2)
            // A county with SM2, a province with Ed25519 and X25519: one file, each gets the secret in its own suite.
            let both = try #require(try export("gt", "rs", "gs"))
            #expect(both.suite == .gm && both.receivers.map(\.wrap).sorted { $0.rawValue < $1.rawValue } == [.hpke, .hpke, .sm2])
            for name in ["gt", "rs", "gs"] {
                let report = try BundleFile.import(network[name], path: network.path("gtrsgs.tkb"))
                #expect(report.isComplete && report.damaged.isEmpty && report.refused.isEmpty && report.waiting.isEmpty, "\(name)")
            }
            let county = network.path("gt.tkb")
            #expect { _ = try BundleFile.import(network["rs"], path: county) } throws: { ($0 as? SealError)?.code == .notForTheseKeys }
            #expect(try BundleFile.import(network["gt"], path: county).isComplete)
        }
    }

    @Test(arguments: [(TiaokuaiTrust.Suite.sm2, SealingCurve.sm2), (.ed25519, .x25519), (.p256, .p256)])
    func aNodeGoesOverToAnotherSuiteByRotation(suite: TiaokuaiTrust.Suite, curve: SealingCurve) throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            try publish(network)
            let before: TiaokuaiTrust.Suite = suite == .sm2 ? .p256 : .sm2
            let name = before == .sm2 ? "gt" : "rs"
            let (unit, key): (UnitID, RecordKey) = name == "gt" ? (TestNetwork.countyFood, TestNetwork.grainKey) : ("620724.hrss", Self.jobs)
            try network.report(name, unit, "14.2", key: key)
            try exchange(network, [(name, "zy"), ("zy", "gs")])
            let early = network.path("early.tkb")
            _ = try BundleFile.export(network["zy"], to: try network.id(name), path: early, known: Heads([]))
            let identity = try network.id(name)

            let request = try Node.readRequest(try network[name].requestRotation(KeyPlan(suite: suite)))
            _ = try network["zy"].grant(request, by: TestNetwork.city, person: "clerk", heads: try network.heads(at: "zy", of: request.subject))
            // Written while the request is on its way: carried again, in the new suite.
            try network.report(name, unit, "14.4", key: key)
            try network[name].seal()
            try network.carry("zy", to: name)
            #expect(try network[name].adoptRotation().count == 1)
            #expect(try network[name].keys.verifyingKey().suite == suite)
            #expect(try network[name].keys.sealingPublicKey().curve == curve)
            #expect(try network.id(name) == identity)

            // What was sealed to the old key, in the old suite, opens all the same.
            #expect(try BundleFile.import(network[name], path: early).isComplete)
            try network.report(name, unit, "14.8", key: key)
            try exchange(network, [(name, "zy"), ("zy", "gs"), (name == "gt" ? "rs" : "gt", "zy"), ("zy", name), ("zy", "gs")])
            #expect(try network.value(network["gs"], key) == TestNetwork.days("14.8"))
            try network.expectAgreement(["gs", "zy", name])
            try expectSound(network)
        }
    }

    @Test func aRotationThatNamesNoSuiteKeepsSuiteAndCurve() throws {
        try withTemporaryFolder { folder in
            let network = try network(folder)
            for (name, suite, curve) in [("gt", TiaokuaiTrust.Suite.sm2, SealingCurve.sm2), ("rs", .p256, .x25519)] {
                let request = try Node.readRequest(try network[name].requestRotation()).request
                #expect(try VerifyingKey(coseKey: request.signingKey).suite == suite)
                #expect(try SealingPublicKey(coseKey: request.sealingKey).curve == curve)
            }
        }
    }
}
