import Testing
import TiaokuaiFormat
import TiaokuaiModel

/// What one end writes the other reads, whatever the facts are.
@Suite struct WireMessageTests {
    /// One character for people, and hundreds of kilobytes.
    private let marks = "e" + String(repeating: "\u{301}", count: 100_000)

    @Test func aFactOfOneEndlessCharacterIsShortenedToWhatTheOtherEndReads() throws {
        var outcome = PageOutcome()
        outcome.refused = 1
        outcome.notes = [.init(kind: .refused, item: .zero, code: "malformedItem", fact: marks)]
        #expect(try PageOutcome(decoding: outcome.explicitForm) == outcome)
        #expect(outcome.notes[0].fact.utf8.count <= 1_024 && outcome.notes[0].fact.utf8.count > 1_000)
    }

    @Test func aRefusalIsReadBackWhateverItsFactsAre() throws {
        let facts = Dictionary(uniqueKeysWithValues: (0..<20).map { ("fact\($0)", marks) })
        let refusal = WireRefusal(code: "serverFault", facts: facts)
        #expect(try WireRefusal(decoding: refusal.explicitForm) == refusal)
        #expect(refusal.facts.count == 8 && refusal.facts.allSatisfy { $0.value.utf8.count <= 1_024 })
        #expect(refusal.facts.map(\.name) == facts.keys.sorted().prefix(8).map { $0 })
    }

    @Test func aShortFactStaysAsItIs() throws {
        let refusal = WireRefusal(code: "busy", facts: ["reason": "等一会儿", "limit": "16"])
        #expect(try WireRefusal(decoding: refusal.explicitForm).facts.map(\.value) == ["16", "等一会儿"])
    }
}
