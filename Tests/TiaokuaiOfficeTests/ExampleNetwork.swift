import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync
import TiaokuaiTrust

/// The example network of Nodes/ in folders of its own, on a clock that a test sets.
final class ExampleNetwork {
    let folder: URL
    private(set) var nodes: [String: Node] = [:]
    private let clock = Clock()

    /// Where the repository lies.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Where the nodes' folders lie within Nodes/: "" or a folder with a `/` at its end.
    private let source: String

    init(in folder: URL, from source: String = "") {
        self.folder = folder
        self.source = source
    }

    subscript(name: String) -> Office { Office(nodes[name]!) }

    func set(_ day: String) throws { clock.set(try Day(parsing: day)) }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent("Nodes").appendingPathComponent(path)))
    }

    /// Publishes a file of Nodes/ at the node whose folder it is in.
    @discardableResult
    func publish(_ path: String) throws -> Writing {
        let name = String(path.prefix { $0 != "/" })
        return try self[name].publish(try ExampleNetwork.bytes(source + path), file: path)
    }

    // MARK: Founding and enrolment

    func found(on day: String = "2020-04-01", publishing files: [String] = ["gs/publish/00-indicators.yaml"]) throws {
        try set(day)
        let file = try Office.readNodeFile(try ExampleNetwork.bytes(source + "gs/node.yaml"), file: "gs/node.yaml")
        let node = try Node.create(at: path("gs"), plan: file.plan, surroundings: clock.surroundings)
        try node.found(plan: file.plan, isRehearsal: true)
        nodes["gs"] = node
        _ = try Office(node).register(file)
        for file in files { try publish(file) }
    }

    func enrol(_ name: String, by superior: String, consentOf old: String? = nil) throws {
        let file = try Office.readNodeFile(try ExampleNetwork.bytes("\(source)\(name)/node.yaml"), file: "\(name)/node.yaml")
        let node = try Node.create(at: path(name), plan: file.plan, surroundings: clock.surroundings)
        let request = try Node.readRequest(try node.makeRequest(plan: file.plan, depth: file.depth, lineage: file.joins ? .joins : .first))
        let consents = try old.map { [try nodes[$0]!.consent(to: request)] } ?? []
        let government = UnitID(unchecked: try nodes[superior]!.settings().region.text + ".gov")
        _ = try nodes[superior]!.grant(request, by: government, person: PersonID(unchecked: government.text + ".p1"), consents: consents)
        let grant = path("\(name)-grant.tkb")
        _ = try BundleFile.export(nodes[superior]!, to: request.subject, path: grant, known: Heads([]))
        _ = try BundleFile.import(node, path: grant, isEnrolling: true)
        try node.adoptCredential()
        nodes[name] = node
        _ = try Office(node).register(file)
    }

    /// Province, city, county, as of 2020-04-15.
    func enrolToCounty() throws {
        try ExampleNetwork.enrolled.get().put(into: folder)
        try open(on: "2020-04-15")
    }

    func enrolToCounty(publishing files: [String]) throws {
        try found(publishing: files)
        try set("2020-04-10")
        try enrol("zy", by: "gs")
        try set("2020-04-15")
        try enrol("gt", by: "zy")
        try carry("gt", to: "zy")
    }

    @discardableResult
    func carry(_ from: String, to: String) throws -> ImportReport {
        let file = path("\(from)-\(to)-\(UUID().uuidString).tkb")
        _ = try BundleFile.export(nodes[from]!, to: try nodes[to]!.settings().node, path: file)
        return try BundleFile.import(nodes[to]!, path: file)
    }

    func exchange(_ one: String, _ other: String) throws {
        try carry(one, to: other)
        try carry(other, to: one)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

extension ExampleNetwork {
    fileprivate static let enrolled = Result { try made { try $0.enrolToCounty(publishing: ["gs/publish/00-indicators.yaml"]) } }
    private static let planned = Result {
        try made { network in
            try network.enrolToCounty()
            try network.set("2020-04-30")
            try network.publish("gs/publish/01-six-guarantees.yaml")
            try network.publish("gs/publish/02-price-subsidy.yaml")
            try network.carry("gs", to: "zy")
            try network.set("2020-05-20")
            try network.publish("zy/publish/01-zhangye-plan.yaml")
            try network.set("2020-08-12")
            try network.publish("gt/publish/01-six-plans.yaml")
            try network.set("2020-08-20")
            try network.exchange("gt", "zy")
        }
    }

    private static func made(_ make: (ExampleNetwork) throws -> Void) throws -> FolderImage {
        try withTemporaryFolder { folder in
            let network = ExampleNetwork(in: folder)
            try make(network)
            for node in network.nodes.values { try node.store.close() }
            return try FolderImage(of: folder)
        }
    }

    private func open(on day: String) throws {
        try set(day)
        clock.goOn(from: 21)
        for name in ["gs", "zy", "gt"] { nodes[name] = try Node(opening: path(name), surroundings: clock.surroundings) }
    }

    /// Province, city and county with all three plans exchanged, 2020-08-20.
    static func withPlans(_ body: (ExampleNetwork) throws -> Void) throws {
        try withTemporaryFolder { folder in
            try planned.get().put(into: folder)
            let network = ExampleNetwork(in: folder)
            try network.open(on: "2020-08-20")
            try body(network)
        }
    }
}

/// Nine in the morning of the day that was set; every look is a second later.
private final class Clock: @unchecked Sendable {
    private let lock = NSLock()
    private var milliseconds: Int64 = 0
    private var random = SplitMix64(seed: 20)

    func set(_ day: Day) {
        lock.withLock { milliseconds = max(Int64(day.number) * 86_400_000 + 3_600_000, milliseconds) }
    }

    /// An hour later, and with other numbers than were drawn before.
    func goOn(from seed: UInt64) {
        lock.withLock {
            milliseconds += 3_600_000
            random = SplitMix64(seed: seed)
        }
    }

    var surroundings: Surroundings {
        Surroundings(
            now: { [self] in
                lock.withLock {
                    milliseconds += 1_000
                    return Written(milliseconds: milliseconds)
                }
            },
            randomBytes: { [self] count in lock.withLock { (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) } } })
    }
}

func author(_ unit: String, _ person: String = "p1") -> Author {
    Author(unit: UnitID(unchecked: unit), person: PersonID(unchecked: "\(unit).\(person)"))
}
