import TiaokuaiModel

/// When two claims say the same.
///
/// Decimals by value (they have one normal form); texts of documents after NFKC without white space, because the same
/// document arrives in more than one typography; everything else as it is, byte for byte.
enum ContentEquality {
    case exact
    /// For the texts of documents: `soleIssuer` fields of type text, also inside lists.
    case documentText

    init(_ spec: FieldSpec) {
        self = spec.rule == .soleIssuer && (spec.type == .text || spec.type == .list) ? .documentText : .exact
    }

    func areEqual(_ one: Value, _ other: Value) -> Bool {
        switch (one, other) {
        case (.text(let left), .text(let right)):
            if left.utf8.elementsEqual(right.utf8) { return true }
            return self == .documentText && left.foldedAsDocumentText == right.foldedAsDocumentText
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { areEqual($0, $1) }
        default:
            return one == other
        }
    }

    /// Equal for values that are equal, and for no others.
    func key(of value: Value) -> ContentKey {
        switch value {
        case .text(let text) where self == .documentText: .text(text.foldedAsDocumentText)
        case .list(let list): .list(list.map { key(of: $0) })
        default: .bytes(value.canonicalBytes)
        }
    }

    /// True for no value or one, however often.
    func areAllEqual(_ values: some Sequence<Value>) -> Bool {
        var first: Value?
        for value in values {
            guard let known = first else {
                first = value
                continue
            }
            if !areEqual(known, value) { return false }
        }
        return true
    }
}

/// Stands for all values that say the same.
indirect enum ContentKey: Hashable {
    case bytes([UInt8])
    /// Folded.
    case text(String)
    case list([ContentKey])
}

extension FieldSpec {
    /// Two values of this field are one word said twice, whatever the typography.
    public func saysTheSame(_ one: Value, _ other: Value) -> Bool { ContentEquality(self).areEqual(one, other) }
}

extension String {
    /// Compatibility forms replaced by what they stand for, white space of every kind left out. Compared with `==`, which
    /// is canonical equivalence, this is equality after NFKC.
    var foldedAsDocumentText: String {
        var folded = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let mapped = CompatibilityForms.mapping(of: scalar) {
                folded.append(contentsOf: mapped.filter { !$0.properties.isWhitespace })
            } else if !scalar.properties.isWhitespace {
                folded.append(scalar)
            }
        }
        return String(folded)
    }
}
