import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiWork

@testable import TiaokuaiNode

/// A clock ten years off either way, at any node or at all of them, changes no value in use, no verdict, no dispute, and
/// no node's agreement with the others.
@Suite struct ClockTests {
    @Test func aClockTenYearsOffChangesNothingThatCounts() throws {
        let right = try ClockRun(years: [:])
        #expect(right.state.count >= 8)
        #expect(right.state.contains { $0.contains("dispute") } && right.state.contains { $0.contains("overruled") })
        let shifts: [[String: Int64]] = [
            ["gt": 10], ["gt": -10], ["zy": 10], ["zy": -10], ["gt": 10, "zy": -10], ["gt": -10, "gs": 10], ["gt": 10, "zy": 10, "gs": 10],
            ["gt": -10, "zy": -10, "gs": -10],
        ]
        for shift in shifts {
            let run = try ClockRun(years: shift)
            #expect(run.state == right.state, "\(shift)")
        }
    }
}

/// The same work by the same offices, with some clocks off by so many years; what every record comes to, without
/// identities, for those have the author's time in them.
private struct ClockRun {
    let state: [String]

    init(years: [String: Int64]) throws {
        state = try withTemporaryFolder(inMemory: true) { folder in
            let play = ClockPlay(folder: folder, years: years)
            defer { play.close() }
            try play.found()
            try play.enrol("zy", Network.cityPlan, depth: 4, by: "gs", as: Network.province)
            try play.enrol("gt", Network.countyPlan, depth: nil, by: "zy", as: Network.city)
            try play.work()
            return try play.state()
        }
    }
}

private final class ClockPlay {
    private let folder: URL
    private let years: [String: Int64]
    private var nodes: [String: Node] = [:]

    init(folder: URL, years: [String: Int64]) {
        self.folder = folder
        self.years = years
    }

    func close() { for node in nodes.values { try? node.store.close() } }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    private func node(_ name: String) throws -> Node { try #require(nodes[name]) }

    /// Steps a second at every look, from so many years off.
    private func surroundings(_ name: String) -> Surroundings {
        let clock = Locked<Int64>(1_597_190_400_000 + (years[name] ?? 0) * 31_556_952_000)
        return Surroundings(
            now: {
                clock.with {
                    $0 += 1_000; return Written(milliseconds: $0)
                }
            }, randomBytes: { Surroundings.real.randomBytes($0) })
    }

    func found() throws {
        let node = try Node.create(at: path("gs"), plan: Network.provincePlan, surroundings: surroundings("gs"))
        try node.found(plan: Network.provincePlan, isRehearsal: true)
        nodes["gs"] = node
    }

    func enrol(_ name: String, _ plan: NodePlan, depth: UInt64?, by superior: String, as unit: UnitID) throws {
        let node = try Node.create(at: path(name), plan: plan, surroundings: surroundings(name))
        let request = try Node.readRequest(try node.makeRequest(plan: plan, depth: depth))
        _ = try self.node(superior).grant(request, by: unit, person: "clerk")
        _ = try BundleFile.export(try self.node(superior), to: request.subject, path: path("grant.tkb"), known: Heads([]))
        _ = try BundleFile.import(node, path: path("grant.tkb"), isEnrolling: true)
        try node.adoptCredential()
        nodes[name] = node
    }

    private func carry(_ from: String, _ to: String) throws {
        _ = try BundleFile.export(try node(from), to: try node(to).settings().node, path: path("stick.tkb"))
        let report = try BundleFile.import(try node(to), path: path("stick.tkb"))
        #expect(report.isComplete && report.refused.isEmpty && report.void.isEmpty)
    }

    func work() throws {
        let county = try node("gt")
        try county.write(Drafts.grain(mode: .lineFirst) + [Drafts.named(1)] + Drafts.progress(1...3))
        try county.write([Drafts.figure("14.2")])
        try carry("gt", "zy")
        try carry("zy", "gs")
        try county.write([Drafts.figure("15.6", unit: Network.county), Drafts.figure("9.5", period: "2020-07")])
        try county.write([Drafts.matrix(mode: .unspecified)])
        try county.write([Drafts.figure("9.7", unit: Network.county, period: "2020-07")])
        try node("zy").write([Drafts.cityIndicator("employed")])
        try carry("zy", "gt")
        try carry("gt", "zy")
        try county.write([Drafts.figure("14.4")] + Drafts.progress(2...2, value: 9))
        try county.write([Drafts.matrix(mode: .lineFirst)])
        try carry("gt", "zy")
        try carry("zy", "gs")
        try carry("gs", "zy")
        try carry("zy", "gt")
    }

    /// Of every record but credentials (their keys are new each time), at every node; after making sure that all agree.
    func state() throws -> [String] {
        let digests = try ["gt", "zy", "gs"].map { name in try node(name).ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) } }
        #expect(digests[0] == digests[1] && digests[1] == digests[2], "\(years)")
        return try ["gs", "gt", "zy"].flatMap { name in
            #expect(try node(name).replayFindings() == [], "\(years)")
            return try node(name).ask { view in
                try view.reader.partitions().flatMap { try view.reader.records(inPartition: $0.ref, after: RecordRef(0), limit: .max) }.compactMap { ref in
                    let row = try view.reader.record(ref)
                    return row.key.kind.text == "credential" ? nil : "\(name) \(row.key): \(try ClockPlay.text(ref, view))"
                }.sorted()
            }
        }
    }

    private static func text(_ ref: RecordRef, _ view: NodeView) throws -> String {
        guard let settlement = try view.settlement(ref) else {
            return try view.effective(ref).values.sorted { $0.key < $1.key }.map { $0.value.description }.joined(separator: "; ")
        }
        let fields = settlement.fields.sorted { $0.key < $1.key }.map { "\($0.key.index) \(text($0.value))" }
        let verdicts = settlement.verdicts.values.flatMap(\.values).map { word($0) }.sorted()
        return (fields + verdicts).joined(separator: "; ")
    }

    private static func text(_ field: FieldOutcome) -> String {
        var words = [field.value?.description ?? "nothing", field.blank.map { word($0) } ?? "", word(field.rule), field.mode?.rawValue ?? ""]
        words += field.standing.map { claim in [claim.unit.text, claim.value.description, word(claim.verdict)].joined(separator: " ") }.sorted()
        if let dispute = field.dispute { words.append("dispute \(dispute.prevailing.count)") }
        return words.joined(separator: ", ")
    }

    /// The case alone, without the identities that it carries.
    private static func word(_ value: Any) -> String { String("\(value)".prefix { $0 != "(" }) }
}
