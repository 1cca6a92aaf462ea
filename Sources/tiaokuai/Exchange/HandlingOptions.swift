import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSync
import TiaokuaiWording

/// Who hands a file over or takes it in 经办, for the register; a courier holds no post, so that none is asked for.
struct HandlingOptions: ParsableArguments {
    @Option(help: ArgumentHelp(say("经办单位:编号、名称或别名;不写则取节点的默认单位。", "The unit that hands over: its id, name or alias; by default the node's unit."), valueName: "unit"))
    var unit: String?

    @Option(name: .customLong("as"), help: ArgumentHelp(say("经办人;不写则取节点的默认人员。", "Who hands over; by default the node's person."), valueName: "person"))
    var person: String?

    /// Throws `unknownUnit`, `ambiguousUnit`, `noPerson` for a name that can't be one.
    func handler(_ node: Node) throws -> Handler {
        let id = try person.map { text in
            guard let id = try? PersonID(checking: text) else { throw NodeError(.noPerson, ["person": text]) }
            return id
        }
        return Handler(unit: try unit.map { try Office(node).author(unit: $0, person: "any").unit }, person: id)
    }

    /// Of `--repeat`.
    static func check(repeats: Int?) throws {
        guard let repeats, !(0...1_000).contains(repeats) else { return }
        throw ValidationError(UsageWords.message("--repeat 写 0 到 1000。", "--repeat takes 0 to 1000."))
    }
}

extension FeedRange: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
