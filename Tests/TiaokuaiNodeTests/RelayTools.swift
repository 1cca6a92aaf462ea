import Foundation
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

// What a hostile relay can do with its own key and with what passes through its hands: leave out, alter, reorder, repeat,
// and sign checkpoints of logs that it doesn't have.

extension TestNetwork {
    func id(_ name: String) throws -> NodeID { try self[name].settings().node }

    /// The frames that a node hands to another, header and trailer left out.
    func frames(_ from: String, to: String, known: Heads? = nil) throws -> [Frame] {
        var out: [Frame] = []
        try Exporter(self[from], to: try id(to), known: known).frames { if $0.type != .header && $0.type != .trailer { out.append($0) } }
        return out
    }

    /// A bundle of these frames, complete by its own account: signed by the node that hands it over.
    @discardableResult
    func deliver(_ frames: [Frame], from: String, to: String) throws -> ImportReport {
        let network = try self[from].settings().network ?? NetworkID(.zero)
        let header = BundleHeader(network: network, from: try id(from), to: try id(to), written: surroundings.now())
        let whole = [Frame(.header, header.explicitForm)] + frames
        var digest = BundleDigest()
        for frame in whole { digest.append(frame) }
        let trailer = Frame(.trailer, try Statement.sign(digest.trailer.explicitForm, as: .trailer, key: try self[from].folder.readSigningKey()))
        let path = self.path("hostile.tkb")
        try Data((whole + [trailer]).flatMap(\.bytes)).write(to: URL(fileURLWithPath: path))
        return try BundleFile.import(self[to], path: path)
    }

    static func header(_ frame: Frame) throws -> ChangesetHeader { try UnverifiedChangeset(ChangesetItem(frame.payload)).header }

    /// True for a changeset of this node in work or policy of its own making, on which `isMeant` agrees.
    func isChangeset(_ frame: Frame, of name: String, _ isMeant: (ChangesetHeader) -> Bool = { _ in true }) throws -> Bool {
        guard frame.type == .changeset else { return false }
        let header = try TestNetwork.header(frame)
        return try header.feed.node == id(name) && isMeant(header)
    }

    func isCheckpoint(_ frame: Frame, of name: String) throws -> Bool {
        guard frame.type == .checkpoint else { return false }
        return try TestNetwork.checkpoint(frame.payload).node == id(name)
    }

    static func checkpoint(_ envelope: [UInt8]) throws -> Checkpoint { try Checkpoint(UnverifiedStatement(envelope, .checkpoint).claimed) }

    /// A checkpoint in a node's name and with its key: its newest one, changed.
    func forged(_ name: String, _ change: (inout Checkpoint) -> Void) throws -> [UInt8] {
        var checkpoint = try TestNetwork.checkpoint(try self[name].checkpoint())
        change(&checkpoint)
        return try Statement.sign(checkpoint.explicitForm, as: .checkpoint, key: try self[name].folder.readSigningKey())
    }

    func concerns(_ name: String, thorough: Bool = false) throws -> [LogConcern] { try self[name].ask { try $0.logConcerns(thorough: thorough) } }

    /// What a node knows of a peer's holding by the peer's own receipt.
    func acknowledged(_ name: String, by peer: String) throws -> [ChangesetID] {
        let peer = try id(peer)
        return try self[name].store.read { try $0.acknowledged(by: peer).map(\.changeset) }
    }

    func changesets(_ name: String) throws -> Int { try self[name].store.read { try $0.changesets().count } }

    /// Sizes of another node's log of which a node holds a checkpoint.
    func sizesShown(to name: String, of other: String) throws -> Set<UInt64> {
        let other = try id(other)
        return Set(try self[name].store.read { try $0.statements(.checkpoint, node: other) }.map(\.number))
    }

    /// One sealed report each.
    func reports(_ name: String, _ values: [String], unit: UnitID = countyFood) throws {
        for value in values {
            try report(name, unit, value)
            try self[name].seal()
        }
    }
}

/// Three nodes, enrolled, of which each has the other's newest word.
func relayNetwork(in folder: URL, province: KeyPlan = KeyPlan(), city: KeyPlan = KeyPlan(), county: KeyPlan = KeyPlan()) throws -> TestNetwork {
    var network = try TestNetwork(in: folder, keys: province)
    try network.enrolCityAndCounty(city: city, county: county)
    try network.publishGrain(mode: .lineFirst)
    for (from, to) in [("gt", "zy"), ("zy", "gs"), ("gs", "zy"), ("zy", "gt")] { try network.carry(from, to: to) }
    return network
}
