import ArgumentParser
import Foundation
import TiaokuaiEntry
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// Who reads the audit: what is asked is noted under this name.
struct ReaderOptions: ParsableArguments {
    @Option(name: .customLong("reader-unit"), help: ArgumentHelp(say("谁在查阅:单位。", "Who reads: the unit."), valueName: "unit")) var unit: String?
    @Option(name: .customLong("reader"), help: ArgumentHelp(say("谁在查阅:人员;都不写则记本机账户。", "Who reads: the person; by default the machine's account."), valueName: "person"))
    var person: String?
}

/// What every question of the audit understands besides the basic options.
struct AuditOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(say("输出表格(CSV,可用电子表格打开)。", "Writes a sheet (CSV) that spreadsheets open."))) var csv = false
    @OptionGroup var reader: ReaderOptions
}

/// A sheet of answers: one row for each fact, the same in the table and in the CSV.
struct AuditSheet {
    let header: [String]
    var rows: [[String]] = []

    init(_ header: [String]) { self.header = header }

    /// With a last column that says what is 示例数据.
    init(marked header: [String]) { self.header = header + [Shown.sample[runLanguage]] }

    /// A row of a sheet that marks what is made up.
    mutating func add(_ cells: [String], isSample: Bool) { rows.append(cells + [AuditSheet.mark(isSample)]) }

    static func mark(_ isSample: Bool) -> String { isSample ? say("是", "yes") : "" }

    var csv: String { String(CSVWriter.text(header: header, rows: rows, for: .spreadsheets).dropLast(1)) }

    /// Of chosen columns only, where a screen has no room for all.
    func table(_ columns: [Int]) -> [String] {
        var table = TextTable(columns.map { .init(header[$0]) })
        for row in rows { table.add(columns.map { row[$0] }) }
        return table.lines
    }
}

struct AuditAnswer {
    let payload: any Encodable
    let lines: [String]
    let sheet: AuditSheet

    init(_ payload: any Encodable, _ lines: [String], _ sheet: AuditSheet) {
        self.payload = payload
        self.lines = lines
        self.sheet = sheet
    }
}

/// One question of the audit: answered for people, programs and spreadsheets, and noted where nobody takes it out unseen.
protocol AuditQuestion: AnsweringCommand {
    var asking: AuditOptions { get }
    func ask(_ context: CommandContext, _ office: Office) throws -> AuditAnswer
}

extension AuditQuestion {
    func answer(_ context: CommandContext) throws -> Answer {
        if asking.csv, basic.json { throw CommandError(.notTogether, ["options": "--csv --json"]) }
        let office = try context.office()
        let reading = try AuditNote.note(context, asking.reader)
        let found = try ask(context, office)
        var answer = Answer(Noted(payload: found.payload, unrecorded: reading?.code), asking.csv ? [found.sheet.csv] : found.lines)
        answer.isSheet = asking.csv
        return answer
    }
}

/// The payload's own keys, and `unrecorded` beside them where the asking could not be noted.
struct Noted: Encodable {
    let payload: any Encodable
    let unrecorded: String?

    private enum CodingKeys: String, CodingKey { case unrecorded }

    func encode(to encoder: any Encoder) throws {
        try payload.encode(to: encoder)
        guard let unrecorded else { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unrecorded, forKey: .unrecorded)
    }
}

/// Notes who asks the audit what. Asking goes on where it can't be noted (a copied, locked or read-only folder), and says so.
enum AuditNote {
    /// Nil when it was noted, or when a question within another was noted already. Throws where the reader that was named is unknown.
    static func note(_ context: CommandContext, _ reader: ReaderOptions) throws -> Failure? {
        guard context.horizon == nil else { return nil }
        let office = Office(try context.node())
        let isNamed = reader.unit != nil || reader.person != nil
        // Nobody is taken for the reader who did not say so, here or in the node's settings.
        let isStated = try isNamed || office.node.settings().defaultPerson != nil
        let author = isStated ? try office.author(unit: reader.unit, person: reader.person) : nil
        do {
            try office.noteReading(of: question(CommandLine.arguments.dropFirst()), by: author, account: ProcessInfo.processInfo.userName)
            return nil
        } catch {
            let failure = Failure(error)
            Terminal.write(
                say("说明:这次查阅没能留痕(\(failure.words.what.withoutStop.zh))\n", "Note: this reading could not be recorded (\(failure.words.what.withoutStop.en))\n"), to: 2)
            return failure
        }
    }

    private static let withoutTrace: Set<String> = ["--dir", "--lang", "--passphrase-file", "--pin-file"]

    /// The command as it was given, without its folder and where secrets lie.
    static func question(_ arguments: some Sequence<String>) -> String {
        var out: [String] = []
        var skips = false
        for argument in arguments {
            if skips {
                skips = false
            } else if withoutTrace.contains(argument) {
                skips = true
            } else if argument != "--json", !withoutTrace.contains(where: { argument.hasPrefix($0 + "=") }) {
                out.append(argument.contains(" ") ? "'\(argument)'" : argument)
            }
        }
        return out.joined(separator: " ")
    }
}
