import Testing
import TiaokuaiMerge
import TiaokuaiModel

/// The engine and a model that shares no line with it give one answer: value in use, standing claims, dispute, state,
/// members, void operations.
@Suite struct NaiveModelTests {
    @Test func theNaiveModelGivesTheSameAnswer() {
        WorldRuns.check("naive model") { $0.disagreement(under: $0.governance) }
    }

    @Test func itGivesTheSameAnswerAfterTheMatrixChanged() {
        WorldRuns.check("naive model, changed matrix", share: 60) { $0.disagreement(under: $0.changed) }
    }

    @Test func itGivesTheSameAnswerWhereMuchIsDecided() {
        WorldRuns.check("naive model, many decisions", isDecisive: true) { $0.disagreement(under: $0.governance) }
    }

    @Test func itGivesTheSameAnswerInLongHistories() {
        WorldRuns.check("naive model, long histories", share: 10, operations: 20...40) { $0.disagreement(under: $0.governance) }
    }
}
