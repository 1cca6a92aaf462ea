import Foundation
import GRDB
import TestKit
import Testing
import TiaokuaiModel

/// What people may not write, what they may and what comes of it, and what the machine may lack.
@Suite struct BadWritingTests {
    private func expectRefused(_ outcome: Outcome, _ code: String, status: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(outcome.status == status, "\(outcome.out) \(outcome.err)", sourceLocation: sourceLocation)
        let error = try #require(try outcome.error, sourceLocation: sourceLocation)
        #expect(error.code == code, sourceLocation: sourceLocation)
        #expect(!error.zh.isEmpty && !error.en.isEmpty && error.zh != error.en, sourceLocation: sourceLocation)
    }

    @Test func aCityCannotWriteInACountysName() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            #expect(try tool.carry("gt", "zy").status == 0)
            let before = try tool.digest("zy", with: "gt")
            let outcome = try tool.attempt(
                "zy", ["report", "620724/grainReserveDays/2020-08", "20天", "--unit", "620724.ndrc", "--as", "620724.ndrc.p1"])
            try expectRefused(outcome, "unitNotWritten", status: 77)
            #expect(try tool.digest("zy", with: "gt") == before)
        }
    }

    @Test func aBlockNodeCannotWriteForAUnitWhoseOwnNodeTookItOver() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            #expect(try tool.carry("gt", "zy").status == 0)
            try tool.do("hrss", "node", "init", "--rehearsal", "--region", "620724", "--name", "hrss", "--unit", "620724.hrss", now: "2020-05-01")
            try tool.do("hrss", "enroll", "request", "--takes-over", "--out", tool.path("hrss.request"), now: "2020-05-01")
            // Without the old node's agreement the superior of the same lineage may not grant it.
            try expectRefused(
                try tool.attempt("zy", ["enroll", "grant", tool.path("hrss.request"), "--out", tool.path("no.grant")], now: "2020-05-01"), "mayNotIssue", status: 77)
            try tool.do("gt", "enroll", "consent", tool.path("hrss.request"), "--out", tool.path("hrss.consent"), now: "2020-05-01")
            try tool.do(
                "zy", "enroll", "grant", tool.path("hrss.request"), "--consent", tool.path("hrss.consent"), "--out", tool.path("hrss.grant"), now: "2020-05-01")
            try tool.do("hrss", "enroll", "accept", tool.path("hrss.grant"), now: "2020-05-01")
            #expect(try tool.carry("zy", "gt", as: "down.tkb").status == 0)

            let cell = "620724/newUrbanJobs/2020-08"
            try expectRefused(
                try tool.attempt("gt", ["report", cell, "1人", "--unit", "620724.hrss", "--as", "620724.hrss.p2"]), "unitNotWritten", status: 77)
            try tool.do("hrss", "report", cell, "2100人", "--unit", "620724.hrss", "--as", "620724.hrss.p2")
            #expect(try tool.carry("hrss", "zy", as: "up.tkb").status == 0)
            #expect(try tool.do("zy", "explain", cell, "value")["value"] as? String == "2100")
        }
    }

    @Test func aLoosenedFloorIsKeptAndInert() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gs", "publish", Tool.example("gs/publish/01-six-guarantees.yaml"), now: "2020-04-30")
            #expect(try tool.carry("gs", "gt").status == 0)
            let looser = """
                format: "tiaokuai/publish/1"
                place: "620724"
                on: "2020-08-18"
                by: {unit: "620724.gov", as: "620724.gov.p1"}
                targets:
                  - {indicator: "grainReserveDays", period: "2020", comparator: "atLeast", value: "8", measure: "天"}
                """
            try Data(looser.utf8).write(to: folder.appendingPathComponent("looser.yaml"))
            try tool.do("gt", "publish", tool.path("looser.yaml"), now: "2020-08-18")
            let why = try tool.do("gt", "explain", "target 620724/grainReserveDays/2020", "floor")
            #expect(why["value"] as? String == "10")
            #expect(why["ownValue"] as? String == "8")
            let steps = try #require((why["bound"] as? [String: Any])?["steps"] as? [[String: Any]])
            #expect(steps.map { $0["standing"] as? String } == ["effective", "inert"])
        }
    }

    @Test func aStandardToppedUpIsKeptAndRefused() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gs", "publish", Tool.example("gs/publish/02-price-subsidy.yaml"), now: "2020-04-30")
            #expect(try tool.carry("gs", "gt").status == 0)
            try tool.do("gt", "publish", Tool.example("gt/publish/02-standard-topped-up.yaml"), now: "2020-08-14")
            let shown = try tool.do("gt", "show", "standard 620724/priceSubsidyRaise/2020/620724.civil")
            #expect(shown["judgement"] as? String == "refused")
        }
    }

    @Test func aUnitCannotReportAFigureThatIsNotItsOwn() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let outcome = try tool.attempt("gt", ["report", "620724/grainReserveDays/2020-08", "20天", "--unit", "620724.edu"])
            try expectRefused(outcome, "notYourFigure", status: 77)
            #expect(try tool.attempt("gt", ["explain", "620724/grainReserveDays/2020-08", "value"]).status == 66)
        }
    }

    @Test func aClockTenYearsOffDecidesNothing() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            // Before and after: the posts of the example begin in 2020, so the county says who acts without one registered.
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "15.6天", "--unit", "县商务局", now: "2030-08-14")
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局", now: "2020-08-14")
            let why = try tool.do("gt", "explain", "620724/grainReserveDays/2020-08", "value")
            #expect(why["value"] as? String == "14.2")
            #expect(why["mode"] as? String == "lineFirst")
            try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("up.tkb"), now: "2030-08-14")
            #expect(try tool.attempt("gs", ["bundle", "import", tool.path("up.tkb")], now: "2010-01-01").status == 0)
            try tool.expectEqualDigests("gs", "gt")
            #expect(try tool.isHealthy("gs"))
        }
    }

    @Test func aFullDiskLeavesNothingHalfWritten() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            // Enough work that the bundle is larger than what the store itself writes at a hand-over.
            var random = SplitMix64(seed: 20)
            let days = (2000...2019).flatMap { year in (1...12).flatMap { month in (1...15).map { "\(year)-\(month < 10 ? "0" : "")\(month)-\($0 < 10 ? "0" : "")\($0)" } } }
            let rows = days.map { #"{"indicator":"newUrbanJobs","period":"\#($0)","value":"1","measure":"人","remark":"\#(random.bytes(40).hex)"}"# }
            try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent("rows.jsonl"))
            try tool.do("gt", "report", "import", tool.path("rows.jsonl"), "--unit", "620724.hrss", "--as", "620724.hrss.p2")
            let before = try tool.digest("gt", with: "gs")[1]
            let size = try #require(try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("whole.tkb"))["bytes"] as? Int)
            #expect(size > 60_000)
            // No file may grow beyond 48 KiB: the stand-in for a full stick.
            let outcome = try tool.attempt(
                "gt", ["bundle", "export", "--to", "gs", "--out", tool.path("big.tkb")], wrapper: ["/bin/bash", "-c", "ulimit -f 48; exec \"$@\"", "bash"])
            try expectRefused(outcome, "diskFull", status: 73)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("big.tkb") } == [])
            #expect(try tool.digest("gt", with: "gs")[1] == before)
            #expect(try tool.isHealthy("gt"))
        }
    }

    @Test func aReadOnlyStickIsSaidAndNothingIsLost() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            // Nobody, not even root, writes there.
            try expectRefused(try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--out", "/proc/up.tkb"]), "fileUnwritable", status: 73)
            try expectRefused(try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--out", tool.path("no/such/folder/up.tkb")]), "fileUnwritable", status: 73)
            #expect(try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--out", tool.path("up.tkb")]).status == 0)
        }
    }

    @Test func aFileThatIsNoBundleIsNotWrittenOver() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try Data("重要".utf8).write(to: folder.appendingPathComponent("notes.txt"))
            try expectRefused(try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--out", tool.path("notes.txt")]), "fileExists", status: 73)
            #expect(try String(contentsOfFile: tool.path("notes.txt"), encoding: .utf8) == "重要")
        }
    }

    @Test func aFolderOfANewerVersionIsLeftAlone() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let queue = try DatabaseQueue(path: tool.path("gt/tiaokuai.sqlite"))
            try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
            try queue.close()
            try expectRefused(try tool.attempt("gt", ["status"]), "newerVersion", status: 78)
            try expectRefused(try tool.attempt("gt", ["report", "620724/grainReserveDays/2020-08", "1天", "--unit", "县发改局"]), "newerVersion", status: 78)
        }
    }

    @Test func aFolderOfAnotherBuildAndAFileThatIsNoStoreAreLeftAlone() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.write("gt") { try $0.execute(sql: "ALTER TABLE changeset DROP COLUMN digest") }
            for command in [["status"], ["audit", "verify"], ["report", "620724/grainReserveDays/2020-08", "1天", "--unit", "县发改局"]] {
                try expectRefused(try tool.attempt("gt", command), "otherBuild", status: 78)
            }
            let told = try #require(try tool.attempt("gt", ["status"]).error)
            #expect(told.zh.contains("changeset") && told.en.contains("changeset") && !told.en.contains("SQL"))
            for bytes in [Data("no database, and long enough to be taken for one\n".utf8), Data()] {
                try bytes.write(to: folder.appendingPathComponent("gt/tiaokuai.sqlite"))
                for left in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: tool.path("gt/tiaokuai.sqlite" + left)) }
                try expectRefused(try tool.attempt("gt", ["status"]), "notAStore", status: 78)
                #expect(try Data(contentsOf: folder.appendingPathComponent("gt/tiaokuai.sqlite")) == bytes)
            }
        }
    }

    @Test func aValueChangedBySQLChangesTheDigestAndTheDoctorNamesTheRow() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try tool.do("gt", "report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局")
            let before = try tool.digest("gt", with: "gs")
            let queue = try DatabaseQueue(path: tool.path("gt/tiaokuai.sqlite"))
            try queue.write { db in
                let row = try #require(
                    try Row.fetchOne(
                        db, sql: "SELECT s.record, s.unit, s.fields FROM standing s JOIN record r ON r.ref = s.record JOIN name n ON n.ref = r.kind WHERE n.text = 'cell'"))
                var fields: Data = row["fields"]
                // The figure is the last thing that the claim says: 142 × 10⁻¹ becomes 143 × 10⁻¹.
                fields[fields.count - 1] ^= 1
                try db.execute(sql: "UPDATE standing SET fields = ? WHERE record = ? AND unit = ?", arguments: [fields, row["record"] as Int64, row["unit"] as Int64])
            }
            try queue.close()
            #expect(try tool.digest("gt", with: "gs") != before)
            let doctor = try tool.attempt("gt", ["doctor"])
            #expect(doctor.status == 1)
            #expect(doctor.out.contains("620724/grainReserveDays/2020-08"))
        }
    }

    @Test func aSheetWithFaultsWritesNothingAndNamesRowAndColumn() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let sheet = "\u{FEFF}地区,指标代码,期间,数值,计量单位,填报单位\n620724,newUrbanJobs,2020年8月,２１００,人,620724.hrss\n620724,labourTransfer,2020-08,三万,人,620724.hrss\n620724,newUrbanJobs,2020-13,5,人,620724.hrss\n"
            try Data(sheet.utf8).write(to: folder.appendingPathComponent("8月.csv"))
            let outcome = try tool.attempt("gt", ["report", "import", tool.path("8月.csv"), "--unit", "620724.hrss", "--as", "620724.hrss.p2"])
            try expectRefused(outcome, "badFile", status: 65)
            let faults = try #require((try outcome.json["error"] as? [String: Any])?["faults"] as? [[String: Any]])
            #expect(faults.map { "\($0["row"] as? Int ?? 0),\($0["column"] as? Int ?? 0)" } == ["3,4", "4,3"])
            #expect(try tool.attempt("gt", ["explain", "620724/newUrbanJobs/2020-08", "value"]).status == 66)

            let good = sheet.replacingOccurrences(of: "三万", with: "3.04万").replacingOccurrences(of: "2020-13", with: "2020-07").replacingOccurrences(of: "3.04万,人", with: "3.04,万人")
            try Data(good.utf8).write(to: folder.appendingPathComponent("8月.csv"))
            try tool.do("gt", "report", "import", tool.path("8月.csv"), "--unit", "620724.hrss", "--as", "620724.hrss.p2")
            #expect(try tool.do("gt", "explain", "620724/labourTransfer/2020-08", "value")["value"] as? String == "30400")
        }
    }

    @Test func aCopiedFolderNeitherWritesNorSignsAndTheDoctorSaysSo() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            try FileManager.default.copyItem(atPath: tool.path("gt"), toPath: tool.path("copy"))
            let before = try tool.digest("copy", with: "gs")
            try expectRefused(
                try tool.attempt("copy", ["report", "620724/grainReserveDays/2020-08", "14.2天", "--unit", "县发改局"]), "clonedFolder", status: 78)
            try expectRefused(try tool.attempt("copy", ["bundle", "export", "--to", "gs", "--out", tool.path("up.tkb")]), "clonedFolder", status: 78)
            #expect(try tool.digest("copy", with: "gs") == before)
            let doctor = try tool.attempt("copy", ["doctor"])
            #expect(doctor.status == 1)
            #expect(try (doctor.json["findings"] as? [[String: Any]])?.contains { $0["part"] as? String == "folder" && $0["isFault"] as? Bool == true } == true)
        }
    }

    /// A stick whose controller takes the bytes and keeps others: played by a library that changes what `write` gets.
    @Test func aMediumThatLiesAboutWhatItHoldsIsFound() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let source = """
                #define _GNU_SOURCE
                #include <stdio.h>
                #include <string.h>
                #include <stdlib.h>
                #include <sys/syscall.h>
                #include <unistd.h>
                ssize_t write(int file, const void *bytes, size_t count) {
                    char link[64], path[4096];
                    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
                    ssize_t length = readlink(link, path, sizeof path - 1);
                    if (length > 0) path[length] = 0;
                    if (length <= 0 || strstr(path, ".tkb.part-") == NULL || count == 0) return syscall(SYS_write, file, bytes, count);
                    char *other = malloc(count);
                    memcpy(other, bytes, count);
                    other[count / 2] ^= 1;
                    ssize_t written = syscall(SYS_write, file, other, count);
                    free(other);
                    return written;
                }
                """
            try Data(source.utf8).write(to: folder.appendingPathComponent("liar.c"))
            let compiled = try Child.run(["/usr/bin/env", "clang", "-shared", "-fPIC", "-o", tool.path("liar.so"), tool.path("liar.c")])
            try #require(compiled.status == 0, "\(compiled.err)")
            let liar = ["/usr/bin/env", "LD_PRELOAD=\(tool.path("liar.so"))"]
            try expectRefused(
                try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--out", tool.path("up.tkb")], wrapper: liar), "readBackDiffers", status: 73)
            #expect(!FileManager.default.fileExists(atPath: tool.path("up.tkb")))
            // On an honest medium it goes through, and nothing was taken as sent.
            #expect(try tool.carry("gt", "gs").status == 0)
            try tool.expectEqualDigests("gs", "gt")
        }
    }

    @Test func anEndBySignalLeavesNoHalfWrittenFile() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let before = try tool.digest("gt", with: "gs")
            // The export is stopped at a random place of its short life, again and again.
            for milliseconds in stride(from: 5, through: 200, by: 15) {
                let wrapper = ["/usr/bin/timeout", "-s", "INT", "0.\(milliseconds < 100 ? "0" : "")\(milliseconds < 10 ? "0" : "")\(milliseconds)"]
                _ = try tool.attempt("gt", ["bundle", "export", "--to", "gs", "--all", "--out", tool.path("cut.tkb")], wrapper: wrapper)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".part-") } == [])
            }
            #expect(try tool.digest("gt", with: "gs")[1] == before[1])
            #expect(try tool.isHealthy("gt"))
        }
    }
}
