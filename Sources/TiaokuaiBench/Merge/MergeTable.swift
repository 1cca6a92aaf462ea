import Foundation

/// The report as the table of Docs/Bench.md.
public struct MergeTable {
    public let lines: [String]

    public init(_ report: MergeReport) {
        var lines = ["machine: \(report.machine)", "| shape | claims | claims/s | ns a claim | growth |", "| --- | ---: | ---: | ---: | ---: |"]
        for measure in report.measures {
            let isLast = report.measures.last { $0.shape == measure.shape } == measure
            let growth = isLast ? report.growth(of: measure.shape).map { String(format: "%.2f", $0) } ?? "" : ""
            lines.append("| \(measure.shape.rawValue) | \(measure.claims) | \(Int(measure.claimsPerSecond)) | \(Int(measure.nanosecondsPerClaim)) | \(growth) |")
        }
        if let again = report.redecision {
            lines.append(
                "re-decision after a change of the mode: \(again.claims) claims in \(again.records) records, \(again.changed) changed, "
                    + String(format: "%.2f s, ", again.seconds) + "\(Int(again.claimsPerSecond)) claims/s")
        }
        self.lines = lines
    }
}
