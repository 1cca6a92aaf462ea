import Foundation
import TestKit
import Testing

/// Where no stick comes back: slips, codes over the telephone, gap lists, the register.
@Suite struct SlipCommandTests {
    @Test func aCodeReadOverTheTelephoneEndsOneWayRepeats() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let sent = try tool.do("gt", "bundle", "export", "--to", "gs", "--repeat", "5", "--out", tool.path("1.tkb"), "--as", "620724.gov.p1")
            let check = try #require(sent["phoneDigest"] as? String)
            try tool.do("gs", "bundle", "import", tool.path("1.tkb"), "--as", "wang")

            let slip = try tool.do("gs", "bundle", "receipt", check, "--html", tool.path("slip.html"))
            let code = try #require(slip["code"] as? String)
            #expect(code != check && slip["person"] as? String == "wang" && slip["fromName"] as? String == "gt")
            let page = try String(contentsOf: folder.appendingPathComponent("slip.html"), encoding: .utf8)
            for part in ["回执单", "Bundle receipt slip", code, check, "经办人", "签章", "size: A4", "charset=\"utf-8\"", "演练"] { #expect(page.contains(part), "\(part)") }
            #expect(!page.contains("<script") && !page.contains("http"))
            // The same by the file itself; again it is the same page, and never goes over another that is there.
            #expect(try tool.do("gs", "bundle", "receipt", tool.path("1.tkb"))["code"] as? String == code)
            #expect(try tool.attempt("gs", ["bundle", "receipt", check, "--html", tool.path("slip.html")]).status == 0)
            try Data(page.utf8 + [0x0A]).write(to: folder.appendingPathComponent("slip.html"))
            #expect(try tool.attempt("gs", ["bundle", "receipt", check, "--html", tool.path("slip.html")]).status == 73)

            // The check code only tells which file it is.
            let which = try tool.do("gt", "bundle", "confirm", check)
            #expect(which["meaning"] as? String == "file" && which["isRecorded"] as? Bool == false)
            #expect(try tool.do("gt", "bundle", "confirm", code, "--dry-run")["isRecorded"] as? Bool == false)
            let count = try #require(sent["changesets"] as? Int)
            #expect(try tool.do("gt", "bundle", "export", "--to", "gs", "--repeat", "5", "--out", tool.path("2.tkb"))["changesets"] as? Int == count)
            // Nobody's word is nobody's.
            #expect(try tool.attempt("gt", ["bundle", "confirm", code]).error?.code == "noPerson")
            let word = try tool.do("gt", "bundle", "confirm", code, "--as", "620724.gov.p1")
            #expect(word["isRecorded"] as? Bool == true)
            #expect(try tool.do("gt", "bundle", "export", "--to", "gs", "--repeat", "5", "--out", tool.path("3.tkb"))["changesets"] as? Int == 0)
            // It is no receipt: two ways, everything goes again.
            #expect(try tool.do("gt", "bundle", "export", "--to", "gs", "--out", tool.path("4.tkb"))["changesets"] as? Int == count)

            let open = try #require(try tool.do("gt", "bundle", "list", "--unacknowledged", "--with", "gs")["rows"] as? [[String: Any]])
            #expect(open.map { $0["note"] as? String } == ["4.tkb", "2.tkb", "1.tkb"])
            #expect(open.last?["person"] as? String == "620724.gov.p1")
            #expect((open.last?["confirmed"] as? [String: Any])?["person"] as? String == "620724.gov.p1")
            try tool.do("gs", "bundle", "import", tool.path("4.tkb"), "--receipt", tool.path("down.tkb"))
            try tool.do("gt", "bundle", "import", tool.path("down.tkb"))
            #expect((try tool.do("gt", "bundle", "list", "--unacknowledged")["rows"] as? [Any])?.isEmpty == true)
            for language in ["zh", "en"] {
                for command in [["bundle", "list"], ["bundle", "receipt", check], ["bundle", "gaps"]] {
                    #expect(try tool.run(command + ["--dir", "gs", "--lang", language]).status == 0)
                }
            }
        }
    }

    @Test func whatWasLostOnTheWayIsListedByTheHeartbeatAndSentAgain() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            for number in 1...3 {
                try tool.do("gt", "report", "620724/newUrbanJobs/2020-0\(number)", "\(number)00人", "--unit", "620724.hrss", "--as", "620724.hrss.p2")
                try tool.do("gt", "bundle", "export", "--to", "gs", "--repeat", "0", "--out", tool.path("\(number).tkb"))
            }
            try tool.do("gs", "bundle", "import", tool.path("1.tkb"))
            #expect((try tool.do("gs", "bundle", "gaps")["rows"] as? [Any])?.isEmpty == true)
            let waiting = try tool.do("gs", "bundle", "import", tool.path("3.tkb"))
            #expect((waiting["items"] as? [Any])?.count == 1)
            let slip = try tool.do("gs", "bundle", "receipt", tool.path("3.tkb"))
            #expect(slip["code"] == nil)
            let gaps = try #require(try tool.do("gs", "bundle", "gaps", "--with", "gt")["rows"] as? [[String: Any]])
            #expect(gaps.map { $0["from"] as? Int } == [2] && gaps.map { $0["to"] as? Int } == [2])
            #expect(gaps.first?["nodeName"] as? String == "gt")
            let range = try #require(gaps.first?["range"] as? String)
            let again = try tool.do("gt", "bundle", "export", "--to", "gs", "--repeat", "0", "--again", range, "--out", tool.path("again.tkb"))
            #expect(again["changesets"] as? Int == 1)
            try tool.do("gs", "bundle", "import", tool.path("again.tkb"))
            #expect((try tool.do("gs", "bundle", "gaps")["rows"] as? [Any])?.isEmpty == true)
            #expect(try tool.do("gs", "bundle", "receipt", tool.path("3.tkb"))["code"] as? String != nil)
        }
    }

    @Test func wrongWritingIsToldApart() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.provinceAndCounty(folder)
            let export = ["bundle", "export", "--to", "gs", "--out", tool.path("x.tkb")]
            #expect(try tool.attempt("gt", export + ["--repeat", "2", "--all"]).error?.code == "notTogether")
            #expect(try tool.attempt("gt", export + ["--repeat", "2", "--to", "gt"]).error?.code == "notTogether")
            for wrong in [["--repeat", "1001"], ["--repeat", "x"], ["--again", "junk"], ["--again", "3f2a91c0:2-1"]] {
                #expect(try tool.attempt("gt", export + wrong).status == 64, "\(wrong)")
            }
            #expect(try tool.attempt("gt", export + ["--again", "00000000:1"]).error?.code == "unknownItem")
            #expect(!FileManager.default.fileExists(atPath: tool.path("x.tkb")))
            for code in ["1", "not-a-code", "0000-0000-0000"] {
                #expect(try tool.attempt("gt", ["bundle", "confirm", code]).status == 66, "\(code)")
                #expect(try tool.attempt("gs", ["bundle", "receipt", code]).status == 66, "\(code)")
            }
            #expect(try tool.attempt("gt", export + ["--unit", "nowhere"]).error?.code == "unknownUnit")
        }
    }
}
