import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording

/// What was made under which version of a standard, and whether it has to be looked at again.
struct MadeUnderCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "made-under",
        abstract: say("按某项标准办理的事:依据的是哪一版、期限后来改没改、要不要复核。", "What was made under a standard: by which version, whether its term changed since, and what to look at again."),
        discussion: example("tiaokuai made-under 'standard 620000/energyRelief/2020/620000.gov'", "tiaokuai made-under 'standard 620000/energyRelief/2020/620000.gov' --json")
            + "\n\n" + say("期限延长的,按旧期限办理的要复核;期限缩短的,原来办的照旧有效。", "Where the term was extended, what was made under the shorter one is looked at again; a shortening leaves what was made as it is."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪一项标准。", "The standard."), valueName: "record")) var record: String
    @Option(help: ArgumentHelp(say("只看某区划及其下级;不写为本节点的。", "A place and those below; by default the node's."), valueName: "region")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let rows = try office.madeUnder(record, within: try place.map { try office.place($0) })
        guard !rows.isEmpty else { return Answer(Rows(rows), [say("没有写明按这项标准办理的记录。", "No record says that it was made under this standard.")]) }
        var table = TextTable([
            .init(say("编号", "Reference")), .init(say("依据版本", "Version")), .init(say("当时执行至", "Until, then")), .init(say("现执行至", "Until, now")), .init(say("结论", "Outcome")),
        ])
        for row in rows { table.add([Shown.short(row.record), String(row.version.prefix(8)), end(row.termThen), end(row.termNow), MadeUnderCommand.outcome(row)]) }
        return Answer(Rows(rows), table.lines)
    }

    private func end(_ day: String?) -> String { day ?? say("不限", "open") }

    static func outcome(_ row: MadeUnder) -> String { row.standing == "recheck" ? say("期限已延长,须复核", "term extended since: look again") : say("照旧有效", "stands") }

    /// `依据 standard … 的 1a2b3c4d 版(当时执行至 2020-06-30)办理:期限已延长,须复核`
    static func line(of row: MadeUnder) -> String {
        let until = row.termThen.map { say("(当时执行至 \($0))", " (then until \($0))") } ?? ""
        let (instrument, version, outcome) = (row.instrument.reference, row.version.prefix(8), outcome(row))
        return say("依据 \(instrument) 的 \(version) 版办理\(until):\(outcome)", "Made under version \(version) of \(instrument)\(until): \(outcome)")
    }
}
