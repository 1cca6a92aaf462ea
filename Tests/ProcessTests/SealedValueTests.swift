import Foundation
import TestKit
import Testing

/// A remark for the province's eyes, written at a county, carried by its city: by the commands that people use.
@Suite struct SealedValueTests {
    private static let secret = "举报人不愿公开姓名"

    @Test func aCountysRemarkIsReadAtTheProvinceAndNowhereElse() throws {
        try withTemporaryFolder { folder in
            let tool = try Tool.threeTiers(folder)
            try tool.do("gt", "ledger", "open", "--unit", "县工信局", "--number", "17", "--title", "原料运输受阻", now: "2020-08-15")
            let claimed = try tool.do("gt", "claim", "高工信-2020-017", "description=\(Self.secret)", "--seal-to", "gs", "--unit", "县工信局")
            #expect("\(claimed)".contains("sealed:") && !"\(claimed)".contains(Self.secret))
            // By standard input it stands in no history of commands.
            let typed = try tool.attempt(
                "gt", ["claim", "高工信-2020-017", "subject=-", "--seal-to", "gs", "--unit", "县工信局"], wrapper: ["/bin/sh", "-c", "printf '某企业\\n' | \"$0\" \"$@\""])
            #expect(typed.status == 0, "\(typed.out)")
            for (from, to) in [("gt", "zy"), ("zy", "gs")] { #expect(try tool.carry(from, to).status == 0) }

            let item = "高工信-2020-017"
            for (node, language, words) in [("zy", "zh", "密封给gs"), ("zy", "en", "sealed to gs"), ("gt", "zh", "密封给gs"), ("gs", "en", "sealed to gs")] {
                let commands = [["explain", item, "description"], ["show", item], ["history", item]]
                for command in commands.prefix(node == "zy" ? 3 : 1) {
                    let out = try tool.run(command + ["--dir", node, "--lang", language]).out
                    #expect(out.contains(words) && !out.contains(Self.secret), "\(node) \(command[0]): \(out)")
                }
            }
            let json = try tool.do("zy", "explain", item, "description")
            #expect((json["value"] as? String)?.hasPrefix("sealed:") == true)

            let read = try tool.do("gs", "unseal", item)
            let rows = try #require(read["rows"] as? [[String: Any]])
            let said = Dictionary(uniqueKeysWithValues: rows.map { ($0["field"] as? String ?? "", $0["value"] as? String ?? "") })
            #expect(said == ["description": Self.secret, "subject": "某企业"])
            #expect(rows.allSatisfy { $0["isForThisNode"] as? Bool == true && ($0["verdict"] as? [String: Any])?["code"] as? String == "stands" })
            #expect(try tool.run(["unseal", item, "description", "--dir", "gs"]).out.contains(Self.secret))
            for node in ["zy", "gt"] {
                let refused = try tool.attempt(node, ["unseal", item])
                #expect(refused.status == 77)
                #expect(try refused.error?.code == "sealedToOthers" && refused.error?.zh.contains("gs") == true)
            }
            #expect(try tool.attempt("gs", ["unseal", item, "title"]).error?.code == "nothingSealed")
            for (one, other) in [("gt", "zy"), ("zy", "gs")] { try tool.expectEqualDigests(one, other) }
            #expect(try tool.attempt("zy", ["log", "verify"]).status == 0)

            // What can't be done, said before anything is written.
            func code(_ arguments: [String], at node: String = "gt") throws -> String? { try tool.attempt(node, ["claim"] + arguments + ["--unit", "县工信局"]).error?.code }
            #expect(try code([item, "description=x", "--seal-to", "兰州市"]) == "receiverUnknown")
            #expect(try code([item, "department=县工信局", "--seal-to", "gs"]) == "notSealable")
            #expect(try code([item, "description=" + String(repeating: "长", count: 21_845), "--seal-to", "gs"]) == "valueTooLong")
            #expect(try code(["warning:620724/620724.miit/2020/1", "household=张三", "--seal-to", "gs"]) == "personalUpward")

            // A locked cabinet asks for its passphrase, and says so where nobody knows it.
            try Data("correct horse, battery\n".utf8).write(to: folder.appendingPathComponent("pass"))
            try tool.do("gs", "node", "lock", "--passphrase-file", tool.path("pass"))
            #expect(try tool.attempt("gs", ["unseal", item]).error?.code == "keyFileSealed")
            #expect(try tool.attempt("gs", ["unseal", item, "--passphrase-file", tool.path("pass")]).status == 0)
        }
    }
}
