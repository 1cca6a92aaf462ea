import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// A command's surroundings: opens the node, sets its clock, finds units and peers by what people call them.
struct CommandContext {
    let options: BasicOptions
    let secrets: Secrets
    /// Set where a question is asked as of then.
    var horizon: Horizon?

    init(options: BasicOptions) {
        self.options = options
        secrets = Secrets(passphraseFile: options.passphraseFile, pinFile: options.pinFile)
    }

    /// Surroundings with this command's secrets and the clock of `--now`, if given; whether the network allows that is checked by `node()`.
    func surroundings() throws -> Surroundings {
        var surroundings = Surroundings.real
        surroundings.keyOpener = secrets.opener
        if let text = options.now {
            let instant = try Instant.parse(text)
            surroundings.now = { instant }
        }
        return surroundings
    }

    /// The node of `--dir`; throws `noFolder`, `folderMissing`, `rehearsalOnly`.
    func node() throws -> Node {
        let path = try options.folder()
        let node = try Node(opening: path, surroundings: try surroundings())
        if options.now != nil {
            let settings = try node.settings()
            // Before enrolment the intent counts that was stated at init; the grant is held to it.
            let isRehearsal = settings.network == nil ? (try? SavedPlan.read(in: node.folder))?.isRehearsal ?? false : settings.isRehearsal
            guard isRehearsal else { throw NodeError(.rehearsalOnly) }
        }
        return try horizon.map { try node.past($0) } ?? node
    }

    /// The same for another folder.
    func at(_ folder: String) -> CommandContext {
        var options = options
        options.dir = folder
        var other = CommandContext(options: options)
        other.horizon = horizon
        return other
    }

    /// The office of `--dir`, with the names of its units at hand for what is shown.
    func office() throws -> Office {
        let node = try node()
        try Shown.learnNames(node)
        return Office(node)
    }

    /// The one enrolled node that is meant; throws `unknownNode`, `nodeAmbiguous`.
    func peer(_ text: String, _ view: NodeView) throws -> (id: NodeID, name: String, region: RegionID, lines: [LineID]?) {
        let found = view.nodes(matching: text)
        guard let first = found.first else { throw NodeError(.unknownNode, ["node": text]) }
        guard found.count == 1 else {
            let candidates = found.map { "\($0.content.name) \($0.content.subject.short)" }.joined(separator: "\n")
            throw CommandError(.nodeAmbiguous, ["node": text, "candidates": candidates])
        }
        return (first.content.subject, first.content.name, first.content.region, first.content.lines)
    }
}

extension CommandContext {
    /// For whom a file is, each once, in the order given; throws `unknownNode`, `nodeAmbiguous`, `toItself`.
    func receivers(_ names: [String], of node: Node) throws -> [(id: NodeID, name: String)] {
        try node.ask { view in
            try names.reduce(into: []) { found, text in
                let peer = try peer(text, view)
                guard peer.id != view.settings.node else { throw CommandError(.toItself, ["node": peer.name]) }
                if !found.contains(where: { $0.id == peer.id }) { found.append((peer.id, peer.name)) }
            }
        }
    }
}

extension NodeView {
    /// A node's name, or the beginning of its identity where the name is not known.
    func name(ofNode id: NodeID) -> String { trust?.credentials(of: id).first?.content.name ?? id.short }

    /// What the place of a node is called; nil where no credential of it is held.
    func regionName(ofNode id: NodeID) -> String? { (trust?.credentials(of: id).first?.content.region).map { name(of: $0) } }

    func name(of region: RegionID) -> String { node.regions.region(region)?.lastPeriod.name ?? region.text }
}

/// A command that answers: one function, and everything around it in one place.
protocol AnsweringCommand: ParsableCommand {
    var basic: BasicOptions { get }
    func answer(_ context: CommandContext) throws -> Answer
}

extension AnsweringCommand {
    func run() throws {
        Interruption.watch()
        try finish(basic.json) { try answer(CommandContext(options: basic)) }
    }
}

/// The same for commands that wait for a network.
protocol AwaitingCommand: AsyncParsableCommand {
    var basic: BasicOptions { get }
    func answer(_ context: CommandContext) async throws -> Answer
}

extension AwaitingCommand {
    func run() async throws {
        do {
            let answer = try await answer(CommandContext(options: basic))
            try finish(basic.json) { answer }
        } catch let error where !(error is ExitCode) {
            try finish(basic.json) { throw error }
        }
    }
}

/// Prints what came of a command and ends with its status.
func finish(_ asJSON: Bool, _ body: () throws -> Answer) throws {
    let answer: Answer
    do {
        answer = try body()
    } catch {
        let failure = Failure(error)
        Terminal.print(failure, asJSON: asJSON)
        throw ExitCode(failure.status.rawValue)
    }
    try Terminal.print(answer, asJSON: asJSON)
    if let failure = answer.failure { throw ExitCode(failure.status.rawValue) }
}
