import Foundation
import TiaokuaiAudit
import TiaokuaiHash
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiStore
import TiaokuaiWork

/// One part of the audit's bench, in a process of its own: what it took, and its peak of memory, as one JSON object.
struct AuditPart: Codable {
    var seconds: Double
    /// Operations, bytes, rows or asks, whatever it went through.
    var count: Int
    var bytes = 0
    var medianMicroseconds = 0.0
    var worstMicroseconds = 0.0
    var peakMegabytes = 0.0

    init(seconds: Double = 0, count: Int) { (self.seconds, self.count) = (seconds, count) }

    /// The most that this process ever had in memory (VmHWM).
    private static var peak: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0.trimmingCharacters(in: .whitespaces)) } ?? 0) / 1_024
    }

    static func run(_ name: String, _ folder: String, _ number: Int) throws -> AuditPart? {
        let begun = ContinuousClock.now
        var part: AuditPart
        switch name {
        case "verify": part = try verify(folder)
        case "hash": part = try hash(folder)
        case "insert": part = try insert(folder)
        case "asof": part = try askAsOf(folder, number)
        case "history": part = try askHistory(folder, number)
        case "prove": part = try prove(folder, number)
        default: return nil
        }
        if part.seconds == 0 { part.seconds = seconds(ContinuousClock.now - begun) }
        part.peakMegabytes = peak
        return part
    }

    private static func seconds(_ duration: Duration) -> Double { Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18 }

    /// `audit verify` with its replay; throws where anything is wrong with the history.
    private static func verify(_ folder: String) throws -> AuditPart {
        let report = try HistoryAudit.run(try Node(opening: folder))
        guard report.faults == 0, report.here == report.replayed else { throw AuditError(.changesetAltered, ["reason": "\(report.findings.prefix(3))"]) }
        return AuditPart(count: report.operations)
    }

    /// SHA-256 over every stored envelope and body.
    private static func hash(_ folder: String) throws -> AuditPart {
        let node = try Node(opening: folder)
        return try node.store.read { reader in
            var part = AuditPart(count: 0)
            for ref in try reader.changesets() {
                let item = try reader.changeset(ref).item
                _ = (sha256(item.envelope), sha256(item.compressedBody))
                part.bytes += item.envelope.count + item.compressedBody.count
                part.count += 1
            }
            return part
        }
    }

    private static func insert(_ folder: String) throws -> AuditPart {
        let target = folder + ".inserted"
        let files = [target, target + "-wal", target + "-shm"]
        for file in files { try? FileManager.default.removeItem(atPath: file) }
        defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
        var part = AuditPart(count: try BulkInsert.run(from: folder + "/" + Store.fileName, to: target))
        part.bytes = (try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int) ?? 0
        return part
    }

    // MARK: Asking

    private static func asks(_ count: Int, _ body: (inout SeededNumbers) throws -> Void) throws -> AuditPart {
        var random = SeededNumbers(seed: 2_020)
        var times: [Double] = []
        for _ in 0..<count {
            let begun = ContinuousClock.now
            try body(&random)
            times.append(seconds(ContinuousClock.now - begun) * 1e6)
        }
        times.sort()
        var part = AuditPart(seconds: times.reduce(0, +) / 1e6, count: count)
        (part.medianMicroseconds, part.worstMicroseconds) = (times.isEmpty ? 0 : times[times.count / 2], times.last ?? 0)
        return part
    }

    /// Any record.
    private static func record(_ view: NodeView, _ random: inout SeededNumbers) throws -> RecordRow {
        try view.reader.record(RecordRef(Int64(random.below(try view.reader.recordCount())) + 1))
    }

    /// What a record came to behind a position of the log, each in a past of its own as the command makes it.
    private static func askAsOf(_ folder: String, _ count: Int) throws -> AuditPart {
        let node = try Node(opening: folder)
        let entries = try node.store.read { try Int($0.leafCount()) }
        return try asks(count) { random in
            let horizon = try node.ask { try $0.horizon(position: UInt64(1 + random.below(entries))) }
            let id = try node.ask { try record($0, &random).id }
            let past = try node.past(horizon)
            _ = try past.ask { view in try view.reader.recordRef(id).map { try view.effective($0) } }
        }
    }

    private static func askHistory(_ folder: String, _ count: Int) throws -> AuditPart {
        let office = Office(try Node(opening: folder))
        return try asks(count) { random in
            let id = try office.node.ask { try record($0, &random).id }
            _ = try office.auditHistory(id.hash.hex)
        }
    }

    // MARK: Proving

    /// A log of made-up identities in a store, then proofs that an entry is in it. `seconds` is the making.
    private static func prove(_ folder: String, _ leaves: Int) throws -> AuditPart {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Store(path: folder + "/" + Store.fileName, creating: true)
        let begun = ContinuousClock.now
        var frontier = MerkleFrontier()
        func identity(_ index: Int) -> Hash32 { sha256(Array("leaf \(index)".utf8)) }
        for start in stride(from: 0, to: leaves, by: 100_000) {
            try store.write { writer in
                for index in start..<min(leaves, start + 100_000) {
                    try writer.insertLeaf(UInt64(index), identity(index))
                    for node in frontier.append(identity(index)) where node.position.level > 0 {
                        try writer.insertLogNode(level: node.position.level, position: node.position.index, node.hash)
                    }
                }
            }
        }
        let making = seconds(ContinuousClock.now - begun)
        let size = UInt64(leaves)
        let root = frontier.root
        var bytes = 0
        var part = try store.read { reader in
            let log = LogKeeper(reader: reader)
            return try asks(1_000) { random in
                let index = random.below(leaves)
                let path = try log.inclusionProof(index: UInt64(index), size: size)
                bytes = max(bytes, path.count * 32)
                try MerkleTree(.sha256).verifyInclusion(leaf: identity(index), index: UInt64(index), size: size, proof: path, root: root)
            }
        }
        (part.bytes, part.seconds) = (bytes, making)
        return part
    }
}
