import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiWork

/// Why a version of a matrix record is none that anybody can go by. Found in its content alone, so that it has one answer
/// wherever and whenever it came.
enum MatrixFault {
    /// The reasons under which such an operation is void.
    static let reasons: Set<VoidReason> = [.matrixMalformed, .matrixContradictsItself]

    static func found(in record: EffectiveRecord) -> VoidReason? {
        // All of it withdrawn: the entry is gone, and nothing is wrong with that.
        guard !record.values.isEmpty else { return nil }
        guard isReadable(record) else { return .matrixMalformed }
        // Without a day it governs nothing yet; its issuer may still name one.
        guard record[MatrixKind.inForceFrom] != nil else { return nil }
        guard let entry = MatrixEntry(record) else { return .matrixMalformed }
        // A mode beside other words in the quotation is shown and left to people: a quotation may deny what it names.
        return entry.contradictions.contains { $0.kind != .modeAgainstFormula } ? .matrixContradictsItself : nil
    }

    private static func isReadable(_ record: EffectiveRecord) -> Bool {
        func isOneOf<Word: RawRepresentable>(_ number: FieldNumber, _: Word.Type) -> Bool where Word.RawValue == String {
            record[number].map { $0.text.flatMap(Word.init(rawValue:)) != nil } ?? true
        }
        func members(_ number: FieldNumber) -> [Value] { record[number]?.list ?? [] }
        let unitLists = [MatrixKind.leads, MatrixKind.responsible, MatrixKind.cooperating].map(members)
        return isOneOf(MatrixKind.mode, ResponsibilityMode.self) && isOneOf(MatrixKind.topic, Topic.self)
            && unitLists.allSatisfy { list in
                Set(list).count == list.count && list.allSatisfy { $0.text.flatMap { try? UnitID(checking: $0) } != nil }
            }
            && [MatrixKind.indicators, MatrixKind.blanket, MatrixKind.collective].allSatisfy { members($0).allSatisfy { $0.text?.isEmpty == false } }
    }
}

extension Understanding {
    /// Why a policy record's operation counts for nothing although whoever wrote it may: a form or a matrix that none can go by.
    func policyFault(_ operation: OperationID) -> VoidReason? { formFault(operation) ?? policy.matrixFaults[operation] }
}
