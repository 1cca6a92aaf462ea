import Foundation
import TestKit
import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

// What the tests of credentials, cuts and root statements share.
extension TestNetwork {
    static let september = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-09"])
    static let october = RecordKey(.work("620724", nil), CellKind.table.name, ["grainReserveDays", "2020-10"])

    /// A province, a city and a county whose 14.2 days all three hold, or only the two below.
    static func reported(in folder: URL, mode: ResponsibilityMode? = .lineFirst, upTo top: String = "gs") throws -> TestNetwork {
        var network = try TestNetwork(in: folder)
        try network.enrolCityAndCounty()
        try network.publishGrain(mode: mode)
        try network.report("gt", countyFood, "14.2")
        try network.carry("gt", to: "zy")
        if top == "gs" { try network.carry("zy", to: "gs") }
        return network
    }

    func node(_ name: String) throws -> NodeID { try self[name].settings().node }

    /// Everything that a node holds, in the order in which it came; of one author, or of all.
    func items(_ node: Node, of author: NodeID? = nil) throws -> [ChangesetItem] {
        try node.store.read { reader in
            try reader.changesets().map { try reader.changeset($0).item }.filter { item in
                guard let author else { return true }
                return try UnverifiedChangeset(item).header.feed.node == author
            }
        }
    }

    /// What the second holds and the first does not.
    func missing(_ first: Node, than second: Node) throws -> [ChangesetItem] {
        let held = Set(try items(first))
        return try items(second).filter { !held.contains($0) }
    }

    /// The node as it is now, in a folder and epoch of its own.
    func replica(_ name: String, _ tag: String) throws -> Node {
        let backup = path("backup-\(name)-\(tag)")
        try self[name].backUp(to: backup)
        return try Node.restore(from: backup, to: path("\(name)-\(tag)"), surroundings: surroundings)
    }

    /// Gives the same items in every order, each to a copy of the node; the copies.
    func inEveryOrder(_ items: [ChangesetItem], to name: String, _ body: (Node, [ChangesetItem]) throws -> Void) throws -> [StateDigest] {
        try permutations(of: items).enumerated().map { index, order in
            let copy = try replica(name, "order\(index)")
            for item in order { _ = try copy.receive(item) }
            try body(copy, order)
            return try copy.ask { try $0.digest(of: try $0.sharedPartitions(with: "620724")) }
        }
    }

    func settled(_ node: Node, _ key: RecordKey, _ field: FieldNumber = CellKind.value) throws -> FieldOutcome? {
        try node.ask { view in try view.recordRef(key).flatMap { try view.settlement($0) }?.fields[field] }
    }

    func value(_ node: Node, _ key: RecordKey = grainKey) throws -> Value? {
        try node.ask { view in try view.recordRef(key).map { try view.effective($0).values[CellKind.value] } ?? nil }
    }

    func verdict(_ node: Node, _ id: OperationID, of key: RecordKey) throws -> Verdict? {
        try node.ask { view in try view.recordRef(key).flatMap { try view.settlement($0) }?.verdicts[id]?[CellKind.value] }
    }

    static func days(_ text: String) throws -> Value { .decimal(try ExactDecimal(parsing: text)) }

    static func figure(_ text: String) throws -> TiaokuaiModel.Operation.Field { .init(CellKind.value, try days(text)) }

    /// Heads that a node holds of another's feeds.
    func heads(at holder: String, of author: NodeID) throws -> [ChangesetID] {
        try self[holder].ask { view in try view.heldHeads().filter { $0.feed.node == author }.map(\.id).sorted() }
    }

    /// Both hold the same and make the same of it, and neither has anything that doesn't follow from what it holds.
    func expectAgreement(_ names: [String], at region: RegionID = "620724", sourceLocation: SourceLocation = #_sourceLocation) throws {
        let digests = try names.map { name in try self[name].ask { try $0.digest(of: try $0.sharedPartitions(with: region)) } }
        for digest in digests {
            #expect(digest.input == digests[0].input, sourceLocation: sourceLocation)
            #expect(digest.derived == digests[0].derived, sourceLocation: sourceLocation)
        }
        for name in names { #expect(try self[name].replayFindings() == [], "\(name)", sourceLocation: sourceLocation) }
    }

    /// A credential operation as whoever signs it would like it, with no program in between that refuses it.
    func credential(_ content: CredentialContent, by unit: UnitID, number: Int64, with forger: inout Forger) throws -> CarriedOperation {
        let key = RecordKey(.policy(content.region), CredentialKind.table.name, [.text(unit.text), .bytes(content.subject.hash.bytes), .decimal(ExactDecimal(number))])
        return try forger.operation(key, unit, [.init(CredentialKind.content, .bytes(content.explicitForm))])
    }

    func cutOperation(_ content: CutContent, at region: RegionID, by unit: UnitID, with forger: inout Forger) throws -> CarriedOperation {
        let key = RecordKey(.policy(region), CutKind.table.name, [.text(unit.text), .bytes(content.subject.hash.bytes), 1])
        return try forger.operation(key, unit, [.init(CutKind.content, .bytes(content.explicitForm))])
    }

    func content(of name: String, at holder: String) throws -> CredentialContent {
        let subject = try node(name)
        return try #require(try self[holder].ask { $0.trust?.credentials(of: subject).first?.content })
    }
}
