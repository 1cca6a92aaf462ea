import Testing
import TiaokuaiModel

@testable import TiaokuaiWork

@Suite struct WorkflowTests {
    static let all = WorkKinds.all.filter { $0.workflow != nil }

    @Test func sixKindsHaveAWorkflow() {
        #expect(Self.all.map(\.name.text) == ["appeal", "caseRecord", "cell", "escalation", "ledgerItem", "warning"])
    }

    @Test(arguments: all) func everyStateIsReachedFromNothing(_ table: KindTable) throws {
        let flow = try #require(table.workflow)
        var reached: Set<String> = [""]
        while true {
            let next = reached.union(flow.events.filter { !$0.from.isDisjoint(with: reached) }.map(\.to))
            if next == reached { break }
            reached = next
        }
        #expect(reached == Set(flow.states).union([""]))
        #expect(Set(flow.states).count == flow.states.count)
        #expect(Set(flow.events.map(\.name)).count == flow.events.count)
        #expect(flow.events.allSatisfy { !$0.by.isEmpty && !$0.from.isEmpty })
    }

    @Test(arguments: all) func noStateIsADeadEnd(_ table: KindTable) throws {
        let flow = try #require(table.workflow)
        for state in flow.states { #expect(flow.events.contains { $0.from.contains(state) }) }
    }

    @Test(arguments: all) func judgingNamesWhatItJudges(_ table: KindTable) throws {
        let flow = try #require(table.workflow)
        let judging: Set = ["accept", "return", "close", "verify", "take", "sendBack", "answer"]
        for event in flow.events where judging.contains(event.name) { #expect(event.needsNames) }
    }

    private func order(_ flow: Workflow, _ state: String) throws -> Int { try #require(flow.states.firstIndex(of: state)) }

    @Test func reopenedIsSaferThanClosedAndReturnedThanAccepted() throws {
        let ledger = try #require(LedgerItemKind.table.workflow)
        #expect(try order(ledger, "reopened") == 0)
        #expect(try order(ledger, "closed") == ledger.states.count - 1)
        let chain = ["open", "inProgress", "resolvedClaimed", "verified", "closed"]
        #expect(try chain.map { try order(ledger, $0) } == chain.map { try order(ledger, $0) }.sorted())
        let cell = try #require(CellKind.table.workflow)
        #expect(try order(cell, "returned") < order(cell, "accepted"))
    }

    @Test func nobodyClosesWhatHeResolvedNorWithoutEvidence() throws {
        let ledger = try #require(LedgerItemKind.table.workflow)
        for name in ["verify", "close"] {
            let event = try #require(ledger.event(named: name))
            #expect(event.needsEvidence && event.needsNames)
            #expect(event.notByAuthorOf == "resolve")
        }
        #expect(try #require(ledger.event(named: "close")).from == ["verified"])
        #expect(try #require(ledger.event(named: "reopen")).from.isSuperset(of: ["verified", "closed", "resolvedClaimed"]))
        #expect(try #require(ledger.event(named: "reopen")).opensEpisode)
    }
}
