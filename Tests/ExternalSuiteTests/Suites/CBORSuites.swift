import Foundation
import TestKit
import TiaokuaiFormat
import TiaokuaiModel

/// Items of CBOR: the examples of the standard, and items that no deterministic reader may admit.
enum CBORSuites {
    static let examples = ExternalSuite("cbor-test-vectors", vectors: 82) { folder in
        var row = folder.row("appendix_a.json", expecting: 82)
        for example in try folder.json("appendix_a.json", as: [Example].self) { try judge(example, in: &row) }
        return [row]
    }

    private struct Example: Decodable {
        let hex: String
        let roundtrip: Bool
        let decoded: PlainJSON?
    }

    private static func judge(_ example: Example, in row: inout SuiteRow) throws {
        let bytes = try hex(example.hex)
        let strict = try Verdict.of { _ = try CBORItem.decode(bytes) }
        // Simple value 24 in two bytes: an example of RFC 7049 that RFC 8949 §3.3 declared not well-formed.
        if example.hex == "f818" {
            row.judge(example.hex, strict, demanding: .profile("reserved"))
            row.demand((try? CBORItem.decode(bytes, mode: .tolerant)) == nil, "f818 is not well-formed")
            return
        }
        let item = try CBORItem.decode(bytes, mode: .tolerant)
        let deterministic = try Verdict.of { _ = try CBORItem.decode(bytes, mode: .deterministic) }
        row.demand(deterministic.isAccepted == example.roundtrip, "\(example.hex): the deterministic reader")
        row.demand((item.encode() == bytes) == example.roundtrip, "\(example.hex): written again as \(item.encode().hex)")
        if let decoded = example.decoded { row.demand(decoded.isEqual(to: item), "\(example.hex): another value") }
        row.judge(example.hex, strict, demanding: demand(on: item, isDeterministic: example.roundtrip))
    }

    /// All examples that aren't deterministic have an indefinite length, but for floats in a width too long, which the
    /// profile refuses whatever their width.
    private static func demand(on item: CBORItem, isDeterministic: Bool) -> Demand {
        if case .float = item { return .profile("unsupported") }
        if !isDeterministic { return .profile("indefiniteLength") }
        return item.isOfOurProfile ? .accept : .profile("unsupported")
    }

    static let strict = ExternalSuite("cbor-deterministic", vectors: 137) { folder in
        let file = try folder.json("cbor_strict_decode.json", as: StrictFile.self)
        var row = folder.row("cbor_strict_decode.json", expecting: file.numberOfTests)
        for test in file.tests {
            let bytes = try hex(test.hex)
            let verdict = try Verdict.of { _ = try CBORItem.decode(bytes) }
            var reader = CBORReader(bytes)
            let skipped = (try? reader.skipItem()) != nil && reader.isAtEnd
            let others = [CBORMode.deterministic, .tolerant].map { (try? CBORItem.decode(bytes, mode: $0)) != nil }
            let areOthersRight =
                switch test.cls {
                case "not-well-formed", "invalid-utf8": others == [false, false]
                case "not-deterministic": !others[0]
                default: true
                }
            guard let codes = codes[test.cls] else { throw SuiteFolder.Malformed("class \(test.cls)") }
            let isCodeRight = verdict.code.map { codes.contains($0) } ?? codes.isEmpty
            let isWrittenAgain = try !verdict.isAccepted || CBORItem.decode(bytes).encode() == bytes
            row.judge(
                "\(test.hex), \(test.cls)", verdict, demanding: .accept(if: test.expect == "accept"),
                also: areOthersRight && isCodeRight && isWrittenAgain && skipped == verdict.isAccepted)
        }
        return [row]
    }

    private struct StrictFile: Decodable {
        struct Case: Decodable { let hex, cls, expect: String }
        let numberOfTests: Int
        let tests: [Case]
    }

    /// The codes that a class may be refused with.
    private static let codes: [String: Set<String>] = [
        "not-well-formed": ["truncated", "reserved", "indefiniteLength", "leftover"],
        "not-deterministic": ["notShortest", "indefiniteLength", "unsortedKeys", "duplicateKey", "unsupported"],
        "invalid-utf8": ["invalidText"],
        "profile": ["unsupported", "leftover", "truncated"],
        "deterministic-ok": [],
    ]
}

extension CBORItem {
    /// What the strict profile has: no floating point, `undefined`, simple values, bignums, self-description.
    fileprivate var isOfOurProfile: Bool {
        switch self {
        case .unsigned, .negative, .bytes, .text, .boolean, .null: true
        case .undefined, .simple, .float: false
        case .array(let items): items.allSatisfy(\.isOfOurProfile)
        case .map(let pairs): pairs.allSatisfy { $0.key.isOfOurProfile && $0.value.isOfOurProfile }
        case .tag(let number, let content): ![2, 3, 55_799].contains(number) && content.isOfOurProfile
        }
    }
}

/// A JSON value, for comparing what was decoded with what a suite says that it is.
indirect enum PlainJSON: Decodable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([PlainJSON])
    case object([String: PlainJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([PlainJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: PlainJSON].self))
        }
    }

    func isEqual(to item: CBORItem) -> Bool {
        switch (self, item) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.number(let left), _): item.number == left
        case (.text(let left), .text(let right)): left == right
        case (.list(let left), .array(let right)): left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
        case (.object(let left), .map(let right)):
            left.count == right.count && right.allSatisfy { pair in pair.key.text.flatMap { left[$0] }?.isEqual(to: pair.value) ?? false }
        default: false
        }
    }
}

extension CBORItem {
    /// Rounded to a double, as JSON readers have it; that integers are exact shows in the bytes written again.
    fileprivate var number: Double? {
        switch self {
        case .unsigned(let value): Double(value)
        case .negative(let value): -1 - Double(value)
        case .float(let bits): Double(bitPattern: bits)
        case .tag(2, .bytes(let bytes)): bytes.reduce(0) { $0 * 256 + Double($1) }
        case .tag(3, .bytes(let bytes)): -1 - bytes.reduce(0) { $0 * 256 + Double($1) }
        default: nil
        }
    }
}
