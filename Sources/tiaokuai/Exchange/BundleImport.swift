import ArgumentParser
import Foundation
import TiaokuaiNode
import TiaokuaiSync

struct BundleImport: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: say("收下数据包或回执。", "Takes in a bundle or a receipt."),
        discussion: example("tiaokuai bundle import --dir zy gt-zy.tkb --receipt zy-gt.tkb", "tiaokuai bundle import --dir zy gt-zy.tkb --dry-run"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("数据包文件。", "The bundle."), valueName: "file")) var file: String
    @Option(help: ArgumentHelp(say("回执写到哪个文件。", "Writes the receipt to this file."), valueName: "file")) var receipt: String?
    @OptionGroup var handling: HandlingOptions
    @Flag(help: ArgumentHelp(say("只看会怎样,不改动。", "Says what would happen and changes nothing."))) var dryRun = false

    func answer(_ context: CommandContext) throws -> Answer {
        let node = try context.node()
        // Whoever opens the key is asked before anything is taken in, and no other file's place is taken.
        if let receipt, !dryRun {
            try BundleExport.refuseForeign(receipt)
            _ = try node.keys.signer()
        }
        let handler = try handling.handler(node)
        let report: ImportReport
        if dryRun {
            report = try BundleFile.rehearse(node, path: file)
        } else {
            let total = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int).flatMap { $0 } ?? 0
            let progress = Progress(say("收取", "Importing"))
            report = try BundleFile.import(node, path: file, handler: handler) { bytes in progress.show("\(bytes / 1_048_576)/\(total / 1_048_576) MiB") }
            progress.finish()
        }
        var facts = try node.ask { ImportFacts(report, file: file, view: $0) }
        facts.isDryRun = dryRun
        guard let receipt, !dryRun else { return Answer(facts, facts.lines, failure: facts.failure) }
        do {
            facts.receipt = try BundleFile.writeReceipt(node, to: report.header?.from, after: report, path: receipt, handler: handler).path
        } catch {
            // What was taken in stands, and is told, whatever became of the receipt.
            return Answer(facts, facts.lines, failure: Failure(error))
        }
        return Answer(facts, facts.lines, failure: facts.failure)
    }
}
