import Foundation
import LifeChecks
import Synchronization
import TestKit
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiTrust

/// A clock that a life moves, and randomness that repeats itself.
final class Clock: Sendable {
    private let state: Mutex<(now: Int64, random: SplitMix64)>

    init(start: Int64, seed: UInt64) { state = Mutex((start, SplitMix64(seed: seed))) }

    /// Goes on by so many milliseconds; a jump may go back.
    func move(_ milliseconds: Int64) { state.withLock { $0.now += milliseconds } }

    var surroundings: Surroundings {
        var out = Surroundings(
            now: {
                self.state.withLock {
                    $0.now += 1_000
                    return Written(milliseconds: $0.now)
                }
            },
            randomBytes: { count in self.state.withLock { $0.random.bytes(count) } })
        out.newSigningKey = { try SigningKey($0, secret: self.state.withLock { $0.random.bytes(32) }) }
        out.newSealingKey = { try SealingKey($0, secret: self.state.withLock { $0.random.bytes(32) }) }
        return out
    }
}

/// A node on its folder, as people work at it.
final class Machine {
    let plan: Cast.MachinePlan
    let path: String
    let clock: Clock
    /// The region table that its program came with, and what it says.
    var edition: Cast.Edition
    var node: Node
    let id: NodeID
    /// Everything that it must hold: what it acknowledged, and what it was seen to hold.
    var mustHold: Set<OperationID> = []
    /// Number of the key in use.
    var key = 1
    /// Its key was cut: what it writes has no effect any more.
    var isCut = false
    /// A copy that was taken, and what it must hold.
    var backup: (path: String, mustHold: Set<OperationID>)?
    /// The disk image of another time, waiting to be put back.
    var image: (path: String, mustHold: Set<OperationID>)?
    /// The disk of its folder, while its power may go.
    var disk: CutDisk?
    /// How often it was restored: in a new epoch each time.
    var restores = 0

    var name: String { plan.name }

    init(_ plan: Cast.MachinePlan, path: String, clock: Clock, edition: Cast.Edition, node: Node) throws {
        self.plan = plan
        self.path = path
        self.clock = clock
        self.edition = edition
        self.node = node
        id = try node.settings().node
    }

    func close() throws { try node.store.close() }

    func reopen() throws {
        var surroundings = clock.surroundings
        if let disk { surroundings.medium = MediumCalls(disk) }
        node = try Node(opening: path, surroundings: surroundings, regions: edition.regions)
    }
}
