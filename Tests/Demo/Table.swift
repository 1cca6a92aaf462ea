import Yams

/// The one table of expectations: what is done on which node, what must come of it, and what the audience is told.
struct Table {
    struct Node {
        let name: String
        let region: String
        let words: Words
    }

    /// One thing that is done: a command on a node, or what happens between commands (a stick carried, a server started).
    struct Act {
        enum Deed {
            /// Arguments of `tiaokuai` on the node's folder.
            case run(node: String, arguments: String)
            /// Export at one node, import at the other with a receipt, the receipt back. Expectations are about the import.
            case carry(from: String, to: String, stick: String)
            case serve(node: String)
            case stop(node: String)
            /// The folder's database and nothing else, as a disk image would hold it.
            case image(node: String, name: String)
            /// The database of the image over the living one; keys and marker stay.
            case putBack(node: String, name: String)
            /// The node's folder is gone, another one stands in its place.
            case replaceFolder(node: String, by: String)
            /// Equal digests, over what they share, for every pair of these nodes.
            case digests(nodes: [String])
        }

        let line: Int
        let deed: Deed
        /// A name by which an altered run can take hold of this act.
        let label: String?
        let instant: String?
        let exit: Int32
        let expected: [(path: String, value: String)]
        let kept: [(name: String, path: String)]
        let who: Words?
        let say: Words?
        let why: Words?
    }

    struct Step {
        let name: String
        let day: String
        let title: Words
        let acts: [Act]
    }

    /// A run of its own, from an empty folder.
    struct Run {
        let name: String
        let title: Words
        let steps: [Step]
    }

    /// One fact that is changed, and the step at which that must be noticed.
    struct Alteration {
        enum Change {
            case text(file: String, from: String, to: String)
            /// One byte of the signature of the stick's first changeset.
            case flippedByte(label: String)
            /// The act is left out: a stick that never arrives, an image that is never put back.
            case leftOut(label: String)
        }

        let name: String
        let run: String
        let fact: Words
        let change: Change
        let failsAt: String
    }

    let nodes: [Node]
    let words: [String: Words]
    let runs: [Run]
    let alterations: [Alteration]

    init(yaml: String) throws {
        guard let document = try Yams.compose(yaml: yaml) else { throw TableError("the table is empty") }
        let root = try TableEntry(document)
        guard try root.text("format") == "tiaokuai/demo/1" else { throw TableError("the table's format is not tiaokuai/demo/1") }
        nodes = try root.entries("nodes").map { entry in
            let node = Node(
                name: try entry.text("name"), region: try entry.text("region"), words: Words(zh: try entry.text("zh"), en: try entry.text("en")))
            try entry.finish()
            return node
        }
        var words: [String: Words] = [:]
        if let node = root.node("words") {
            for (key, entry) in try TableEntry(node).children() {
                words[key] = Words(zh: try entry.text("zh"), en: try entry.text("en"))
                try entry.finish()
            }
        }
        self.words = words
        runs = try root.entries("runs").map(Table.run)
        alterations = try root.entries("altered").map(Table.alteration)
        try root.finish()
    }

    private static func run(_ entry: TableEntry) throws -> Run {
        let run = Run(name: try entry.text("run"), title: try required(entry.words("title"), entry), steps: try entry.entries("steps").map(step))
        try entry.finish()
        return run
    }

    private static func step(_ entry: TableEntry) throws -> Step {
        let step = Step(
            name: try entry.text("step"), day: try entry.text("day"), title: try required(entry.words("title"), entry), acts: try entry.entries("acts").map(act)
        )
        try entry.finish()
        return step
    }

    private static func act(_ entry: TableEntry) throws -> Act {
        let act = Act(
            line: entry.line, deed: try deed(entry), label: try entry.optionalText("label"), instant: try entry.optionalText("at"),
            exit: try entry.optionalText("exit").map { try number($0, entry) } ?? 0, expected: try entry.pairs("expect"), kept: try entry.pairs("keep"),
            who: try entry.words("who"), say: try entry.words("say"), why: try entry.words("why"))
        try entry.finish()
        return act
    }

    private static func deed(_ entry: TableEntry) throws -> Act.Deed {
        if let node = try entry.optionalText("on") { return .run(node: node, arguments: try entry.text("run")) }
        if let from = try entry.optionalText("carry") { return .carry(from: from, to: try entry.text("to"), stick: try entry.text("stick")) }
        if let node = try entry.optionalText("serve") { return .serve(node: node) }
        if let node = try entry.optionalText("stop") { return .stop(node: node) }
        if let node = try entry.optionalText("image") { return .image(node: node, name: try entry.text("name")) }
        if let node = try entry.optionalText("putBack") { return .putBack(node: node, name: try entry.text("name")) }
        if let node = try entry.optionalText("replaceFolder") { return .replaceFolder(node: node, by: try entry.text("by")) }
        let nodes = try entry.texts("digests")
        guard nodes.count > 1 else { throw TableError("line \(entry.line): nothing is done here") }
        return .digests(nodes: nodes)
    }

    private static func alteration(_ entry: TableEntry) throws -> Alteration {
        let change: Alteration.Change
        if let file = try entry.optionalText("file") {
            change = .text(file: file, from: try entry.text("replace"), to: try entry.text("with"))
        } else if let label = try entry.optionalText("flip") {
            change = .flippedByte(label: label)
        } else {
            change = .leftOut(label: try entry.text("leaveOut"))
        }
        let alteration = Alteration(
            name: try entry.text("name"), run: try entry.text("run"), fact: try required(entry.words("fact"), entry), change: change,
            failsAt: try entry.text("failsAt"))
        try entry.finish()
        return alteration
    }

    private static func required(_ words: Words?, _ entry: TableEntry) throws -> Words {
        guard let words else { throw TableError("line \(entry.line): a sentence is missing") }
        return words
    }

    private static func number(_ text: String, _ entry: TableEntry) throws -> Int32 {
        guard let number = Int32(text) else { throw TableError("line \(entry.line): \(text) is not a number") }
        return number
    }
}
