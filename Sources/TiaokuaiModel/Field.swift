/// Who may see a field. None stated means personal.
public enum FieldClass: UInt8, Sendable, CaseIterable, Comparable {
    case personal = 0
    case `internal` = 1
    case `public` = 2
    public static func < (left: FieldClass, right: FieldClass) -> Bool { left.rawValue < right.rawValue }

    /// `personal`, `internal` or `public`, as forms and archives spell it.
    public var name: String {
        switch self {
        case .personal: "personal"
        case .internal: "internal"
        case .public: "public"
        }
    }
}

/// A field's number on the wire: `index × 4 + class`, so that a node which does not know a kind still knows which of its
/// fields are personal.
@frozen public struct FieldNumber: Hashable, Comparable, Sendable {
    public let wire: UInt32
    @inlinable public init(wire: UInt32) { self.wire = wire }
    public init(index: UInt32, class fieldClass: FieldClass) {
        precondition((1...FieldNumber.maximumIndex).contains(index))
        wire = index << 2 | UInt32(fieldClass.rawValue)
    }
    public var index: UInt32 { wire >> 2 }
    /// Nil for the unused class 3, which is refused.
    public var fieldClass: FieldClass? { FieldClass(rawValue: UInt8(wire & 3)) }
    @inlinable public static func < (left: FieldNumber, right: FieldNumber) -> Bool { left.wire < right.wire }

    public static let maximumIndex: UInt32 = 65_535
}

extension FieldNumber {
    private static func common(_ index: UInt32) -> FieldNumber { FieldNumber(index: index, class: .internal) }

    // Fields that every kind has. They accompany what an operation says and never stand as a value of their own.

    /// The ground of a decision, such as the minute of a 会商; text.
    public static let ground = common(1)
    /// Evidence: a note, and/or the names and hashes of files; text.
    public static let evidence = common(2)
    /// Why: the reason of a correction, a return, a reopening; text.
    public static let reason = common(3)
    /// A later claim that cites a new fact against a decision; text.
    public static let newFact = common(4)
    /// True where the values are made up for an example network: shown as 示例数据 wherever they show.
    public static let sample = common(5)
    /// Indices from here are a kind's own.
    public static let firstOwnIndex: UInt32 = 16
    public var isAccompanying: Bool { index < Self.firstOwnIndex }
}

/// The direction in which a `strictest` field is stricter.
public enum Strictness: String, Hashable, Sendable, CaseIterable {
    case floor, ceiling, earliest
}

/// How the claims on a field become one value: the five evaluators.
public enum FieldRule: Hashable, Sendable {
    /// Only the issuing units' claim counts (joint issue: in force when all stand with the same content).
    case soleIssuer
    /// Only the unit that answers for the record; a superior accepts or returns, never edits.
    case soleReporter
    /// The strictest of the same key along the path from the root to the place.
    case strictest(Strictness)
    /// By precedence 条块结合.
    case authority
    /// Authority with one holder: the last agreed holder stays 一名领导、一个部门.
    case holder
    /// Events of the kind's workflow; the value is the state.
    case workflow
    /// Members, each with its author; an add survives a removal that had not seen it.
    case set
    /// Kept beside the operation, never a value of the record (ground, evidence, reason).
    case accompanying
}

public enum ValueType: String, Hashable, Sendable {
    case decimal, text, bytes, boolean, day, list
    public func admits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.decimal, .decimal), (.text, .text), (.bytes, .bytes), (.boolean, .boolean), (.day, .day), (.list, .list): true
        default: false
        }
    }
}

public struct FieldSpec: Hashable, Sendable {
    /// One of the texts that a field may hold.
    public struct Choice: Hashable, Sendable {
        public let code: String
        public let label: Label
        public init(_ code: String, _ label: Label) {
            self.code = code
            self.label = label
        }
    }

    /// Identifier used in commands, SQL-free; lowerCamelCase.
    public let name: String
    public let number: FieldNumber
    public let rule: FieldRule
    public let type: ValueType
    /// What people read, zh-CN.
    public let title: String
    /// The same in English; nil where the wording of the built-in kinds has it.
    public let english: String?
    /// The measure in which a decimal is kept, such as 米; nil for a plain number and for what its indicator measures.
    public let measure: String?
    /// Any other text is void; empty where any text will do.
    public let choices: [Choice]

    public init(
        _ name: String, _ index: UInt32, _ fieldClass: FieldClass, _ rule: FieldRule, _ type: ValueType, _ title: String, english: String? = nil,
        measure: String? = nil, choices: [Choice] = []
    ) {
        self.name = name
        number = FieldNumber(index: index, class: fieldClass)
        self.rule = rule
        self.type = type
        self.title = title
        self.english = english
        self.measure = measure
        self.choices = choices
    }

    /// A value of the type, and one of the choices where there are any.
    public func admits(_ value: Value) -> Bool {
        type.admits(value) && (choices.isEmpty || choices.contains { .text($0.code) == value })
    }
}
