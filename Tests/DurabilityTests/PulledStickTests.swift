import Foundation
import TestKit
import TestMedia
import Testing
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

@testable import TiaokuaiNode
@testable import TiaokuaiSync

/// A county writes a bundle for its city onto a stick that is pulled, fails or lies; then the city takes in what it finds there.
///
/// The plan: the calls of an undisturbed hand-over are counted. Then it is played with trouble at every one of them, and with each way in which
/// what was not synced may have survived. Under its own name a file is whole, or the one that lay there before; under a temporary name it is a
/// beginning, and what is whole in it is taken. Whoever is told that the stick can be pulled out has whole files on it. Afterwards an undisturbed
/// hand-over brings the rest.
@Suite struct PulledStickTests {
    static let name = "/stick/gt-zy.tkb"

    struct Case: CustomTestStringConvertible, Sendable {
        let isSealed: Bool
        let volumeBytes: Int64
        /// A bundle of that name lies there from before.
        let hasOlder: Bool
        var testDescription: String { "\(isSealed ? "sealed" : "open"), volumes of \(volumeBytes), \(hasOlder ? "over an older one" : "on an empty stick")" }
    }

    static let cases = [
        Case(isSealed: true, volumeBytes: 1 << 30, hasOlder: false), Case(isSealed: true, volumeBytes: 1 << 30, hasOlder: true),
        Case(isSealed: false, volumeBytes: 6_500, hasOlder: false), Case(isSealed: true, volumeBytes: 17_000, hasOlder: true),
    ]

    /// Hands over from a copy of the county; gives the files that were promised, and how many lines the register has for them.
    static func handOver(_ county: String, to city: NodeID, _ stick: PulledStick, _ one: Case) throws -> [WrittenBundle] {
        try Stage.with(county) { node in
            let exporter = try Exporter(node, to: [city], known: Heads([]))
            return try BundleFile.export(exporter, path: name, BundleFile.Options(isSealed: one.isSealed, volumeBytes: one.volumeBytes), medium: MediumCalls(stick))
        }
    }

    /// What a city that starts from `snapshot` holds after it took in these files; each file's report or error, by name.
    static func takeIn(_ files: [String: [UInt8]], at city: Node) throws -> [String: Result<ImportReport, any Error>] {
        try withTemporaryFolder(inMemory: true) { folder in
            var out: [String: Result<ImportReport, any Error>] = [:]
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
                let path = folder.appendingPathComponent(PathParts.name(of: name)).path
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                out[name] = Result { try BundleFile.import(city, path: path) }
            }
            return out
        }
    }

    static func digest(_ city: Node) throws -> StateDigest { try city.ask { try $0.digest(of: [Drafts.policyPlace, Drafts.workPlace]) } }

    @Test(arguments: cases) func aStickPulledAtAnyCallHoldsNothingOrWhatImportTakesTheValidPartOf(one: Case) throws {
        let network = try Network.shared.get()
        let city = try Node.readRequest(network.cityRequest).subject
        try withTemporaryFolder(inMemory: true) { folder in
            let county = try Self.county(network, folder, one)
            let keys = try Self.cityKeys(network, folder)
            let older = one.hasOlder ? try Self.olderFile(network, folder, city) : nil
            func stick(_ trouble: PulledStick.Trouble?) -> PulledStick {
                let stick = PulledStick(trouble)
                if let older { stick.put(Self.name, older) }
                return stick
            }
            let calm = stick(nil)
            let whole = try Self.handOver(county, to: city, calm, one)
            let goal = try Self.fresh(network, folder, "goal") { node in
                #expect(try Self.takeIn(calm.contents(.nothing), at: node).values.allSatisfy { (try? $0.get())?.fault == nil })
                return try Self.digest(node)
            }
            #expect(calm.contents(.nothing) == calm.contents(.everything), "nothing is in doubt when it may be pulled out")
            let lines = try Stage.with(county) { try $0.store.read { try $0.carried().count } }

            var met = 0
            var seen: Set<[String: [UInt8]]> = []
            for call in 1...calm.count {
                let pulled = stick(.pulled(at: call))
                let isPromised = (try? Self.handOver(county, to: city, pulled, one)) != nil
                met += pulled.wasMet ? 1 : 0
                for survival in PulledStick.Survival.allCases {
                    let found = pulled.contents(survival)
                    let label: Comment = "call \(call), \(survival)"
                    for (name, bytes) in found where !name.contains(".part-") && bytes != older {
                        #expect(try Self.isWhole(bytes, keys, folder), label)
                    }
                    if let older, survival == .nothing, call < calm.count / whole.count / 2 { #expect(found[Self.name] == older, label) }
                    #expect(!isPromised || found.keys.filter { !$0.contains(".part-") }.count >= whole.count, label)
                    // Signed anew each time, so that only sizes tell which ends were seen before.
                    let shape = found.mapValues { [UInt8](String($0.count).utf8) }
                    guard seen.insert(shape).inserted else { continue }
                    try Self.fresh(network, folder, "city") { node in
                        for (name, result) in try Self.takeIn(found, at: node) { Self.expectNamed(result, found[name] ?? [], label) }
                        #expect(try Self.takeIn(calm.contents(.nothing), at: node).values.allSatisfy { (try? $0.get())?.fault == nil }, label)
                        #expect(try Self.digest(node) == goal, label)
                    }
                }
            }
            #expect(met == calm.count)
            // What was not finished stands in no register.
            #expect(try Stage.with(county) { try $0.store.read { try $0.carried().count } } <= lines + calm.count * whole.count)
            print("note: \(one.testDescription): \(calm.count) calls, \(whole.count) file(s), \(seen.count) different ends")
        }
    }

    @Test(arguments: cases) func aCallThatFailsLeavesNoHalfFileAndTheNextHandOverSucceeds(one: Case) throws {
        let network = try Network.shared.get()
        let city = try Node.readRequest(network.cityRequest).subject
        try withTemporaryFolder(inMemory: true) { folder in
            let county = try Self.county(network, folder, one)
            let keys = try Self.cityKeys(network, folder)
            let calm = PulledStick()
            let whole = try Self.handOver(county, to: city, calm, one)
            var failed = 0
            for call in 1...calm.count {
                for reason in [EIO, ENOSPC] {
                    let stick = PulledStick(.fails(at: call, errno: reason))
                    let before = try Stage.with(county) { try $0.store.read { try $0.carried().count } }
                    let outcome = Result { try Self.handOver(county, to: city, stick, one) }
                    let found = stick.contents(.everything)
                    let label: Comment = "call \(call), \(String(cString: strerror(reason)))"
                    #expect(found.keys.allSatisfy { !$0.contains(".part-") }, label)
                    for (_, bytes) in found where !bytes.isEmpty { #expect(try Self.isWhole(bytes, keys, folder), label) }
                    switch outcome {
                    case .success(let written): #expect(written.count == whole.count, label)
                    case .failure(let error):
                        failed += 1
                        let code = (error as? NodeError)?.code
                        #expect([.fileUnwritable, .fileUnreadable, .diskFull].contains(code), "\(label): \(error)")
                        let after = try Stage.with(county) { try $0.store.read { try $0.carried().count } }
                        #expect(after - before < whole.count, "the register knows of what was not promised")
                    }
                    #expect(try Self.handOver(county, to: city, stick, one).count == whole.count, label)
                }
            }
            #expect(failed > calm.count)
        }
    }

    @Test(arguments: [PulledStick.Trouble.forgetful, .flips, .shortOf(500), .shortOf(0)])
    func aStickThatLiesIsFoundAndTheFileTakenAway(trouble: PulledStick.Trouble) throws {
        let network = try Network.shared.get()
        let city = try Node.readRequest(network.cityRequest).subject
        try withTemporaryFolder(inMemory: true) { folder in
            let county = try Self.county(network, folder, Self.cases[3])
            let lines = try Stage.with(county) { try $0.store.read { try $0.carried().count } }
            for one in Self.cases {
                let stick = PulledStick(trouble)
                #expect { _ = try Self.handOver(county, to: city, stick, one) } throws: { ($0 as? NodeError)?.code == .readBackDiffers }
                #expect(stick.contents(.everything) == [:])
            }
            #expect(try Stage.with(county) { try $0.store.read { try $0.carried().count } } == lines)
        }
    }

    // MARK: Tools

    /// A county with more work than one small volume holds.
    private static func county(_ network: Network, _ folder: URL, _ one: Case) throws -> String {
        let county = folder.appendingPathComponent("gt").path
        try Stage.copy(network.snapshot("gt-second"), to: county)
        try Stage.with(county) { node in
            for number in 1...(one.isSealed ? 22 : 3) {
                try node.write(Drafts.numbered(number))
                try node.seal()
            }
        }
        return county
    }

    /// What the county handed over before its last work.
    private static func olderFile(_ network: Network, _ folder: URL, _ city: NodeID) throws -> [UInt8] {
        let (county, path) = (folder.appendingPathComponent("gt-first").path, folder.appendingPathComponent("older.tkb").path)
        try Stage.copy(network.snapshot("gt-first"), to: county)
        _ = try Stage.with(county) { try BundleFile.export($0, to: city, path: path, known: Heads([])) }
        return try DurableFile.read(path, limit: 1 << 20)
    }

    /// A city as it was before anything came.
    private static func fresh<Answer>(_ network: Network, _ folder: URL, _ name: String, _ body: (Node) throws -> Answer) throws -> Answer {
        let path = folder.appendingPathComponent(name).path
        try Stage.copy(network.snapshot("zy-enrolled"), to: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try Stage.with(path, body)
    }

    /// All of its frames are there, with a trailer at the end; `keys` are the receiver's.
    private static func isWhole(_ bytes: [UInt8], _ keys: SealingKeyring, _ folder: URL) throws -> Bool {
        let path = folder.appendingPathComponent("judged.tkb").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        var last: FrameType?
        var isSound = true
        try BundleFile.inspect(path: path, keys: keys) { found in
            switch found {
            case .sealed: break
            case .item(.frame(let frame, _)): last = frame.type
            case .unopened, .item(.damaged): isSound = false
            }
        }
        return isSound && last == .trailer
    }

    /// Whoever opens what is sealed to the city.
    private static func cityKeys(_ network: Network, _ folder: URL) throws -> SealingKeyring {
        let path = folder.appendingPathComponent("zy-keys").path
        try Stage.copy(network.snapshot("zy-enrolled"), to: path)
        return try Stage.with(path) { $0.keys.sealingKeys }
    }

    /// A beginning of a file is named as such, and is never taken for a whole one; an error is one of those that say so.
    private static func expectNamed(_ result: Result<ImportReport, any Error>, _ bytes: [UInt8], _ label: Comment) {
        switch result {
        case .success(let report): #expect(report.fault != nil || report.isComplete, label)
        case .failure(let error):
            let code = (error as? NodeError)?.code.rawValue ?? "\(error)"
            #expect(bytes.count < 400 || code != "notABundle", "\(label): \(code) of \(bytes.count) bytes")
        }
    }
}
