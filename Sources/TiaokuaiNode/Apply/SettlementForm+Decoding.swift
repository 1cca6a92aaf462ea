import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel

extension SettlementForm {
    /// Reads what this program wrote; anything else throws.
    static func decode(_ bytes: [UInt8]) throws -> Settlement {
        var reader = CBORReader(bytes)
        try reader.arrayHeader(expecting: 4)
        guard try reader.unsigned() == 2 else { throw NodeError(.folderNewer) }
        var settlement = Settlement(heads: try reader.identities())
        for _ in 0..<(try reader.arrayHeader()) {
            try reader.arrayHeader(expecting: 2)
            let number = try reader.fieldNumber()
            settlement.fields[number] = try outcome(&reader)
        }
        for _ in 0..<(try reader.arrayHeader()) {
            try reader.arrayHeader(expecting: 3)
            let operation = OperationID(try reader.hash())
            var verdicts: [FieldNumber: Verdict] = [:]
            for _ in 0..<(try reader.arrayHeader()) {
                try reader.arrayHeader(expecting: 2)
                let number = try reader.fieldNumber()
                verdicts[number] = try verdict(&reader)
            }
            settlement.verdicts[operation] = verdicts
            var flags: [Flag] = []
            for _ in 0..<(try reader.arrayHeader()) {
                try reader.arrayHeader(expecting: 2)
                flags.append(try reader.unsigned() == 0 ? .supersededVersion(OperationID(try reader.hash())) : .selfFork(UnitID(unchecked: try reader.text())))
            }
            if !flags.isEmpty { settlement.flags[operation] = flags }
        }
        try reader.finish()
        return settlement
    }

    private static func outcome(_ reader: inout CBORReader) throws -> FieldOutcome {
        try reader.arrayHeader(expecting: 10)
        var outcome = FieldOutcome(value: reader.nullIfNext() ? nil : try Value(from: &reader))
        outcome.blank = try blank(&reader)
        outcome.sources = try reader.identities()
        outcome.rule = DecidingRule(rawValue: try reader.text()) ?? .none
        outcome.decidingTier = reader.nullIfNext() ? nil : Int(clamping: try reader.unsigned())
        outcome.mode = reader.nullIfNext() ? nil : ResponsibilityMode(rawValue: try reader.text())
        outcome.dispute = try dispute(&reader)
        for _ in 0..<(try reader.arrayHeader()) {
            try reader.arrayHeader(expecting: 4)
            let operation = OperationID(try reader.hash())
            let unit = UnitID(unchecked: try reader.text())
            outcome.standing.append(StandingClaim(operation: operation, unit: unit, value: try Value(from: &reader), verdict: try verdict(&reader)))
        }
        for _ in 0..<(try reader.arrayHeader()) {
            try reader.arrayHeader(expecting: 3)
            let value = try Value(from: &reader)
            outcome.members.append(SetMember(value: value, addedBy: OperationID(try reader.hash()), unit: UnitID(unchecked: try reader.text())))
        }
        outcome.episode = reader.nullIfNext() ? nil : OperationID(try reader.hash())
        return outcome
    }

    private static func blank(_ reader: inout CBORReader) throws -> Blank? {
        if reader.nullIfNext() { return nil }
        let (code, details) = try reader.coded()
        switch code {
        case "noClaim": return .noClaim
        case "undecided": return .undecided
        case "forked": return .forked(UnitID(unchecked: details.first ?? ""))
        case "incompleteJointIssue": return .incompleteJointIssue(missing: details.map { UnitID(unchecked: $0) })
        case "noReport": return .noReport
        default: throw FormatError(.reserved, at: reader.offset, code)
        }
    }

    private static func dispute(_ reader: inout CBORReader) throws -> Dispute? {
        if reader.nullIfNext() { return nil }
        try reader.arrayHeader(expecting: 8)
        let id = DisputeID(try reader.hash())
        let field = try reader.fieldNumber()
        let claims = try reader.identities()
        let axis = Dispute.Axis(rawValue: try reader.text()) ?? .inTier
        let knowledge = Dispute.Knowledge(rawValue: try reader.text()) ?? .parallel
        let prevailing = try reader.identities()
        var deciders: [UnitID] = []
        for _ in 0..<(try reader.arrayHeader()) { deciders.append(UnitID(unchecked: try reader.text())) }
        return Dispute(
            id: id, field: field, claims: claims, axis: axis, knowledge: knowledge, prevailing: prevailing, deciders: deciders, isReopened: try reader.boolean()
        )
    }

    private static func verdict(_ reader: inout CBORReader) throws -> Verdict {
        let (code, details) = try reader.coded()
        func id() throws -> OperationID {
            guard let id = details.first.flatMap({ OperationID(hex: $0) }) else { throw FormatError(.wrongType, at: 0, code) }
            return id
        }
        switch code {
        case "stands": return .stands
        case "overruled": return .overruled(by: try id())
        case "disputed": return .disputed
        case "inert": return .inert
        case "objection": return .objection
        case "replaced": return .replaced(by: try id())
        case "withdrawn": return .withdrawn
        case "forked": return .forked
        case "pending": return .pending(details.compactMap { OperationID(hex: $0) })
        case "void": return .void(details.first.flatMap(VoidReason.init(rawValue:)) ?? .emptyOperation)
        case "passed": return .passed
        case "decides": return .decides
        case "incomplete": return .incomplete
        default: throw FormatError(.reserved, at: reader.offset, code)
        }
    }
}

extension CBORReader {
    fileprivate mutating func identities() throws -> [OperationID] {
        var out: [OperationID] = []
        for _ in 0..<(try arrayHeader()) { out.append(OperationID(try hash())) }
        return out
    }

    fileprivate mutating func fieldNumber() throws -> FieldNumber { FieldNumber(wire: UInt32(truncatingIfNeeded: try unsigned())) }

    fileprivate mutating func coded() throws -> (String, [String]) {
        let count = try arrayHeader()
        guard count >= 1 else { throw FormatError(.wrongType, at: offset, "code") }
        let code = try text()
        var details: [String] = []
        for _ in 1..<count { details.append(try text()) }
        return (code, details)
    }
}
