import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiTrust

extension JudgedOperation {
    /// What the trust stratum hands to the engine: an operation and, for each of its carriages, why that one may not carry
    /// it. It is void if none may; of several reasons the one that sorts first, so that their order changes nothing.
    init(_ id: OperationID, _ operation: Operation, faults: [TrustFault?], key: RecordKey) {
        var reason: VoidReason?
        if key.partition != .local, operation.fields.contains(where: { ($0.number.fieldClass ?? .personal) == .personal }) { reason = .personalField }
        if reason == nil, !faults.contains(nil) {
            reason = faults.compactMap { $0.flatMap { VoidReason(rawValue: $0.rawValue) } }.min { $0.rawValue < $1.rawValue }
        }
        self.init(id, operation, voidReason: reason)
    }
}
