import Foundation
import TiaokuaiEntry
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust
import TiaokuaiWork

/// W(n): edits of measure-progress records made at one county node. One edit is one operation: its author is the person,
/// its time the author's clock, its region the partition's place.
public enum Workload {
    public static let county: UnitID = "620724.gov"
    public static let province: UnitID = "620000.gov"
    static let partition = Partition.work("620724", nil)
    /// Edits in one transaction: sixteen full changesets.
    static let batch = 16 * Limits.operationsPerChangeset

    /// Two empty folders become two enrolled nodes, `county` and `province`, that share the base.
    public static func setUp(county countyPath: String, province provincePath: String, base: String) throws {
        let provincePlan = NodePlan(name: "province", region: "620000", units: [.init(province, "620000", isGovernment: true)])
        let top = try Node.create(at: provincePath, plan: provincePlan)
        try top.found(plan: provincePlan, isRehearsal: false)
        let countyPlan = NodePlan(name: "county", region: "620724", units: [.init(county, "620724", isGovernment: true)])
        let bottom = try Node.create(at: countyPath, plan: countyPlan)
        let request = try Node.readRequest(try bottom.makeRequest(plan: countyPlan, depth: nil))
        _ = try top.grant(request, by: province, person: "bench")
        let grant = provincePath + "/grant.tkb"
        _ = try BundleFile.export(top, to: request.subject, path: grant, known: Heads([]))
        _ = try BundleFile.import(bottom, path: grant, isEnrolling: true)
        try bottom.adoptCredential()
        try FileManager.default.removeItem(atPath: grant)
        try load(into: countyPath, base)
        let shared = countyPath + "/base.tkb"
        let provinceID = try top.settings().node
        _ = try BundleFile.export(bottom, to: provinceID, path: shared)
        let report = try BundleFile.import(top, path: shared)
        guard report.refused.isEmpty, report.waiting.isEmpty, report.void.isEmpty else { throw NodeError(.malformedItem, ["reason": "\(report.refused) \(report.waiting) \(report.void)"]) }
        let receipt = try top.receipt(to: try bottom.settings().node)
        _ = try bottom.receive(receipt, .receipt)
        try FileManager.default.removeItem(atPath: shared)
    }

    /// Writes the edits of a file; each batch is durable when the next begins.
    @discardableResult
    public static func load(into path: String, _ file: String) throws -> Int {
        let node = try Node(opening: path)
        guard let handle = FileHandle(forReadingAtPath: file) else { throw NodeError(.fileUnreadable, ["path": file]) }
        defer { try? handle.close() }
        let lines = JSONLines(keys: ["op", "id", "region", "line", "indicator", "period", "value", "note", "author", "ts"]) {
            try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : [UInt8]($0) }
        }
        var count = 0
        var drafts: [Draft] = []
        drafts.reserveCapacity(batch)
        while try lines.next() {
            drafts.append(try draft(lines))
            if drafts.count == batch {
                count += try node.write(drafts).count
                drafts.removeAll(keepingCapacity: true)
            }
        }
        return try count + node.write(drafts).count
    }

    private static func draft(_ lines: JSONLines) throws -> Draft {
        func malformed(_ what: String) -> NodeError { NodeError(.wrongKey, ["row": "\(lines.lineNumber)", "key": what]) }
        guard let key = uuid(try lines.text(1)) else { throw malformed("id") }
        guard let written = instant(try lines.text(9)) else { throw malformed("ts") }
        var fields: [TiaokuaiModel.Operation.Field] = []
        fields.reserveCapacity(5)
        if try lines.text(0) == "new" {
            guard try lines.text(2) == "620724" else { throw malformed("region") }
            fields.append(.init(ProgressKind.line, .text(try lines.text(3))))
            fields.append(.init(ProgressKind.indicator, .text(try lines.text(4))))
            fields.append(.init(ProgressKind.period, .text(try lines.text(5))))
        }
        fields.append(.init(ProgressKind.value, .decimal(try lines.number(6))))
        if lines.has(7), case let note = try lines.text(7), !note.isEmpty { fields.append(.init(ProgressKind.note, .text(note))) }
        return Draft(
            key: RecordKey(partition, ProgressKind.table.name, [.bytes(key)]), unit: county, person: try PersonID(checking: try lines.text(8)), fields: fields, written: written)
    }

    /// `xxxxxxxx-xxxx-…`, 36 characters, as 16 bytes.
    static func uuid(_ text: String) -> [UInt8]? {
        var out: [UInt8] = []
        out.reserveCapacity(16)
        var high: UInt8?
        for byte in text.utf8 {
            let nibble: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): nibble = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): nibble = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "-"): continue
            default: return nil
            }
            if let first = high {
                out.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return out.count == 16 && high == nil && text.utf8.count == 36 ? out : nil
    }

    static func text(uuid bytes: [UInt8]) -> String {
        let digits = Array(bytes.hex)
        return [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]].map { String($0) }.joined(separator: "-")
    }

    /// `2026-01-05T00:00:00.000Z`, exactly.
    static func instant(_ text: String) -> Written? {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes[23] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
            let second = number(17..<19), let millisecond = number(20..<23), let date = Day(year: Int(year), month: Int(month), day: Int(day))
        else { return nil }
        return Written(milliseconds: (((Int64(date.number) * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + millisecond)
    }

    static func text(_ written: Written) -> String {
        let day = Day(number: Int32(written.milliseconds / 86_400_000))
        let rest = written.milliseconds % 86_400_000
        func padded(_ value: Int64, _ width: Int) -> String { String(repeating: "0", count: width - String(value).count) + String(value) }
        return "\(day)T\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1_000 % 60, 2)).\(padded(rest % 1_000, 3))Z"
    }
}

extension Workload {
    /// The county's bundle for the province.
    public static func export(_ path: String, _ file: String) throws {
        let node = try Node(opening: path)
        guard let province = try node.ask({ $0.nodes(matching: "province").first }) else { throw NodeError(.unknownNode, ["node": "province"]) }
        _ = try BundleFile.export(node, to: province.content.subject, path: file)
    }

    public static func `import`(_ path: String, _ file: String) throws {
        let report = try BundleFile.import(try Node(opening: path), path: file)
        guard report.isComplete, report.refused.isEmpty, report.waiting.isEmpty, report.void.isEmpty else {
            throw NodeError(.malformedItem, ["reason": "\(report.refused) \(report.waiting) \(report.void)"])
        }
    }
}
