import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// A `tiaokuai/node/1` file, read (Nodes/SCHEMA.md).
public struct NodeFile: Hashable, Sendable {
    public struct UnitEntry: Hashable, Sendable {
        public let id: UnitID
        public let name: String
        public let aliases: [String]
        public let line: LineID?
        public let management: Management?
        public let isGovernment: Bool
        public let ledgerMark: String?
        public let signsFor: UnitID?
        public let members: [UnitID]
        public let region: RegionID
    }

    public struct PostEntry: Hashable, Sendable {
        public let unit: UnitID
        public let post: String
        public let person: PersonID
        public let from: Day
        public let until: Day?
    }

    public let name: String
    public let title: String
    public let region: RegionID
    public let line: LineID?
    public let isRoot: Bool
    public let parent: String?
    /// `http` or `file`.
    public let carrier: String?
    public let joins: Bool
    public let isSample: Bool
    public let writes: [UnitID]
    /// How many levels of credentials it may grant below; nil for none.
    public let depth: UInt64?
    public let units: [UnitEntry]
    /// Units of places below.
    public let registers: [UnitEntry]
    public let posts: [PostEntry]

    init(_ tree: YAMLTree, _ faults: FaultList) {
        let root = FileEntry(tree, path: "", faults)
        _ = root.text("format")
        name = root.text("name")
        title = root.text("title")
        region = root.region("region")
        line = root.line("line")
        isRoot = root.yes("root")
        parent = root.optionalText("parent", isRequired: !isRoot)
        carrier = root.word("carrier", among: ["http", "file"], isRequired: !isRoot)
        joins = root.yes("joins")
        isSample = root.yes("示例数据")
        writes = root.units("writes") ?? []
        if !root.has("writes") { root.fault(.missingKey, "writes") }
        if let issues = root.entry("issues") {
            depth = UInt64(clamping: issues.integer("depth"))
            issues.finish()
        } else {
            depth = nil
        }
        let region = region
        units = root.entries("units").map { NodeFile.unit($0, region) }
        registers = root.entries("registers").map { NodeFile.unit($0, $0.region("region")) }
        posts = root.entries("posts").map { entry in
            let post = PostEntry(
                unit: entry.unit("unit"), post: entry.text("post"), person: entry.person("person"), from: entry.day("from"), until: entry.optionalDay("until"))
            entry.finish()
            return post
        }
        root.finish()
    }

    private static func unit(_ entry: FileEntry, _ region: RegionID) -> UnitEntry {
        let unit = UnitEntry(
            id: entry.unit("id"), name: entry.text("name"), aliases: entry.texts("aliases") ?? [], line: entry.line("line"),
            management: entry.word("management", among: Management.allCases.map(\.rawValue)).flatMap(Management.init(rawValue:)),
            isGovernment: entry.yes("government"), ledgerMark: entry.optionalText("ledgerMark"), signsFor: entry.optionalUnit("signsFor"),
            members: entry.units("members") ?? [], region: region)
        entry.finish()
        return unit
    }

    /// What `Node.create` and an enrolment request take. The unit `<region>.gov`, or the one marked `government`, is the block.
    public var plan: NodePlan {
        let governments = Set((units + registers).filter { $0.isGovernment && $0.region == region }.map(\.id))
        return NodePlan(
            name: name, region: region, lines: line.map { [$0] },
            units: writes.map { unit in
                .init(unit, region, isGovernment: governments.isEmpty ? unit.text == region.text + ".gov" : governments.contains(unit))
            })
    }
}

extension Office {
    /// Reads a node's file without a node. Throws `badFile` with every fault.
    public static func readNodeFile(_ bytes: [UInt8], file: String) throws -> NodeFile {
        let faults = FaultList(file: file)
        let read = NodeFile(try YAMLTree(parsing: try PublishFormat.text(bytes, file: file), file: file), faults)
        try faults.check()
        return read
    }

    /// Registers the file's units (by the government of its place) and posts (each by its unit). What stands already with
    /// the same content is not written again.
    public func register(_ file: NodeFile) throws -> Writing {
        try write(isWhole: true) { view in try Registration(file, view).drafts() }
    }
}

/// The drafts of a node's file.
private struct Registration {
    let file: NodeFile
    let view: NodeView

    init(_ file: NodeFile, _ view: NodeView) {
        self.file = file
        self.view = view
    }

    func drafts() throws -> [Draft] {
        let entries = file.units + file.registers
        var drafts: [Draft] = []
        if !entries.isEmpty {
            guard let government = file.plan.units.first(where: \.isGovernment)?.unit ?? view.government(of: file.region) else { throw NodeError(.noUnit) }
            let person = try person(of: government)
            drafts = entries.map { draft($0, Author(unit: government, person: person)) }
        }
        return try drafts + file.posts.map { post in try draft(post) }
    }

    private func draft(_ entry: NodeFile.UnitEntry, _ author: Author) -> Draft {
        var fields = FieldList(isSample: false)
        fields.text(UnitKind.name, entry.name)
        if !entry.aliases.isEmpty { fields.texts(UnitKind.aliases, entry.aliases) }
        fields.text(UnitKind.line, entry.line?.text)
        fields.text(UnitKind.management, entry.management?.rawValue)
        fields.yes(UnitKind.isGovernment, entry.isGovernment)
        fields.text(UnitKind.ledgerMark, entry.ledgerMark)
        if !entry.members.isEmpty { fields.units(UnitKind.members, entry.members) }
        fields.text(UnitKind.signsFor, entry.signsFor?.text)
        return Draft(
            key: RecordKey(.policy(entry.region), UnitKind.table.name, [.text(entry.id.text)]), unit: author.unit, person: author.person, fields: fields.fields)
    }

    private func draft(_ post: NodeFile.PostEntry) throws -> Draft {
        var fields = FieldList(isSample: file.isSample)
        fields.text(PostKind.person, post.person.text)
        fields.day(PostKind.until, post.until)
        let place = view.unit(post.unit)?.region ?? file.region
        return Draft(
            key: RecordKey(.policy(place), PostKind.table.name, [.text(post.unit.text), .text(post.post), .text(post.from.description)]), unit: post.unit,
            person: try person(of: post.unit), fields: fields.fields)
    }

    /// Who signs for a unit: the first of the file's posts of it that is held today, else the node's default person.
    private func person(of unit: UnitID) throws -> PersonID {
        let today = view.node.surroundings.now().day
        let posts = file.posts.filter { $0.unit == unit }
        let held = posts.first { $0.from <= today && ($0.until.map { today <= $0 } ?? true) } ?? posts.first
        guard let person = held?.person ?? view.settings.defaultPerson else { throw NodeError(.noPerson, ["unit": unit.text]) }
        return person
    }
}
