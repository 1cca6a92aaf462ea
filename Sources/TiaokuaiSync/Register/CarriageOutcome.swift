import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode

/// What came of a file when it was taken in, as the register keeps it for the slip 回执单.
///
///   outcome = [1, accepted, operations, duplicates, statements, waiting, void, damaged, complete, last, [* [digest, code]]]
public struct CarriageOutcome: Hashable, Sendable {
    public struct Refused: Hashable, Sendable {
        public let digest: Hash32
        public let code: String
    }

    public var accepted = 0
    public var operations = 0
    public var duplicates = 0
    public var statements = 0
    /// Changesets that waited for something then.
    public var waiting = 0
    public var void = 0
    /// Damaged stretches of the file.
    public var damaged = 0
    /// The file's end came and fits everything before it.
    public var isComplete = false
    public var isLastVolume = true
    /// What was not kept; the first `maximumRefused`.
    public var refused: [Refused] = []

    static let maximumRefused = 1_000

    init(_ report: ImportReport) {
        accepted = report.accepted.count
        operations = report.operations
        duplicates = report.duplicates
        statements = report.statements
        waiting = report.waiting.count
        void = report.void.count
        damaged = report.damaged.count
        isComplete = report.isComplete
        isLastVolume = report.isLastVolume
        refused = report.refused.prefix(CarriageOutcome.maximumRefused).compactMap { reception in
            if case .refused(let digest, let code, _) = reception { Refused(digest: digest, code: code) } else { nil }
        }
    }

    var form: [UInt8] {
        var encoder = CBOREncoder(reserving: 64 + refused.count * 64)
        encoder.arrayHeader(11)
        encoder.unsigned(1)
        for count in [accepted, operations, duplicates, statements, waiting, void, damaged] { encoder.unsigned(UInt64(count)) }
        encoder.boolean(isComplete)
        encoder.boolean(isLastVolume)
        encoder.arrayHeader(refused.count)
        for item in refused {
            encoder.arrayHeader(2)
            encoder.byteString(item.digest)
            encoder.text(item.code)
        }
        return encoder.bytes
    }

    init(_ form: [UInt8]) throws(FormatError) {
        var reader = CBORReader(form)
        try reader.arrayHeader(expecting: 11)
        guard try reader.unsigned() == 1 else { throw FormatError(.unsupported, at: 0, "outcome version") }
        accepted = Int(clamping: try reader.unsigned())
        operations = Int(clamping: try reader.unsigned())
        duplicates = Int(clamping: try reader.unsigned())
        statements = Int(clamping: try reader.unsigned())
        waiting = Int(clamping: try reader.unsigned())
        void = Int(clamping: try reader.unsigned())
        damaged = Int(clamping: try reader.unsigned())
        isComplete = try reader.boolean()
        isLastVolume = try reader.boolean()
        let count = try reader.arrayHeader()
        for _ in 0..<min(count, CarriageOutcome.maximumRefused) {
            try reader.arrayHeader(expecting: 2)
            refused.append(Refused(digest: try reader.hash(), code: try reader.text(limit: 64)))
        }
        try reader.finish()
    }
}
