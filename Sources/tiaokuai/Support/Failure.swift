import ArgumentParser
import Foundation
import TiaokuaiAudit
import TiaokuaiEntry
import TiaokuaiFormat
import TiaokuaiHTTP
import TiaokuaiLog
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSeal
import TiaokuaiStore
import TiaokuaiToken
import TiaokuaiTrust
import TiaokuaiWording

/// Any error, brought to a domain, a stable code and facts: what is printed and what the shell is told follow from these.
struct Failure: Error, Encodable {
    let domain: ErrorDomain
    let code: String
    var facts: [String: String]
    /// Facts that are words themselves: each language's sentence gets its own.
    var phrases: [String: Words] = [:]
    /// Lines of detail above the sentence, such as each fault of a file.
    var details: [String] = []
    /// The same for `--json`.
    var faults: [Fault] = []

    /// One place of a file that is wrong.
    struct Fault: Encodable {
        let file: String
        let code: String
        let fact: String
        let line: Int?
        let row: Int?
        let column: Int?
        let keyPath: String?
        let zh: String
        let en: String
    }

    init(_ domain: ErrorDomain, _ code: String, _ facts: [String: String] = [:], phrases: [String: Words] = [:]) {
        self.domain = domain
        self.code = code
        self.facts = facts
        self.phrases = phrases
    }

    init(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as CommandError:
            let reason = error.facts["reason"].flatMap { ErrorWords.of(.log, $0)?.what.withoutStop }
            self.init(.command, error.code.rawValue, error.facts, phrases: error.code == .proofFails ? ["reason": reason].compactMapValues { $0 } : [:])
        case let error as OfficeError: self.init(error)
        case let error as HTTPCarrierError: self.init(.wire, error.code.rawValue, error.facts)
        case let error as NodeError:
            let reason = error.facts["reason"].flatMap { CarriageWords.grantFault($0) ?? FormFaultWords.of($0) }
            self.init(.node, error.code.rawValue, error.facts, phrases: ["reason": reason].compactMapValues { $0 })
        case let error as StoreError: self.init(.store, error.code.rawValue, ["fact": error.fact])
        case let error as TrustError:
            // What a token says is a code of its own.
            let said = error.code == .signerFailed ? error.fact.split(separator: ":").first.flatMap { ErrorWords.of(.token, String($0))?.filled([:]).what.withoutStop } : nil
            self.init(.trust, error.code.rawValue, ["fact": error.fact], phrases: ["fact": said].compactMapValues { $0 })
        case let error as TokenError: self.init(.token, error.code.rawValue, ["fact": error.fact])
        case let error as SealError: self.init(.seal, error.code.rawValue, Failure.facts(of: error))
        case let error as FormatError: self.init(.format, error.code.rawValue, ["detail": error.detail, "offset": "\(error.offset)"])
        case let error as LogError: self.init(.log, error.code.rawValue, ["fact": error.fact])
        case let error as AuditError:
            // What is wrong with bytes, signatures and paths, in this order: some codes have one name in several parts.
            let domains: [ErrorDomain] = [.format, .trust, .log]
            let reason = error.facts["reason"].flatMap { code in domains.lazy.compactMap { ErrorWords.of($0, code) }.first?.filled([:]).what.withoutStop }
            self.init(.audit, error.code.rawValue, error.facts, phrases: ["reason": reason].compactMapValues { $0 })
        case let error as SnapshotError:
            // Of an item, the inner code comes first.
            let code = error.facts["reason"].flatMap { $0.split(separator: " ").first.map(String.init) }
            let reason = code.flatMap { CarriageWords.waitingFor($0) ?? ErrorWords.of(code: $0)?.filled([:]).what.withoutStop }
            self.init(.snapshot, error.code.rawValue, error.facts, phrases: ["reason": reason].compactMapValues { $0 })
        case let error as ModelError: self.init(.model, error.code.rawValue, ["fact": error.fact])
        case let error as EntryError: self.init(.entry, error.code.rawValue, Failure.facts(of: error))
        default: self.init(.command, CommandError.Code.internal.rawValue, ["reason": "\(error)"])
        }
    }

    private static func facts(of error: SealError) -> [String: String] {
        var facts = ["fact": error.fact]
        if !error.receivers.isEmpty { facts["receivers"] = error.receivers.map { String($0.hex.prefix(12)) }.joined(separator: "\n") }
        facts["offset"] = error.offset.map(String.init)
        return facts
    }

    private static func facts(of error: EntryError) -> [String: String] {
        var facts = ["fact": error.fact]
        facts["row"] = error.row.map(String.init)
        facts["column"] = error.column.map(String.init)
        facts["byte"] = error.byteOffset.map(String.init)
        return facts
    }

    /// Facts of several lines become one list in a sentence, with each language's comma.
    private var lists: [String: Words] {
        facts.filter { $0.value.contains("\n") }.mapValues { text in
            let parts = text.split(separator: "\n")
            return Words(parts.joined(separator: "、"), parts.joined(separator: ", "))
        }
    }

    var status: CommandStatus { .of(domain, code) }

    var words: ErrorWords {
        let known = ErrorWords.of(domain, code) ?? ErrorWords(code, code, next: "tiaokuai doctor", "tiaokuai doctor")
        let system = ["reason": facts["reason"].flatMap { SystemWords.of($0) }].compactMapValues { $0 }
        return known.filled(facts, phrases: lists.merging(system) { $1 }.merging(phrases) { $1 })
    }

    private enum CodingKeys: String, CodingKey { case domain, code, zh, en, zhNext, enNext, facts, exit, faults }

    func encode(to encoder: any Encoder) throws {
        let words = words
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(domain.rawValue, forKey: .domain)
        try container.encode(code, forKey: .code)
        try container.encode(words.what.zh, forKey: .zh)
        try container.encode(words.what.en, forKey: .en)
        try container.encode(words.next.zh, forKey: .zhNext)
        try container.encode(words.next.en, forKey: .enNext)
        try container.encode(facts, forKey: .facts)
        try container.encode(status.rawValue, forKey: .exit)
        if !faults.isEmpty { try container.encode(faults, forKey: .faults) }
    }
}
