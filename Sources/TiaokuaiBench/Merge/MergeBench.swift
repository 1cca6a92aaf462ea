import Foundation
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiWork

/// The figures of merging alone: `settle` over operations in memory, no file, no signature, no clock in what is measured.
public struct MergeReport: Codable, Hashable, Sendable {
    /// One shape at one size.
    public struct Measure: Codable, Hashable, Sendable {
        public let shape: MergeShape
        public let claims: Int
        /// Of a processor.
        public let seconds: Double
        public var claimsPerSecond: Double { Double(claims) / max(seconds, 1e-9) }
        public var nanosecondsPerClaim: Double { seconds * 1e9 / Double(max(claims, 1)) }
    }

    /// After a change of the mode: every record settled again and compared with what it came to before.
    public struct Redecision: Codable, Hashable, Sendable {
        public let claims: Int
        public let records: Int
        public let changed: Int
        public let seconds: Double
        public var claimsPerSecond: Double { Double(claims) / max(seconds, 1e-9) }
    }

    public var machine: String
    public var measures: [Measure] = []
    public var redecision: Redecision?

    /// Time per claim at the largest size against the smallest: 1 is linear.
    public func growth(of shape: MergeShape) -> Double? {
        let own = measures.filter { $0.shape == shape }.sorted { $0.claims < $1.claims }
        guard let first = own.first, let last = own.last, own.count > 1 else { return nil }
        return last.nanosecondsPerClaim / max(first.nanosecondsPerClaim, 1e-9)
    }
}

public enum MergeBench {
    /// - Parameters:
    ///   - shapes: what is measured.
    ///   - limit: larger sizes of the shapes are left out; `Int.max` for all.
    public static func run(_ shapes: [MergeShape] = MergeShape.allCases, limit: Int = .max, each: (MergeReport.Measure) -> Void = { _ in }) -> MergeReport {
        var report = MergeReport(machine: machine())
        for shape in shapes {
            for size in shape.sizes where size <= limit {
                let measure = MergeReport.Measure(shape: shape, claims: size, seconds: shape == .records ? records(size).settled : oneRecord(shape, size))
                each(measure)
                report.measures.append(measure)
            }
        }
        if shapes.contains(.records), let size = MergeShape.records.sizes.last(where: { $0 <= limit }) {
            let again = records(size)
            report.redecision = .init(claims: size, records: size / 5, changed: again.changed, seconds: again.redecided)
        }
        return report
    }

    /// Records are made a thousand at a time, outside what is measured, so that memory does not grow with their number.
    private static func records(_ size: Int) -> (settled: Double, redecided: Double, changed: Int) {
        var history = MergeHistory(.records)
        let before = GoverningVersions(history.governance)
        let after = GoverningVersions(MergeHistory.governance(.blockFirst))
        var (settled, redecided, changed, made) = (0.0, 0.0, 0, 0)
        while made < size / 5 {
            let block = (made..<min(made + 1_000, size / 5)).map { history.normalRecord(CellKind.value, $0) }
                .map { (record: $0.record, claims: $0.claims.map { JudgedOperation($0.id, $0.operation) }) }
            made += block.count
            var outcomes: [Settlement] = []
            outcomes.reserveCapacity(block.count)
            settled += processorSeconds {
                for each in block { outcomes.append(settle(each.claims, record: each.record, table: CellKind.table, governance: before)) }
            }
            redecided += processorSeconds {
                for (index, each) in block.enumerated() where settle(each.claims, record: each.record, table: CellKind.table, governance: after) != outcomes[index] {
                    changed += 1
                }
            }
        }
        return (settled, redecided, changed)
    }

    private static func oneRecord(_ shape: MergeShape, _ size: Int) -> Double {
        let isCrowd = shape == .crowd || shape == .queue
        var history = MergeHistory(shape, units: isCrowd ? size : 0)
        let claims = history.oneRecord(CellKind.value, size, crowd: MergeHistory.crowd(isCrowd ? size : 0)).map { JudgedOperation($0.id, $0.operation) }
        let versions = GoverningVersions(history.governance)
        var heads = 0
        let time = processorSeconds {
            heads = settle(claims, record: history.record, table: CellKind.table, governance: versions).heads.count
        }
        precondition(heads > 0, "a record with operations has heads")
        return time
    }

    /// What this process had of a processor: what else runs on the machine does not count.
    private static func processorSeconds(_ work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let started = now()
        work()
        return now() - started
    }

    /// Processor and number of cores, as the system names them.
    public static func machine() -> String {
        let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = facts.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = line.flatMap { $0.split(separator: ":").last }.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
        return "\(name), \(ProcessInfo.processInfo.processorCount) cores"
    }
}
