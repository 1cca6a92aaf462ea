import TiaokuaiModel

/// Every kind that a node goes by: those declared in Swift (this software's own, and an integrator's, handed over when the
/// node is opened) and the forms that its policy publishes. The engine asks it for the table of a record, and nothing else.
///
///     let kinds = try KindRegistry.builtIn.adding([FloodKinds.gauge])
///     let node = try Node(opening: path, kinds: kinds)
///
/// All nodes of a network must be opened with the same declared kinds; forms travel by themselves.
public struct KindRegistry: Sendable {
    /// The kinds of `WorkKinds`.
    public static let builtIn = KindRegistry(declared: Dictionary(uniqueKeysWithValues: WorkKinds.all.map { ($0.name, $0) }))

    /// A form in force, and where it was published.
    public struct PublishedForm: Hashable, Sendable {
        public let place: RegionID
        /// The operation that published the version in force.
        public let version: OperationID
        public let table: KindTable
        public init(place: RegionID, version: OperationID, table: KindTable) {
            self.place = place
            self.version = version
            self.table = table
        }
    }

    /// Kinds declared in Swift.
    public let declared: [KindName: KindTable]
    /// Forms in force, of each name those of several places.
    public private(set) var forms: [KindName: [RegionID: PublishedForm]] = [:]

    private init(declared: [KindName: KindTable]) { self.declared = declared }

    /// The same with an integrator's kinds. Throws `formNameTaken` for a name that is declared already, and the first fault of
    /// a table that contradicts itself. Their names need no dot; with one, a later version of this software can't collide.
    public func adding(_ tables: [KindTable]) throws(KindFault) -> KindRegistry {
        var declared = declared
        for table in tables {
            guard declared.updateValue(table, forKey: table.name) == nil else { throw KindFault(.formNameTaken, table.name.text) }
            if let fault = table.fault { throw fault }
        }
        var out = KindRegistry(declared: declared)
        out.forms = forms
        return out
    }

    /// Puts a form in force, in the place of an earlier one of its name and place. One of a declared kind's name is never asked for.
    public mutating func publish(_ form: PublishedForm) { forms[form.table.name, default: [:]][form.place] = form }

    /// The table of a record of this kind whose place has this path (the place first, the root last); nil where neither the
    /// software nor the path declares one: such records are kept and passed on, and settle nothing until a form arrives.
    public func table(of kind: KindName, along path: [RegionID]) -> KindTable? {
        declared[kind] ?? form(of: kind, along: path)?.table
    }

    /// The form in force on a path: the highest place's, so that nobody redefines what a place above has published.
    public func form(of kind: KindName, along path: [RegionID]) -> PublishedForm? {
        guard let places = forms[kind] else { return nil }
        return path.reversed().lazy.compactMap { places[$0] }.first
    }

    /// Every table, declared or published, ascending by name and place.
    public var tables: [KindTable] {
        let published = forms.values.flatMap(\.values).sorted { ($0.table.name, $0.place) < ($1.table.name, $1.place) }
        return (declared.values + published.map(\.table)).sorted { $0.name < $1.name }
    }

    /// Names whose records may come to something else than under the other registry.
    public func kindsChanged(since other: KindRegistry) -> Set<KindName> {
        Set(forms.keys).union(other.forms.keys).filter { forms[$0]?.mapValues(\.table) != other.forms[$0]?.mapValues(\.table) }
    }
}
