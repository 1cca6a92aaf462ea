import ArgumentParser
import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// A day or a position of the log, as people write it.
struct AuditPoint {
    let text: String

    /// Digits alone are a position, anything else a day.
    func horizon(_ view: NodeView, knownBy peer: NodeID? = nil) throws -> Horizon {
        if let position = UInt64(text), text.allSatisfy(\.isASCII) { return try view.horizon(position: position, knownBy: peer) }
        return try view.horizon(day: try Day(parsing: text), knownBy: peer)
    }
}

/// Any looking question, answered from what this node (or another, by its receipts) knew then.
struct AuditAsOfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "as-of",
        abstract: say("当时知道什么:把任何一个查看命令放到某日或日志某项之前来问。", "What was known then: any looking command, asked as of a day or a position of the log."),
        discussion: example(
            "tiaokuai audit as-of 2020-08-20 show 620724/grainReserveDays/2020-08", "tiaokuai audit as-of 2020-08-20 disputes --place 620724",
            "tiaokuai audit as-of 1200 list cell --place 620724 --json", "tiaokuai audit as-of --known-by zy 2020-09-01 disputes", "tiaokuai audit as-of 2020-10-30 audit ledger --place 620724")
            + "\n\n"
            + say(
                "日期指到当日结束时日志已有的内容;位置指日志的前若干项(查看中说的第 12 项,写 13 才算在内)。可放进来的命令:list show search todo disputes kept citations alerts bounds explain history,以及 audit 的各项查问。\n--known-by 须写在日期之前:按那个节点自己的回执,它当时有什么。未封装的填报和只存本机的名册不在日志里,当时的情况查不到。",
                "A day means what the log held when it ended, a position its first so many entries (what is called entry 12 elsewhere is in from 13 on). Commands: list show search todo disputes kept citations alerts bounds explain history, and audit's own questions.\n--known-by stands before the day: what that node had by its own receipts. Work that is not sealed and local lists are in no log: their past is not known."
            ))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var reader: ReaderOptions
    @Option(help: ArgumentHelp(say("按哪个节点的回执:它当时有什么。", "As this node, by its receipts, knew it."), valueName: "node")) var knownBy: String?
    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp(say("日期或位置,然后是要问的命令。", "The day or position, then the command."), valueName: "day|position command"))
    var words: [String] = []

    private struct Then: Encodable {
        let payload: any Encodable
        let point: Point

        struct Point: Encodable {
            let position: UInt64
            let time: String
            let knownBy: String?
            let receipt: String?
            let unrecorded: String?
        }
        private enum CodingKeys: String, CodingKey { case then }

        func encode(to encoder: any Encoder) throws {
            try payload.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(point, forKey: .then)
        }
    }

    func validate() throws {
        // All words are the question's; before it there is only our own help.
        if let first = words.first, ["--help", "-h"].contains(first) { throw CleanExit.helpRequest(AuditAsOfCommand.self) }
        if words.count < 2 { throw ValidationError(UsageWords.message("写明日期(或位置)和要问的命令。", "Give the day (or position) and the command to ask.")) }
    }

    func run() throws {
        Interruption.watch()
        var inner = CommandLineOrder.commandFirst(Array(words.dropFirst()))
        if let dir = basic.dir, !inner.contains("--dir") { inner += ["--dir", dir] }
        if basic.json, !inner.contains("--json") { inner.append("--json") }
        if let now = basic.now, !inner.contains("--now") { inner += ["--now", now] }
        let parsed = try Tiaokuai.parseAsRoot(inner)
        guard let question = parsed as? any AnsweringCommand, AuditAsOfCommand.isQuestion(question) else {
            return try finish(inner.contains("--json")) { throw AuditAsOfCommand.refusal(of: inner.first ?? words[1]) }
        }
        try finish(question.basic.json) { try answer(CommandContext(options: question.basic), question) }
    }

    /// With the question of the audit that has the same name.
    private static func refusal(of command: String) -> CommandError {
        let isAudits = AuditCommands.configuration.subcommands.contains {
            $0.configuration.commandName == command && ($0 is any AuditQuestion.Type || $0 is AuditReportCommand.Type)
        }
        return isAudits ? CommandError(.notAQuestion, ["command": command, "instead": "audit \(command)"]) : CommandError(.notAQuestion, ["command": command])
    }

    private static func isQuestion(_ command: any AnsweringCommand) -> Bool {
        switch command {
        case is List, is Show, is Search, is TodoCommand, is Disputes, is Kept, is Citations, is Alerts, is Bounds, is Explain, is History, is AuditReportCommand: true
        case is AuditDiffCommand, is AuditReadingsCommand: false
        case is AuditTimelineCommand, is any AuditQuestion: true
        default: false
        }
    }

    private func answer(_ context: CommandContext, _ question: any AnsweringCommand) throws -> Answer {
        let point = AuditPoint(text: words[0])
        let node = try context.node()
        let unrecorded = try AuditNote.note(context, reader)
        let horizon = try node.ask { view in try point.horizon(view, knownBy: try knownBy.map { try context.peer($0, view).id }) }
        var then = context
        then.horizon = horizon
        var answer = try question.answer(then)
        let time = horizon.time.toTheMinute
        let whose = knownBy.map { say(",节点 \($0) 按其回执所有的", ", what node \($0) had by its receipt") } ?? ""
        // A sheet is another program's: nothing stands before it.
        if !answer.lines.isEmpty, !answer.isSheet {
            answer.lines.insert(
                say("截至日志前 \(horizon.position) 项(到 \(time))\(whose):", "As of the first \(horizon.position) entries of the log (to \(time))\(whose):"), at: 0)
        }
        let fact = Then.Point(position: horizon.position, time: horizon.time.timestamp, knownBy: knownBy, receipt: horizon.receipt?.hex, unrecorded: unrecorded?.code)
        var changed = Answer(Then(payload: answer.payload, point: fact), answer.lines)
        changed.isSheet = answer.isSheet
        changed.failure = answer.failure
        return changed
    }
}

/// What changed between two points.
struct AuditDiffCommand: AuditQuestion {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: say("两个时点之间:哪些值、结论、争议变了,因何而变。", "Between two points: which values, outcomes and disputes changed, and what brought it."),
        discussion: example("tiaokuai audit diff 2020-08-20 2020-09-01", "tiaokuai audit diff 120 180 --place 620724 --csv"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var asking: AuditOptions
    @Argument(help: ArgumentHelp(say("较早的日期或位置。", "The earlier day or position."), valueName: "day|position")) var first: String
    @Argument(help: ArgumentHelp(say("较晚的日期或位置。", "The later day or position."), valueName: "day|position")) var second: String
    @Option(help: ArgumentHelp(say("某区划及所辖。", "At a place and below."), valueName: "region")) var place: String?

    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer {
        let (older, newer) = try office.node.ask { view in (try AuditPoint(text: first).horizon(view), try AuditPoint(text: second).horizon(view)) }
        let diff = try office.auditDiff(older, newer, place: try place.map { try office.place($0) })
        let swapped = diff.isSwapped ? [say("说明:先写的时点较晚,已按先后调换。", "Note: the first point is the later one; they were put in order.")] : []
        return AuditAnswer(diff, swapped + lines(diff), sheet(diff))
    }

    private func side(_ side: DiffSide?, _ row: DiffRow) -> String {
        guard let side else { return say("(没有)", "(not there)") }
        return Shown.inUse(side.value, row.measure, side.blank, field: row.field) + (side.isDisputed ? say("(有争议)", " (disputed)") : "")
    }

    private func brought(_ row: DiffRow) -> String {
        row.broughtBy.isEmpty ? say("只因政策变动", "policy alone") : row.broughtBy.map(AuditShown.entry).joined(separator: say("、", ", "))
    }

    private func words(_ row: DiffRow) -> String {
        row.words.map { word in
            let value = Shown.said(word.value, row.measure, field: row.field) ?? say("(撤回)", "(withdraws)")
            let was = word.before.map { Shown.verdict($0) + " → " } ?? say("新 ", "new, ")
            return "\(word.unit.name) \(value)\(say(":", ": "))\(was)\(Shown.verdict(word.after))"
        }.joined(separator: say(";", "; "))
    }

    private func lines(_ diff: AuditDiff) -> [String] {
        let head = say("日志第 \(diff.from) 项到第 \(diff.to) 项之间:\(diff.changes.count) 处变动", "Entries \(diff.from) to \(diff.to): \(diff.changes.count) change(s)")
        return [Terminal.heading(head)]
            + diff.changes.flatMap { row in
                let title = Shown.field(row.field, row.title, of: row.record.kind)
                let rules = [row.before?.rule, row.after?.rule].map { AuditShown.rule($0) }
                let rule = rules[0] == rules[1] ? rules[1] : "\(rules[0]) → \(rules[1])"
                return [
                    "\(Shown.short(row.record)) · \(title)\(say(":", ": "))\(side(row.before, row)) → \(side(row.after, row))\(AuditLines.sample(row.record.isSample))",
                    "    \(say("规则:", "rule: "))\(rule)\(say(";来自:", "; brought by: "))\(brought(row))",
                ] + (row.words.isEmpty ? [] : ["    " + words(row)])
            }
    }

    private func sheet(_ diff: AuditDiff) -> AuditSheet {
        var sheet = AuditSheet(marked: [
            say("记录", "Record"), say("字段", "Field"), say("之前", "Before"), say("之后", "After"), say("之前规则", "Rule before"), say("之后规则", "Rule after"), say("填报", "Words"), say("来自", "Brought by"),
        ])
        sheet.rows = diff.changes.map { row in
            [
                row.record.reference, Shown.field(row.field, row.title, of: row.record.kind), side(row.before, row), side(row.after, row), AuditShown.rule(row.before?.rule),
                AuditShown.rule(row.after?.rule), words(row), brought(row), AuditSheet.mark(row.record.isSample),
            ]
        }
        return sheet
    }
}
