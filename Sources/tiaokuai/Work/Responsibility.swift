import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

struct ResponsibilityCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "responsibility", abstract: say("责任分工:谁牵头、以条还是以块为主、出自哪份文件;分工变了,哪些结果跟着变。", "Who leads, line or block first, by which document; and what a change of it changes."),
        discussion: example("tiaokuai responsibility show 高台县 成品粮储备可供应天数 --on 2020-08-31", "tiaokuai responsibility diff Nodes/zy/publish/01-zhangye-plan.yaml"),
        subcommands: [ResponsibilityShow.self, ResponsibilityDiffCommand.self])
}

struct ResponsibilityShow: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: say("某地某指标(或某措施)的责任分工,逐级列出。", "Who answers for an indicator, or a measure, at a place: tier by tier."),
        discussion: example("tiaokuai responsibility show 高台县 成品粮储备可供应天数 --on 2020-08-31", "tiaokuai responsibility show 620724 保市场主体/6/3 --json"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("区划:代码或名称。", "The place, by code or name."), valueName: "place")) var place: String
    @Argument(help: ArgumentHelp(say("指标,或方案的部分、措施,如 保市场主体/6/3。", "An indicator, or a part or measure such as 保市场主体/6/3."), valueName: "subject")) var subject: String
    @Option(help: ArgumentHelp(say("哪天适用的;不写为今天。", "In force on which day; by default today."), valueName: "day")) var on: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let day = try on.map { try Day(parsing: $0) } ?? office.today
        let view = try office.responsibility(place: try office.place(place), of: subject, on: day)
        return Answer(view, ResponsibilityLines.lines(of: view))
    }
}

struct ResponsibilityDiffCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: say("责任分工一变,哪些结果跟着变:两天之间、两版之间,或印发之前先演练。", "What a change of the matrix changes: between two days, two versions, or before publishing."),
        discussion: example(
            "tiaokuai responsibility diff --dir zy draft.yaml", "tiaokuai responsibility diff --from 2020-05-01 --to 2020-08-12",
            "tiaokuai responsibility diff --from 3fa92b1c --to 9be01d44 --json") + "\n\n"
            + say("演练只看文件里的部分和措施,不写入。--from、--to 写日期,或同一条的两个版本编号。", "A rehearsal looks at the file's parts and measures, and writes nothing. --from and --to are days, or versions of one entry."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("将要印发的 publish 文件。", "A publish file that is about to be published."), valueName: "file")) var file: String?
    @Option(help: ArgumentHelp(say("从哪天或哪一版。", "From which day or version."), valueName: "day|version")) var from: String?
    @Option(help: ArgumentHelp(say("到哪天或哪一版;不写为现有的全部。", "To which day or version; by default all that is held."), valueName: "day|version")) var to: String?
    @Option(help: ArgumentHelp(say("只看某区划;不写为本节点及所辖。", "One place only; by default the node's and those below."), valueName: "region")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let region = try place.map { try office.place($0) }
        let diff: ResponsibilityDiff
        switch (file, from) {
        case (let file?, nil): diff = try office.rehearse(try DurableFile.read(file, limit: 16 << 20), file: file, place: region)
        case (nil, let from?): diff = try office.responsibilityDiff(try comparison(from), place: region)
        default: throw CommandError(.missingReason, ["field": "FILE / --from"])
        }
        return Answer(diff, ResponsibilityLines.lines(of: diff))
    }

    private func comparison(_ from: String) throws -> MatrixComparison {
        if let day = try? Day(parsing: from) { return .days(from: day, to: try to.map { try Day(parsing: $0) }) }
        return .versions(from: from, to: to)
    }
}

/// The matrix and what it changes, for people.
enum ResponsibilityLines {
    static func lines(of view: ResponsibilityView) -> [String] {
        let title = view.title.isEmpty ? view.subject : "\(view.title)(\(view.subject))"
        var out = [Terminal.heading("\(view.place.name) \(title)\(say(",", ", "))\(view.day)")]
        for step in view.steps { out += lines(of: step) }
        if !view.statistics.isEmpty { out += ["", say("统计指标,以统计部门为准:", "Statistical, by the statistics units: ") + Shown.names(view.statistics)] }
        for found in view.contradictions {
            let subjects = found.subjects.map { ValueWords.of(field: "mode", value: $0)?[runLanguage] ?? String($0.prefix(24)) }.joined(separator: say("、", ", "))
            let words = ResponsibilityWords.contradiction(found.kind, subjects: subjects)?[runLanguage] ?? found.kind
            let place = "\(found.place.name) \(Shown.document(found.document)) \(found.parts.joined(separator: say("、", ", ")))"
            out += ["", say("自相矛盾(\(place)):", "Contradiction (\(place)): ") + words]
        }
        return out
    }

    private static func lines(of step: ResponsibilityStep) -> [String] {
        let mode = ValueWords.of(field: "mode", value: step.mode)?[runLanguage] ?? step.mode
        let source = step.source.map { source in
            let quote = source.formula.isEmpty ? "" : say("“\(source.formula)”", " \"\(source.formula)\"")
            return say("(\(Shown.document(source.document)) \(source.clause)\(quote))", " (\(Shown.document(source.document)) \(source.clause)\(quote))")
        }
        let from = ResponsibilityWords.modeFrom(step.modeFrom, place: step.inheritedFrom?.name)?[runLanguage] ?? step.modeFrom
        var out = ["", "\(step.place.name)\(say(":", ": "))\(mode)\(source ?? "")\(say(",", ", "))\(from)"]
        out.append("  \(say("块:", "block: "))\(step.government?.name ?? say("未登记", "not registered"))")
        if !step.lineUnits.isEmpty { out.append("  \(say("条:", "line: "))\(named(step.lineUnits))") }
        if !step.cooperating.isEmpty { out.append("  \(say("配合:", "cooperating: "))\(named(step.cooperating))") }
        if let entry = step.entry { out += lines(of: entry).map { "  \($0)" } } else { out.append("  \(say("本级方案没有写到", "no plan of this tier covers it"))") }
        for other in step.others {
            out.append("  \(say("另见:", "see also: "))\(Shown.document(other.document)) \(other.part)\(say(",牵头 ", ", led by "))\(named(other.leads))")
        }
        return out
    }

    private static func lines(of entry: MatrixEntryFact) -> [String] {
        let sample = entry.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        let since = say(",\(entry.inForceFrom) 起,版本 ", ", from \(entry.inForceFrom), version ")
        var out = ["\(say("出处:", "source: "))\(Shown.document(entry.document)) \(entry.clause)\(since)\(entry.version.prefix(8))\(sample)"]
        if !entry.leads.isEmpty {
            let why = ResponsibilityWords.ledBy(entry.ledBy)?[runLanguage] ?? entry.ledBy
            out.append("\(say("牵头:", "leads: "))\(named(entry.leads))\(say("(\(why))", " (\(why))"))")
        }
        if !entry.assisting.isEmpty { out.append("\(say("责任、配合:", "with: "))\(named(entry.assisting))") }
        out += entry.groups.map { "\(say("统称:", "group: "))\(group($0))" }
        if !entry.blanket.isEmpty || !entry.blanketGroups.isEmpty {
            let all = (entry.blanket.isEmpty ? [] : [named(entry.blanket)]) + entry.blanketGroups.map(group)
            out.append("\(say("各项均需实施(\(entry.blanketFrom ?? "")):", "of every item (\(entry.blanketFrom ?? "")): "))\(all.joined(separator: say("、", ", ")))")
        }
        if entry.isOpenEnded { out.append(ResponsibilityWords.openEnded[runLanguage]) }
        return out
    }

    private static func named(_ units: [NamedUnit]) -> String {
        units.map { $0.unit.name + ($0.management == "vertical" ? say("(\(ResponsibilityWords.requestsOnly.zh))", " (\(ResponsibilityWords.requestsOnly.en))") : "") }
            .joined(separator: say("、", ", "))
    }

    private static let groupShown = 6

    private static func group(_ group: UnitGroup) -> String {
        let names = group.units.prefix(groupShown).map(\.name).joined(separator: say("、", ", ")) + (group.units.count > groupShown ? "…" : "")
        let counts = say("\(group.places) 个,已登记 \(group.units.count) 个", "\(group.places), \(group.units.count) registered") + (names.isEmpty ? "" : say(":", ": ") + names)
        return say("\(group.asPrinted)(\(counts))", "\(group.asPrinted) (\(counts))")
    }

    // MARK: Changes

    static func lines(of diff: ResponsibilityDiff) -> [String] {
        let count = diff.changes.count
        var out = [
            say(
                "看了 \(diff.records) 条记录:\(count) 处结果变了,另有 \(diff.unchanged) 条分工变了、结果没变。",
                "Of \(diff.records) records: \(count) outcomes change; \(diff.unchanged) more are governed otherwise and come to the same.")
        ]
        for change in diff.changes {
            let sample = change.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
            out += ["", "\(change.record.reference) · \(Shown.field(change.field, change.fieldTitle, of: change.record.kind))\(sample)"]
            out.append("  \(say("之前:", "before: "))\(SuppositionScreen.outcome(change.before, change.field))")
            out.append("  \(say("之后:", "after: "))\(SuppositionScreen.outcome(change.after, change.field))")
            out += change.why.map { "  \(say("因为:", "because: "))\(why($0))" }
        }
        if !diff.notRehearsed.isEmpty {
            let held = diff.notRehearsed.map { "\(Shown.kind($0.kind, $0.kindTitle)) \($0.count)" }.joined(separator: say("、", ", "))
            out += ["", say("文件里另有 \(held):演练只看分工,它们要到印发才起作用。", "The file also holds \(held): only who is responsible is rehearsed; they act once published.")]
        }
        if diff.by == "rehearsal" { out += ["", say("只是演练,什么也没有写。", "A rehearsal only; nothing was written.")] }
        return out
    }

    private static func why(_ change: GovernanceChange) -> String {
        var parts: [String] = []
        func mode(_ code: String, _ source: SourceFact?) -> String {
            let words = ValueWords.of(field: "mode", value: code)?[runLanguage] ?? code
            let clause = source.map { "\(Shown.document($0.document)) \($0.clause)" }
            return words + (clause.map { say("(\($0))", " (\($0))") } ?? "")
        }
        if change.modeBefore != change.modeAfter || change.sourceBefore != change.sourceAfter {
            parts.append("\(mode(change.modeBefore, change.sourceBefore)) → \(mode(change.modeAfter, change.sourceAfter))")
        }
        func units(_ zh: String, _ en: String, _ list: [UnitFact]) { if !list.isEmpty { parts.append(say(zh, en) + Shown.names(list)) } }
        units("条上增加 ", "line gains ", change.lineAdded)
        units("条上减去 ", "line loses ", change.lineRemoved)
        units("配合增加 ", "cooperating gains ", change.cooperatingAdded)
        units("配合减去 ", "cooperating loses ", change.cooperatingRemoved)
        if parts.isEmpty { parts.append(say("版本更新", "a newer version")) }
        return "\(change.place.name)\(say(":", ": "))" + parts.joined(separator: say(";", "; "))
    }
}
