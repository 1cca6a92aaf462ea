import Testing
import TiaokuaiModel

@testable import TiaokuaiMerge

/// Records whose form has not come: everything waits, nothing is lost.
@Suite struct WithoutTableTests {
    private let level = FieldNumber(index: 16, class: .public)

    private func operation(_ byte: UInt8, seen: [UInt8] = [], fields: [Operation.Field]? = nil, void: VoidReason? = nil) -> JudgedOperation {
        func id(_ byte: UInt8) -> OperationID { OperationID(Hash32(bytes: [UInt8](repeating: byte, count: 32))!) }
        let operation = Operation(
            record: RecordID(id(9).hash), unit: "620724.gov", person: "clerk", written: Written(milliseconds: 0),
            origin: Origin(epoch: Epoch(high: 0, low: 1), number: UInt64(byte)), seen: seen.map(id), fields: fields ?? [.init(level, 31)])
        return JudgedOperation(id(byte), operation, voidReason: void)
    }

    @Test func everyOperationWaitsAndKeepsItsPlace() {
        let (first, second, stray) = (operation(1), operation(2, seen: [1]), operation(3, seen: [7]))
        let void = operation(4, void: .credentialCut)
        let empty = operation(5, fields: [])
        let settled = settleWithoutTable([stray, second, void, first, empty, first])
        #expect(settled.fields.isEmpty)
        #expect(settled.heads == [second.id, void.id, empty.id])
        #expect(settled.verdicts[first.id] == [level: .pending([])])
        #expect(settled.verdicts[second.id] == [level: .pending([])])
        #expect(settled.verdicts[stray.id] == [level: .pending(stray.operation.seen)])
        #expect(settled.verdicts[void.id] == [level: .void(.credentialCut)])
        #expect(settled.verdicts[empty.id] == [OperationCheck.noField: .pending([])])
    }

    @Test func itsOrderChangesNothing() {
        let all = [operation(1), operation(2, seen: [1]), operation(3, seen: [7])]
        #expect(settleWithoutTable(all) == settleWithoutTable(all.reversed()))
    }
}
