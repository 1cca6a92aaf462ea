import Foundation
import TestKit
import Testing

/// `audit archive` and `audit verify` of what it wrote, as people run them.
@Suite struct ArchiveCommandTests {
    @Test func aYearIsArchivedTwiceAlikeAndVerifiedWithoutANode() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.carry("gt", "gs", now: "2020-08-13")
            let network = try #require(try tool.do("gs", "status")["network"] as? String)
            func archive(_ name: String, _ more: String...) throws -> Outcome { try tool.attempt("gs", ["audit", "archive", tool.path(name), "--year", "2020"] + more, now: "2021-01-05") }
            let made = try archive("2020")
            #expect(made.status == 0, "\(made.out) \(made.err)")
            let facts = try #require(try made.json["archive"] as? [String: Any])
            #expect(facts["year"] as? Int == 2020 && facts["nodeName"] as? String != nil && facts["isRehearsal"] as? Bool == true)
            // The question itself is on record, and changes nothing in the archive.
            let again = try archive("again")
            #expect(try again.status == 0 && again.json["digest"] as? String == made.json["digest"] as? String)
            let readings = try tool.run(["audit", "readings", "--dir", "gs", "--now", "2021-01-05", "--json"])
            #expect(readings.out.contains("audit archive"))
            let readme = try String(contentsOf: folder.appendingPathComponent("2020/README.md"), encoding: .utf8)
            #expect(readme.contains("演练网络") && readme.contains("密级") && readme.contains("A rehearsal") && readme.contains(network) && readme.hasPrefix("# 条块存档 2020 年"))
            let sums = try Child.run(["/usr/bin/env", "sha256sum", "-c", "--quiet", "SHA256SUMS"], in: folder.appendingPathComponent("2020"))
            #expect(sums.status == 0, "\(sums.out) \(sums.err)")

            let verified = try tool.run(["audit", "verify", tool.path("2020"), "--root", network, "--json"])
            #expect(try verified.status == 0 && verified.json["isClean"] as? Bool == true, "\(verified.out)")
            if let python = try PythonVerifier.run(["archive", tool.path("2020"), "--root", network]) { #expect(python.status == 0, "\(python.out) \(python.err)") }
            try tool.alter("2020/formats/Log.md") { $0[100] ^= 1 }
            let spoilt = try tool.run(["audit", "verify", tool.path("2020"), "--root", network])
            #expect(spoilt.status == 1 && spoilt.out.contains("2020/formats/Log.md"))
            let mixed = try tool.run(["audit", "verify", tool.path("2020"), tool.path("gt.grant"), "--root", network])
            #expect(mixed.status == 64)

            // Refused with a reason each, and nothing is left behind.
            #expect(try archive("2020").error?.code == "archiveExists")
            let other = try tool.attempt("gs", ["audit", "archive", tool.path("none"), "--year", "2019"])
            #expect(try other.status == 66 && other.error?.code == "nothingInYear")
            let place = try archive("none", "--place", "999999")
            #expect(place.status != 0 && place.status != 70)
            let full = try tool.attempt(
                "gs", ["audit", "archive", tool.path("none"), "--year", "2020"], now: "2021-01-05", wrapper: ["/bin/bash", "-c", "ulimit -f 20; exec \"$@\"", "bash"])
            #expect(try full.status == 73 && full.error?.code == "diskFull", "\(full.out) \(full.err)")
            #expect(try archive("absent/none").status == 73)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("none") || $0.contains("partial") || $0 == "absent" }
            #expect(left == [])
        }
    }
}
