/// A permanent name given by people: 1 to 64 characters of ASCII letters, digits and `.`, `-`, `_`, `/`.
///
/// Display names and aliases live in the unit and region tables; these never change.
public protocol PermanentName: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    var text: String { get }
    /// For text that was checked before, such as what this program wrote; outside text goes through `init(checking:)`.
    init(unchecked text: String)
}

extension PermanentName {
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    public var description: String { text }
    public init(stringLiteral text: String) {
        precondition(Self.isWellFormed(text), "not a permanent name: \(text)")
        self.init(unchecked: text)
    }

    /// Throws `ModelError.malformedName` for any other text.
    public init(checking text: String) throws(ModelError) {
        guard Self.isWellFormed(text) else { throw ModelError(.malformedName, text) }
        self.init(unchecked: text)
    }

    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = text.utf8
        return (1...64).contains(bytes.count)
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}

/// A place's permanent id. It is the code under which the published table first knew the place, with `~2` style
/// suffixes written `-2` where a code was given to another place later; it is never read as a code again.
@frozen public struct RegionID: PermanentName {
    public let text: String
    @inlinable public init(unchecked text: String) { self.text = text }
}

/// A function that runs through the tiers 条, such as `hrss` 人社 or `finance` 财政.
@frozen public struct LineID: PermanentName {
    public let text: String
    @inlinable public init(unchecked text: String) { self.text = text }
}

/// An office's permanent id, such as `620724.hrss`.
@frozen public struct UnitID: PermanentName {
    public let text: String
    @inlinable public init(unchecked text: String) { self.text = text }
}

/// The name a node gives to a person who acts at it. Duty binds the post; acts bind the person who held it.
@frozen public struct PersonID: PermanentName {
    public let text: String
    @inlinable public init(unchecked text: String) { self.text = text }
}

/// A record kind's name, such as `cell` or `ledgerItem`.
@frozen public struct KindName: PermanentName {
    public let text: String
    @inlinable public init(unchecked text: String) { self.text = text }
}
