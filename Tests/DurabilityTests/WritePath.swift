import Foundation
import TestKit
import Testing
import TiaokuaiModel
import TiaokuaiStore

@testable import TiaokuaiNode

/// One way in which a node's store changes: a node's folder as it is before, and the steps that somebody takes on it.
///
/// The plan of the test: the steps are taken undisturbed, and the store's fingerprint is kept after each. Then they are
/// taken with a fault at some call of SQLite's. Afterwards the store must be what it was after the last acknowledged
/// step, or after the one that was under way, to the byte; it must be sound; and going on from there must end where the
/// undisturbed run ended. Where the process lives on and the fault has passed, the same node goes on at once.
struct WritePath: CustomTestStringConvertible, Sendable {
    struct Step: Sendable {
        let name: String
        /// One transaction: after a cut all of it is there or nothing.
        var isAtomic = true
        /// Doing it again when it was done changes nothing; otherwise it is done again only if it was not.
        var isRepeatable = false
        let run: @Sendable (Node) throws -> Void
    }

    let name: String
    let folder: String
    let steps: [Step]

    var testDescription: String { name }
}

/// Plays one path; remembers which states of the store were found sound.
final class PathPlayer {
    private let path: WritePath
    private var states: [Fingerprint] = []
    private var sound: Set<Fingerprint> = []

    init(_ path: WritePath) throws {
        self.path = path
        try withTemporaryFolder(inMemory: true) { folder in
            let place = PathPlayer.place(folder)
            try Stage.copy(path.folder, to: place)
            states = [try Fingerprint(storeIn: place)]
            try Stage.with(place) { node in
                for step in path.steps {
                    try step.run(node)
                    states.append(try Fingerprint(storeIn: place))
                }
            }
            try expectSound(place, states[path.steps.count], "undisturbed")
            for (index, step) in path.steps.enumerated() {
                #expect(states[index] != states[index + 1], "\(path.name): \(step.name) changes nothing")
            }
        }
    }

    private static func place(_ folder: URL) -> String { folder.appendingPathComponent("node").path }

    func play(_ sample: FaultSample) throws -> [Fault: Int] {
        try playFaults(
            sample, watched: { URL(fileURLWithPath: PathPlayer.place($0)) }, journal: { 0 }, prepare: { try Stage.copy(self.path.folder, to: PathPlayer.place($0)) },
            act: { folder, fault, done in try self.act(PathPlayer.place(folder), fault, &done) },
            check: { folder, done, point in try self.check(PathPlayer.place(folder), done, point) })
    }

    private func act(_ place: String, _ fault: Fault?, _ done: inout Int) throws {
        var opened: Node?
        try Stage.patiently(fault) { opened = try Stage.open(place) }
        let node = try #require(opened)
        defer { try? node.store.close() }
        for step in path.steps {
            do {
                try step.run(node)
            } catch {
                guard let fault, !fault.endsTheProcess else { throw error }
                // Where the disk stays as bad as it is, another try must not make anything worse.
                if try !fault.passes || isMissing(done, place) { try step.run(node) }
            }
            done += 1
        }
    }

    /// After `done` acknowledged steps: is the next one still to be done?
    private func isMissing(_ done: Int, _ place: String) throws -> Bool {
        try path.steps[done].isRepeatable || Fingerprint(storeIn: place) == states[done]
    }

    private func check(_ place: String, _ done: Int, _ point: FaultPoint) throws {
        let label: Comment = "\(path.name), \(point), \(done) of \(path.steps.count) acknowledged"
        try Stage.with(place) { node in
            let state = try Fingerprint(storeIn: place)
            let findings = try node.store.integrityFindings()
            #expect(findings == [], "\(label) \(findings)")
            if done == path.steps.count || path.steps[done].isAtomic {
                #expect(states[done...].prefix(2).contains(state), label)
            }
            try expectSound(place, state, label)
            for (index, step) in path.steps.enumerated().dropFirst(done) {
                if try index > done || isMissing(done, place) { try step.run(node) }
            }
            #expect(try Fingerprint(storeIn: place) == states[path.steps.count], label)
            #expect(try node.store.integrityFindings() == [], label)
        }
    }

    /// The history replayed comes to what is stored, and the log to its nodes; once for each state.
    private func expectSound(_ place: String, _ state: Fingerprint, _ label: Comment) throws {
        guard sound.insert(state).inserted else { return }
        let node = try Node(opening: place)
        defer { try? node.store.close() }
        let findings = try node.replayFindings()
        #expect(findings.isEmpty, "\(label): \(findings.map { "\($0.what) \($0.key)" })")
        #expect(try node.logFindings() == [], label)
    }
}
