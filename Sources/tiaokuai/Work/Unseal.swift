import ArgumentParser
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiSeal
import TiaokuaiWording

/// What a record holds for this node's eyes only.
struct Unseal: AnsweringCommand {
    static let configuration = CommandConfiguration(
        abstract: say("拆封:读密封给本节点的值。", "Opens the values that are sealed to this node."),
        discussion: example("tiaokuai unseal 高工信-2020-017", "tiaokuai unseal 高工信-2020-017 description --json"))

    @OptionGroup var basic: BasicOptions
    @Argument(help: ArgumentHelp(say("哪条记录。", "The record."), valueName: "record")) var record: String
    @Argument(help: ArgumentHelp(say("哪个字段;不写为全部。", "Which field; by default all."), valueName: "field")) var field: String?

    func answer(_ context: CommandContext) throws -> Answer {
        let view = try context.office().open(record, field: field) { sealed, place, keys in
            do {
                return .success(try FieldSeal.open(sealed, at: place, keys: keys))
            } catch let error as SealError {
                return .failure(SealedFault(error.code.rawValue))
            }
        }
        var table = TextTable([
            .init(say("填写时间", "Written")), .init(say("单位", "Unit")), .init(say("字段", "Field")), .init(say("值", "Value")),
            .init(say("结论", "Outcome")),
        ])
        for row in view.rows {
            table.add([
                String(row.written.prefix(16).replacing("T", with: " ")), row.unit.name, Shown.field(row.field, row.title, of: view.record.kind), said(row),
                Shown.verdict(row.verdict),
            ])
        }
        let fault = view.rows.lazy.compactMap(\.fault).first { ErrorWords.of(.seal, $0) != nil }
        return Answer(view, table.lines, failure: fault.map { Failure(.seal, $0) })
    }

    private func said(_ row: SealedRow) -> String {
        if let value = row.value { return Shown.value(value, row.measure, field: row.field) ?? value }
        if let fault = row.fault, let words = ErrorWords.of(.seal, fault) { return words.filled([:]).what[runLanguage] }
        return Shown.value(SealedValue.mark + row.receiver, nil) ?? ""
    }
}

extension CommandContext {
    /// Values for the eyes of the node that is meant. Throws `receiverUnknown`, `nodeAmbiguous`.
    func sealing(to text: String) throws -> FieldSealing {
        do {
            let receiver = try node().ask { view in try peer(text, view).id }
            return FieldSealing(to: receiver) { value, key, node, place in try FieldSeal.seal(value, to: key, of: node, at: place) }
        } catch let error as NodeError where error.code == .unknownNode {
            throw NodeError(.receiverUnknown, ["node": text])
        }
    }
}
