import ArgumentParser
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// Files of the office's own formats; each all or nothing.
struct Publish: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("发布文件、责任分工、目标、标准、指标、单位和任职。", "Publishes documents, responsibilities, targets, standards, indicators, units and posts."),
        discussion: example(
            "tiaokuai publish --dir gt Nodes/gt/publish/01-six-plans.yaml", "tiaokuai publish --dir gt Nodes/gt/node.yaml",
            "tiaokuai publish --dir gs 方案.yaml --unit 620000.partyoffice")
            + "\n\n" + say("写法见 Nodes/SCHEMA.md:tiaokuai/publish/1、node/1、figures/1、ledger/1。", "Formats: see Nodes/SCHEMA.md: tiaokuai/publish/1, node/1, figures/1, ledger/1."))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("YAML 或 TOML 文件,可写多个。", "YAML or TOML files."), valueName: "file")) var files: [String]

    @Option(
        help: ArgumentHelp(
            say("只写这个单位签的部分:联合发文可先由一家签。", "Only what this unit signs: of a joint issue one office may sign first."), valueName: "unit"))
    var unit: String?

    func answer(_ context: CommandContext) throws -> Answer { try publish(files, context, format: nil, unit: unit) }
}

/// Publishes files one after the other; a fault stops at its file, and the error says which ones are in.
func publish(_ files: [String], _ context: CommandContext, format: PublishFormat?, unit: String? = nil) throws -> Answer {
    let office = try context.office()
    let signer = try unit.map { try office.author(unit: $0, person: "any").unit }
    var writings: [Writing] = []
    for file in files {
        do {
            writings.append(try office.publish(try DurableFile.read(file, limit: 16 << 20), file: file, format: format, signedBy: signer))
        } catch {
            var failure = Failure(error)
            failure.facts["file"] = file
            if !writings.isEmpty { failure.facts["published"] = files.prefix(writings.count).joined(separator: "\n") }
            throw failure
        }
    }
    let all = WrittenAll(writings: writings.flatMap(\.writings), unchanged: writings.reduce(0) { $0 + $1.unchanged })
    return Answer(all, all.lines)
}
