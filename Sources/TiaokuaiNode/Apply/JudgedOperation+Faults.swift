import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiTrust

extension JudgedOperation {
    /// What the trust stratum hands to the engine: an operation and, for each of its carriages, why that one may not carry
    /// it. It is void if none may; of several reasons the one that sorts first, so that their order changes nothing.
    init(_ id: OperationID, _ operation: Operation, faults: [TrustFault?], key: RecordKey, _ understanding: Understanding) {
        var reason = JudgedOperation.contentFault(operation, key, understanding)
        if reason == nil, !faults.contains(nil) {
            reason = faults.compactMap { $0.flatMap { VoidReason(rawValue: $0.rawValue) } }.min { $0.rawValue < $1.rawValue }
        }
        // Found among what trust lets count, so that it has one answer whatever came first.
        self.init(id, operation, voidReason: reason ?? understanding.policyFault(id))
    }

    /// What is wrong with what it says, whoever carried it.
    private static func contentFault(_ operation: Operation, _ key: RecordKey, _ understanding: Understanding) -> VoidReason? {
        guard key.partition != .local else { return nil }
        guard operation.personalFieldInClear == nil else { return .personalField }
        for (place, sealed) in operation.sealedValues {
            // A ciphertext that somebody copied says nothing for whoever copied it.
            guard place.isOf(sealed) else { return .sealedElsewhere }
            let isPersonal = (place.field.fieldClass ?? .personal) == .personal
            if isPersonal && !understanding.mayReceivePersonalData(sealed.receiver, from: operation.unit, in: key.partition) { return .personalField }
        }
        return nil
    }
}
