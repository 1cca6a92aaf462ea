/// Why something that a person asked for was not done. Sentences are made elsewhere, from `code`, `facts` and `faults`.
public struct OfficeError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A file can't be taken as a whole; `faults` names every fault, and nothing was written.
        case badFile
        /// A name that no unit or place has, or that several have (`candidates`).
        case unknownUnit, ambiguousUnit, unknownPlace, ambiguousPlace
        case unknownIndicator, unknownEvent, unknownField, badValue
        /// A field that accompanies others or is raised as an event: nobody claims it by itself.
        case fieldNotClaimable
        /// It could never have effect (`reason` is a `VoidReason`); nothing was written.
        case wouldBeVoid
        case numberTaken, wrongFormat, nothingSigned, unknownOperation, notDisputed
        /// The record holds no sealed value, or only some for other nodes.
        case nothingSealed, sealedToOthers
        /// An operation that is a word on another record (`other`).
        case operationElsewhere
        /// A place that is not on the record's path.
        case placeNotAbove
        /// The unit has no claim there that lost: nothing to acknowledge or to appeal against.
        case nothingLost
        /// An acknowledgement is the author's own to give.
        case notYourClaim
        /// No decision stands on the field.
        case notDecided
        /// The highest tier decided.
        case noTierAbove
        /// An escalation to an office that is not above the item's place.
        case notAbove
        /// A case is closed when each item in it is (`items` are not, or are not held here).
        case itemsOpen
        /// A unit's circular of a period and scope stays as it was made.
        case circularMade
        /// No figure of the period is in use here.
        case noFigures
        /// A version of the matrix that is not held, or that several fit.
        case unknownVersion
    }

    public let code: Code
    /// Named facts, such as `unit`, `field`, `text`, `reason`; what the sentence is made of.
    public let facts: [String: String]
    public let faults: [FileFault]

    public init(_ code: Code, _ facts: [String: String] = [:], faults: [FileFault] = []) {
        self.code = code
        self.facts = facts
        self.faults = faults
    }
}

/// One fault of a file that somebody wants to publish or import.
public struct FileFault: Codable, Hashable, Sendable {
    public enum Code: String, Codable, Hashable, Sendable, CaseIterable {
        case unknownKey, missingKey, wrongType, unknownFormat, malformedYAML, malformedTOML, duplicateKey, badValue, notAllowedHere, tooLarge
        case unknownIndicator, unknownUnit, unknownPlace, unknownReference
        case duplicateRow, personalColumn, notYourFigure, numberTaken, wouldBeVoid, missingValue
        /// The file says two things at once of one part or measure.
        case contradiction
    }

    public let file: String
    /// A raw value of `FileFault.Code` or of `EntryError.Code`.
    public let code: String
    /// The offending text, or what was expected.
    public let fact: String
    /// Of a YAML file, from 1.
    public let line: Int?
    /// Of a sheet (the header is row 1) or of JSON lines, from 1.
    public let row: Int?
    /// Of a sheet: the cell, from 1.
    public let column: Int?
    /// Such as `targets[2].measure`.
    public let keyPath: String?

    init(file: String, code: String, fact: String, line: Int? = nil, row: Int? = nil, column: Int? = nil, keyPath: String? = nil) {
        self.file = file
        self.code = code
        self.fact = String(fact.prefix(200))
        self.line = line
        self.row = row
        self.column = column
        self.keyPath = keyPath
    }
}
