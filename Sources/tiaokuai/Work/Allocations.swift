import ArgumentParser
import TiaokuaiOffice
import TiaokuaiWording

/// What a place was assigned from above, and what it passed on.
struct Allocations: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("分解任务:上级给了多少、何时改过、分到下级多少、还有多少没有分下去。", "What was assigned from above: how much, since when, what was passed on and what is left."),
        discussion: example("tiaokuai allocations", "tiaokuai allocations 高台县 --json") + "\n\n"
            + say("上级的数为准;没有分完只作提示。", "The superior's figure stands; what is not passed on is a warning."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("区划:代码或名称;不写为本节点的。", "The place, by code or name; by default the node's."), valueName: "place")) var place: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let rows = try office.allocations(to: try place.map { try office.place($0) })
        return Answer(Rows(rows), rows.isEmpty ? [say("没有分解到这里的任务。", "Nothing is assigned to this place.")] : rows.flatMap(Allocations.lines))
    }

    static func lines(_ row: AllocationRow) -> [String] {
        func shown(_ value: String?) -> String { Shown.value(value, row.measure) ?? say("无", "none") }
        let mark = row.record.isSample ? " 【\(Shown.sample[runLanguage])】" : ""
        var out = [
            Terminal.heading(
                "\(row.to.name) \(row.indicatorTitle) \(row.period)"
                    + say(":\(shown(row.value))(\(row.from.name)分解)", ": \(shown(row.value)) (assigned by \(row.from.name))"))
                + mark
        ]
        if let former = row.formerly {
            let (name, value) = (former.to.name, shown(former.value))
            return out + ["  " + say("待\(row.from.name)重新分解:原\(name) \(value),不自动拆分。", "awaits \(row.from.name)'s word: \(name) had \(value); nothing is divided by itself.")]
        }
        for change in row.changes {
            let (day, value, unit) = (change.since, shown(change.value), change.unit.name)
            out.append("  " + say("\(day) 起 \(value)(\(unit))", "from \(day): \(value) (\(unit))"))
        }
        if row.parts.isEmpty {
            out.append("  " + say("没有分到下级。", "Nothing is passed on."))
        } else {
            out.append("  " + say("分到下级:", "Passed on: ") + row.parts.map { "\($0.to.name) \(shown($0.value))" }.joined(separator: say("、", ", ")))
        }
        if let left = row.unallocated { out.append("  " + say("还有 \(shown(left)) 没有分下去。", "\(shown(left)) is not passed on.")) }
        return out
    }
}
