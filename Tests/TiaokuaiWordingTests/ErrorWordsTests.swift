import Testing
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

/// Every code that any part can throw, by domain: a new code without its sentences fails here.
private let codes: [(domain: ErrorDomain, codes: [String])] = [
    (.node, NodeError.Code.allCases.map(\.rawValue)),
    (.office, OfficeError.Code.allCases.map(\.rawValue) + FileFault.Code.allCases.map(\.rawValue)),
    (.store, StoreError.Code.allCases.map(\.rawValue)),
    (.trust, TrustError.Code.allCases.map(\.rawValue)),
    (.token, TokenError.Code.allCases.map(\.rawValue)),
    (.seal, SealError.Code.allCases.map(\.rawValue)),
    (.format, FormatError.Code.allCases.map(\.rawValue)),
    (.log, LogError.Code.allCases.map(\.rawValue)),
    (.audit, AuditError.Code.allCases.map(\.rawValue)),
    (.snapshot, SnapshotError.Code.allCases.map(\.rawValue)),
    (.entry, EntryError.Code.allCases.map(\.rawValue)),
    (.model, ModelError.Code.allCases.map(\.rawValue)),
    (.command, CommandError.Code.allCases.map(\.rawValue)),
    (.wire, HTTPCarrierError.Code.allCases.map(\.rawValue)),
]

@Suite struct ErrorWordsTests {
    @Test func everyDomainIsListed() { #expect(Set(codes.map(\.domain)) == Set(ErrorDomain.allCases)) }

    @Test(arguments: codes.flatMap { domain, codes in codes.map { (domain, $0) } })
    func everyCodeHasBothSentencesAndSaysWhatToDoNext(domain: ErrorDomain, code: String) throws {
        let words = try #require(ErrorWords.of(domain, code), "\(domain) \(code) has no words")
        for text in [words.what.zh, words.what.en, words.next.zh, words.next.en] { #expect(!text.isEmpty) }
        #expect(words.what.zh.unicodeScalars.contains { $0.value > 0x2E7F }, "not Chinese: \(words.what.zh)")
        #expect(words.what.en.unicodeScalars.allSatisfy { $0.value < 0x2E80 || $0.value == 0xFF5C }, "not English: \(words.what.en)")
    }

    /// Sentences for codes that nothing throws any more would rot unseen.
    @Test(arguments: codes.map(\.domain)) func noSentenceStandsWithoutItsCode(domain: ErrorDomain) throws {
        var known = Set(try #require(codes.first { $0.domain == domain }).codes)
        if domain == .node { known.insert("tooManyWaiting") }
        #expect(Set(domain.table.keys).subtracting(known) == [])
    }

    @Test func bothLanguagesHavePlacesForTheSameFacts() {
        for domain in ErrorDomain.allCases {
            for (code, words) in domain.table {
                #expect(Set(Template.names(in: words.what.zh)) == Set(Template.names(in: words.what.en)), "\(domain) \(code)")
                #expect(Set(Template.names(in: words.next.zh)) == Set(Template.names(in: words.next.en)), "\(domain) \(code)")
            }
        }
    }

    @Test func aCodeWithoutItsDomainIsFound() {
        #expect(ErrorWords.of(code: NodeError.Code.outsidePartition.rawValue)?.what == ErrorWords.of(.node, "outsidePartition")?.what)
        #expect(ErrorWords.of(code: FormatError.Code.malformedBody.rawValue) != nil)
        #expect(ErrorWords.of(code: "tooManyWaiting") != nil)
    }
}

@Suite struct CommandStatusTests {
    @Test func statusesAreThoseOfSysexits() {
        let wanted: [CommandStatus: Int32] = [
            .ok: 0, .findings: 1, .usage: 64, .refused: 65, .missing: 66, .remote: 69, .internal: 70, .cannotCreate: 73, .busy: 75, .notPermitted: 77,
            .configuration: 78,
        ]
        #expect(wanted.count == CommandStatus.allCases.count)
        for (status, value) in wanted { #expect(status.rawValue == value) }
    }

    @Test(arguments: [
        (ErrorDomain.command, "usage", CommandStatus.usage), (.command, "noFolder", .missing), (.node, "folderMissing", .missing), (.node, "folderNewer", .configuration),
        (.store, "newerVersion", .configuration), (.store, "busy", .busy), (.store, "diskFull", .cannotCreate), (.node, "diskFull", .cannotCreate),
        (.node, "fileUnwritable", .cannotCreate), (.node, "unitNotWritten", .notPermitted), (.node, "wrongNetwork", .refused), (.node, "notABundle", .refused),
        (.office, "badFile", .refused), (.office, "wouldBeVoid", .notPermitted), (.wire, "unreachable", .remote), (.wire, "busy", .busy),
        (.command, "checkFailed", .findings), (.command, "bundleDamaged", .refused), (.command, "internal", .internal), (.store, "damaged", .internal),
        (.entry, "malformedFigure", .refused), (.node, "notYourFigure", .notPermitted), (.node, "rehearsalOnly", .configuration),
    ])
    func theStatusFollowsFromTheCode(domain: ErrorDomain, code: String, status: CommandStatus) { #expect(CommandStatus.of(domain, code) == status) }

    @Test func everyStatusHasBothSentences() {
        for status in CommandStatus.allCases {
            #expect(!status.words.zh.isEmpty)
            #expect(!status.words.en.isEmpty)
        }
    }
}
