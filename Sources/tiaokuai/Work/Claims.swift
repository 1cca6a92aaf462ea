import ArgumentParser
import TiaokuaiModel
import TiaokuaiOffice
import TiaokuaiWording

/// The generic word of a unit on any record.
struct Claim: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("以本单位名义填报任意记录的字段。", "Lodges a claim on fields of any record."),
        discussion: example(
            "tiaokuai claim 620724/newUrbanJobs/2020-05 value=1318 --unit 县人社局", "tiaokuai claim 高工信-2020-017 category=物流 --unit 县工信局",
            "tiaokuai claim 高工信-2020-017 cooperating=+620724.police --unit 县工信局",
            "tiaokuai claim 高工信-2020-017 description=举报人另有说明 --seal-to gs --unit 县工信局"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("字段=值,可写多个;集合用 +值 添加、-值 移除。", "FIELD=VALUE, any number; +VALUE and -VALUE for sets."), valueName: "field=value")) var fields: [String]
    @Option(
        help: ArgumentHelp(
            say(
                "值只让这个节点看到,途经的节点只见“密封给…”,本机也不留原文。字段=- 从标准输入读值。",
                "For this node's eyes only: others carry the values unread, and no copy stays here. FIELD=- reads the value from standard input."),
            valueName: "node"))
    var sealTo: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        var pairs = try Claim.pairs(fields)
        // What one node alone may read would lie in the shell's history and in the list of processes.
        for index in pairs.indices where sealTo != nil && pairs[index].value == "-" { pairs[index].value = Terminal.readAll(limit: Value.maximumBytes + 2) }
        let writing = try office.claim(
            record, fields: pairs, by: try office.author(unit: acting.unit, person: acting.person), notes: noted.notes, evenIfVoid: noted.evenIfVoid,
            sealing: try sealTo.map { try context.sealing(to: $0) })
        return Answer(writing, writing.lines)
    }

    static func pairs(_ fields: [String]) throws -> [(name: String, value: String)] {
        try fields.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw CommandError(.missingReason, ["field": "\(text)=…"]) }
            return (name: parts[0], value: parts[1])
        }
    }
}

/// A slip is undone with this.
struct Withdraw: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("撤回本单位的填报。", "Withdraws what the unit lodged."),
        discussion: example("tiaokuai withdraw 620724/grainReserveDays/2020-08 value --unit 县商务局", "tiaokuai withdraw --operation 3fa92b1c --unit 县商务局"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String?
    @Argument(help: ArgumentHelp(say("哪些字段;不写为全部。", "Which fields; by default all."), valueName: "field")) var fields: [String] = []
    @Option(help: ArgumentHelp(say("撤回某一次填报:编号前 8 位以上。", "Withdraws one operation: at least eight digits of its identity."), valueName: "operation")) var operation: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let author = try office.author(unit: acting.unit, person: acting.person)
        let writing: Writing
        if let operation {
            writing = try office.withdraw(operation: operation, in: record, by: author, notes: noted.notes)
        } else if let record {
            writing = try office.withdraw(record, fields: fields, by: author, notes: noted.notes)
        } else {
            throw CommandError(.missingReason, ["field": "RECORD / --operation"])
        }
        return Answer(writing, writing.lines)
    }
}

struct Decide: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("裁定争议,须写明依据。", "Decides a dispute, stating the ground."),
        discussion: example("tiaokuai decide 620724/labourTransfer/2020-07 value 30402 --ground 纪要2020-1"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @OptionGroup var noted: NoteOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段。", "The field."), valueName: "field")) var field: String
    @Argument(help: ArgumentHelp(say("裁定的值。", "The value decided."), valueName: "value")) var value: String
    @Option(help: ArgumentHelp(say("裁定的是哪些填报;不写为争议各方。", "The operations decided on; by default those in dispute."), valueName: "operation")) var names: [String] = []

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let writing = try office.decide(
            record, field: field, value: value, names: names.isEmpty ? nil : names, ground: noted.ground ?? "",
            by: try office.author(unit: acting.unit, person: acting.person), notes: noted.notes, evenIfVoid: noted.evenIfVoid)
        return Answer(writing, writing.lines)
    }
}

struct Acknowledge: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("知悉:本单位看到了未被采用的结果。", "Acknowledges what became of the unit's claim."),
        discussion: example("tiaokuai acknowledge 620724/grainReserveDays/2020-08 --unit 县商务局"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Option(help: ArgumentHelp(say("哪次填报;不写为全部。", "Which operation; by default all."), valueName: "operation")) var claim: String?
    @Option(help: ArgumentHelp(say("read 已阅、accepts 同意、objects 有异议。", "read, accepts or objects."), valueName: "answer")) var reply: String = "read"
    @Option(help: ArgumentHelp(say("说明。", "A note."), valueName: "text")) var note: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let writing = try office.acknowledge(record, claim: claim, answer: reply, note: note, by: try office.author(unit: acting.unit, person: acting.person))
        return Answer(writing, writing.lines)
    }
}

struct Object: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("对别单位的记录提异议。", "Objects to another unit's record."),
        discussion: example("tiaokuai object 620724/newUrbanJobs/2020-08 --text 口径应含灵活就业 --unit 县统计局"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var acting: ActingOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Option(help: ArgumentHelp(say("意见。", "What the unit has to say."), valueName: "text")) var text: String
    @Option(help: ArgumentHelp(say("哪个字段。", "The field."), valueName: "field")) var field: String?
    @Option(help: ArgumentHelp(say("建议值。", "The value proposed."), valueName: "value")) var proposal: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let office = try context.office()
        let writing = try office.object(record, field: field, text: text, proposal: proposal, by: try office.author(unit: acting.unit, person: acting.person))
        return Answer(writing, writing.lines)
    }
}
