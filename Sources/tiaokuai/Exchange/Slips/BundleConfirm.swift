import ArgumentParser
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync
import TiaokuaiWording

/// To which of our files a code belongs, off a slip or by telephone; a code of receipt is recorded as the operator's word.
struct BundleConfirm: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: say("按回执单上的码查是哪一份;收讫码记为经办人确认。", "Finds the file that a slip's code belongs to; a code of receipt is recorded as the operator's word."),
        discussion: example("tiaokuai bundle confirm --dir gt 1a2b-3c4d-5e6f --as 620724.gov.p1"))

    @OptionGroup var basic: BasicOptions
    @OptionGroup var handling: HandlingOptions
    @Argument(help: ArgumentHelp(say("校验码或收讫码,十二位。", "The check code or the code of receipt, twelve digits."), valueName: "code")) var code: String
    @Flag(help: ArgumentHelp(say("只查,不记。", "Only looks, records nothing."))) var dryRun = false

    struct Result: Encodable {
        /// `received` or `file`.
        let meaning: String
        let isRecorded: Bool
        let files: [RegisterLine]
    }

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        let found = dryRun ? try node.find(code: code) : try node.confirm(code: code, by: try handling.handler(node))
        let result = try node.ask { view in
            Result(meaning: found.meaning.rawValue, isRecorded: found.meaning == .received && !dryRun, files: found.entries.map { RegisterLine($0, view) })
        }
        return Answer(result, RegisterLine.table(result.files) + [BundleConfirm.line(result)])
    }

    private static func line(_ result: Result) -> String {
        switch (result.meaning, result.isRecorded) {
        case (CodeFinding.Meaning.file.rawValue, _):
            say("这是文件校验码:只说明是哪一份,不说明收到没有。没有记录。", "This is a file's check code: it says which one, not whether it arrived. Nothing was recorded.")
        case (_, true):
            say("已记为经办人确认:单向发送不再重复这一份。它不是回执。", "Recorded as the operator's word: one-way sending repeats this file no more. It is no receipt.")
        case (_, false): say("这是收讫码:对方已全部收下。没有记录。", "This is a code of receipt: everything in it arrived. Nothing was recorded.")
        }
    }
}
