import Foundation
import Testing
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

// Errors carry their facts by name, and sentences ask for them by name: nothing but this ties the two together. Every place
// in Sources that makes an error with a code and a list of facts is read, and its sentences are filled with just those.

/// `NodeError(.unknownUnit, ["unit": …])`, as it stands in a source file.
private struct Thrown {
    let file: String
    let line: Int
    let domain: ErrorDomain
    let code: String
    /// Nil: the facts are a variable, not a list.
    let keys: Set<String>?
}

private let domains: [String: ErrorDomain] = ["NodeError": .node, "OfficeError": .office, "CommandError": .command, "HTTPCarrierError": .wire]

/// Facts that are put in between the throwing and the sentence.
private func added(_ thrown: Thrown) -> Set<String> {
    switch (thrown.domain, thrown.code) {
    // `Failure` counts the faults itself.
    case (.office, "badFile"): ["count"]
    default: []
    }
}

private let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

/// Everything from an opening parenthesis to the one that closes it; quotation marks and what is in them do not count.
private func arguments(_ text: Substring) -> Substring {
    var depth = 0
    var isQuoted = false
    var previous: Character = " "
    for index in text.indices {
        let character = text[index]
        if character == "\"", previous != "\\" { isQuoted.toggle() }
        if !isQuoted || previous == "\\" {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
        }
        previous = character
        if depth == 0 { return text[...index] }
    }
    return text
}

/// Read once for all tests; empty when the sources are not there, which a test rules out.
private let everyThrown: [Thrown] = {
    guard let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil) else { return [] }
    var out: [Thrown] = []
    for case let file as URL in files where file.pathExtension == "swift" {
        guard let bytes = try? Data(contentsOf: file) else { continue }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.range(of: Data("Error(".utf8)) != nil {
            // A list of facts may go on over some lines.
            let text = lines[index..<min(index + 8, lines.count)].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
            let line = String(decoding: line, as: UTF8.self)
            for match in text.prefix(line.count).matches(of: /\b(NodeError|OfficeError|CommandError|HTTPCarrierError)\(\s*\.`?(\w+)`?/) {
                guard let domain = domains[String(match.1)], let open = text[match.range].firstIndex(of: "(") else { continue }
                let inside = arguments(text[open...])
                let rest = text[match.range.upperBound..<inside.endIndex]
                let isList = rest.contains(/^\s*,\s*\[/)
                let keys = isList ? Set(rest.matches(of: /"(\w+)":/).map { String($0.1) }) : rest == ")" || rest.contains(/^\s*,\s*faults:/) ? [] : nil
                out.append(Thrown(file: file.lastPathComponent, line: index + 1, domain: domain, code: String(match.2), keys: keys))
            }
        }
    }
    return out
}()

@Suite struct FactKeyTests {
    @Test func everyFactThatASentenceNeedsIsGivenWhereItsErrorIsMade() throws {
        let all = everyThrown
        // Fewer would mean that the pattern no longer fits the code.
        #expect(all.count > 150)
        #expect(all.count { $0.keys != nil } > 140)
        for thrown in all {
            guard let given = thrown.keys, let words = ErrorWords.of(thrown.domain, thrown.code) else { continue }
            let needed = Set([words.what.zh, words.what.en, words.next.zh, words.next.en].flatMap { Template.needed(in: $0) })
            let missing = needed.subtracting(given).subtracting(added(thrown))
            #expect(missing.isEmpty, "\(thrown.file):\(thrown.line) \(thrown.domain) \(thrown.code) lacks \(missing.sorted())")
        }
    }

    @Test func noCodeIsThrownThatNoSentenceIsFor() throws {
        for thrown in everyThrown where ErrorWords.of(thrown.domain, thrown.code) == nil {
            Issue.record("\(thrown.file):\(thrown.line) \(thrown.domain) \(thrown.code)")
        }
    }

    /// Facts that a variable holds are tried with what that code is thrown with.
    @Test func errorsWhoseFactsAreAVariableNeedNone() throws {
        for thrown in everyThrown where thrown.keys == nil {
            guard let words = ErrorWords.of(thrown.domain, thrown.code) else { continue }
            let known: Set<String> = ["unit", "name", "reason", "field", "reference", "event", "place", "indicator", "reporters"]
            let needed = Set([words.what.zh, words.what.en].flatMap { Template.needed(in: $0) })
            #expect(needed.subtracting(known).isEmpty, "\(thrown.file):\(thrown.line) \(thrown.domain) \(thrown.code)")
        }
    }

    @Test(arguments: FileFault.Code.allCases) func everyFaultOfAFileIsAWholeSentence(code: FileFault.Code) throws {
        let words = try #require(ErrorWords.fault(code.rawValue, fact: "targets[2]", isSheet: false))
        for text in [words.zh, words.en] {
            #expect(!text.contains("—"), "\(code): \(text)")
            #expect(!text.contains("{"), "\(code): \(text)")
        }
    }

    @Test func aFaultSaysWhatWasWantedInItsOwnLanguage() throws {
        let type = try #require(ErrorWords.fault("wrongType", fact: "list of text", isSheet: false))
        #expect(type == Words("类型不对,应为加引号文字的列表。", "It has the wrong type: wanted is a list of texts in quotation marks."))
        // In a sheet the same code names the key.
        #expect(ErrorWords.fault("wrongType", fact: "value", isSheet: true)?.zh.contains("“value”的类型不对") == true)
        let void = try #require(ErrorWords.fault("wouldBeVoid", fact: "notIssuer: 620724.gov target 620724/x/2020", isSheet: false))
        #expect(void == Words("这样填不会生效(不是签发单位):620724.gov target 620724/x/2020,没有写。", "This would have no effect (not an issuer): 620724.gov target 620724/x/2020; nothing was written."))
    }

    @Test func aPhraseStandsInEachSentenceInItsOwnLanguage() throws {
        let damaged = try #require(ErrorWords.of(.command, "bundleDamaged"))
        let words = damaged.filled(["count": "1", "offset": "40"], phrases: ["reason": Words("断了", "cut off"), "taken": Words("已收下", "taken in")]).what
        #expect(words == Words("数据包有 1 处损坏(首处在第 40 字节:断了);已收下。", "The bundle is damaged in 1 place(s) (first at byte 40: cut off); taken in."))
        // Looked at only, nothing is taken in, and the sentence does not say so.
        #expect(damaged.filled(["count": "1", "offset": "40"]).what.zh == "数据包有 1 处损坏(首处在第 40 字节)。")
    }
}

@Suite struct UsageWordsTests {
    @Test(arguments: [
        ("Unknown option '--nosuch'", "没有选项 --nosuch"), ("Unknown option '--jsn'. Did you mean '--json'?", "没有选项 --jsn;是不是 --json?"),
        ("Missing expected argument '<record>'", "缺少 <记录>"), ("Missing value for '--dir <folder>'", "--dir <文件夹> 后面缺少值"),
        ("Unexpected argument 'x'", "多出了 x"), ("2 unexpected arguments: 'x', 'y'", "多出了 x、y"),
        ("The value 'fr' is invalid for '--lang <zh|en>'", "--lang <zh|en> 的值 fr 不对"), ("Something else.", "原文:Something else."),
    ])
    func whatTheParserSaysIsSaidInChinese(message: String, zh: String) { #expect(UsageWords.of(message) == Words(zh, message)) }

    @Test func aHelpScreenHasNoEnglishHeadingsInChinese() {
        let screen = "OVERVIEW: 概况。\n\nUSAGE: tiaokuai status [--dir <folder>]\n\nOPTIONS:\n  -h, --help              Show help information.\n\n  See 'tiaokuai help <subcommand>' for detailed help."
        let zh = HelpWords.spoken(screen, in: .zh)
        for word in ["OVERVIEW", "USAGE", "OPTIONS", "Show", "detailed"] { #expect(!zh.contains(word), "\(word)") }
        #expect(zh.hasPrefix("概况。\n\n用法: tiaokuai status [--dir <文件夹>]"))
        #expect(HelpWords.spoken(screen, in: .en).hasPrefix("概况。\n\nUSAGE: tiaokuai status"))
    }
}
