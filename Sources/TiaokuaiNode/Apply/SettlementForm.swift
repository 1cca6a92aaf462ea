import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel

// A settlement as stored and digested: deterministic CBOR, every list in a stated order.
//
//   settlement = [2, [* head], [* [field number, outcome]], [* [operation, [* [field number, verdict]], [* flag]]]]
//   outcome    = [value / null, blank / null, [* source], rule, tier / null, mode / null, dispute / null,
//                 [* [operation, unit, value, verdict]], [* [value, added by, unit]], episode / null]
//   verdict    = [code, detail …]
enum SettlementForm {
    static func encode(_ settlement: Settlement) -> [UInt8] {
        var encoder = CBOREncoder(reserving: 512)
        encoder.arrayHeader(4)
        encoder.unsigned(2)
        encoder.identities(settlement.heads)
        encoder.arrayHeader(settlement.fields.count)
        for (number, outcome) in settlement.fields.sorted(by: { $0.key < $1.key }) {
            encoder.arrayHeader(2)
            encoder.unsigned(UInt64(number.wire))
            encode(outcome, into: &encoder)
        }
        encoder.arrayHeader(settlement.verdicts.count)
        for (operation, verdicts) in settlement.verdicts.sorted(by: { $0.key < $1.key }) {
            encoder.arrayHeader(3)
            encoder.byteString(operation.hash)
            encoder.arrayHeader(verdicts.count)
            for (number, verdict) in verdicts.sorted(by: { $0.key < $1.key }) {
                encoder.arrayHeader(2)
                encoder.unsigned(UInt64(number.wire))
                encode(verdict, into: &encoder)
            }
            let flags = settlement.flags[operation] ?? []
            encoder.arrayHeader(flags.count)
            for flag in flags {
                encoder.arrayHeader(2)
                switch flag {
                case .supersededVersion(let id):
                    encoder.unsigned(0)
                    encoder.byteString(id.hash)
                case .selfFork(let unit):
                    encoder.unsigned(1)
                    encoder.text(unit.text)
                }
            }
        }
        return encoder.bytes
    }

    private static func encode(_ outcome: FieldOutcome, into encoder: inout CBOREncoder) {
        encoder.arrayHeader(10)
        encoder.optional(outcome.value)
        encode(outcome.blank, into: &encoder)
        encoder.identities(outcome.sources)
        encoder.text(outcome.rule.rawValue)
        if let tier = outcome.decidingTier { encoder.unsigned(UInt64(tier)) } else { encoder.null() }
        if let mode = outcome.mode { encoder.text(mode.rawValue) } else { encoder.null() }
        encode(outcome.dispute, into: &encoder)
        encoder.arrayHeader(outcome.standing.count)
        for claim in outcome.standing {
            encoder.arrayHeader(4)
            encoder.byteString(claim.operation.hash)
            encoder.text(claim.unit.text)
            claim.value.encode(into: &encoder)
            encode(claim.verdict, into: &encoder)
        }
        encoder.arrayHeader(outcome.members.count)
        for member in outcome.members {
            encoder.arrayHeader(3)
            member.value.encode(into: &encoder)
            encoder.byteString(member.addedBy.hash)
            encoder.text(member.unit.text)
        }
        if let episode = outcome.episode { encoder.byteString(episode.hash) } else { encoder.null() }
    }

    private static func encode(_ blank: Blank?, into encoder: inout CBOREncoder) {
        switch blank {
        case nil: encoder.null()
        case .noClaim: encoder.coded("noClaim", [])
        case .undecided: encoder.coded("undecided", [])
        case .forked(let unit): encoder.coded("forked", [unit.text])
        case .incompleteJointIssue(let missing): encoder.coded("incompleteJointIssue", missing.map(\.text))
        case .noReport: encoder.coded("noReport", [])
        }
    }

    private static func encode(_ dispute: Dispute?, into encoder: inout CBOREncoder) {
        guard let dispute else { return encoder.null() }
        encoder.arrayHeader(8)
        encoder.byteString(dispute.id.hash)
        encoder.unsigned(UInt64(dispute.field.wire))
        encoder.identities(dispute.claims)
        encoder.text(dispute.axis.rawValue)
        encoder.text(dispute.knowledge.rawValue)
        encoder.identities(dispute.prevailing)
        encoder.arrayHeader(dispute.deciders.count)
        for unit in dispute.deciders { encoder.text(unit.text) }
        encoder.boolean(dispute.isReopened)
    }

    static func encode(_ verdict: Verdict, into encoder: inout CBOREncoder) {
        switch verdict {
        case .stands: encoder.coded("stands", [])
        case .overruled(let id): encoder.coded("overruled", [id.hash.hex])
        case .disputed: encoder.coded("disputed", [])
        case .inert: encoder.coded("inert", [])
        case .objection: encoder.coded("objection", [])
        case .replaced(let id): encoder.coded("replaced", [id.hash.hex])
        case .withdrawn: encoder.coded("withdrawn", [])
        case .forked: encoder.coded("forked", [])
        case .pending(let ids): encoder.coded("pending", ids.map(\.hash.hex))
        case .void(let reason): encoder.coded("void", [reason.rawValue])
        case .passed: encoder.coded("passed", [])
        case .decides: encoder.coded("decides", [])
        case .incomplete: encoder.coded("incomplete", [])
        }
    }
}

extension CBOREncoder {
    fileprivate mutating func identities(_ ids: [OperationID]) {
        arrayHeader(ids.count)
        for id in ids { byteString(id.hash) }
    }

    fileprivate mutating func optional(_ value: Value?) {
        if let value { value.encode(into: &self) } else { null() }
    }

    fileprivate mutating func coded(_ code: String, _ details: [String]) {
        arrayHeader(1 + details.count)
        text(code)
        for detail in details { text(detail) }
    }
}
