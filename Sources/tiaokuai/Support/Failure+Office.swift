import TiaokuaiOffice
import TiaokuaiWording

extension Failure {
    /// A refusal by the office; each fault of a file becomes a line of its own.
    init(_ error: OfficeError) {
        var facts = error.facts
        if error.code == .badFile { facts["count"] = "\(error.faults.count)" }
        let why = facts["reason"].flatMap { JudgementWords.voidReason($0) }
        self.init(.office, error.code.rawValue, facts, phrases: ["why": why].compactMapValues { $0 })
        faults = error.faults.map(Failure.fault)
        details = faults.map(\.sentence)
    }

    private static func fault(_ fault: FileFault) -> Fault {
        let words = ErrorWords.fault(fault.code, fact: fault.fact, isSheet: fault.row != nil)
        return Fault(
            file: fault.file, code: fault.code, fact: fault.fact, line: fault.line, row: fault.row, column: fault.column, keyPath: fault.keyPath,
            zh: words?.zh ?? fault.code, en: words?.en ?? fault.code)
    }
}

extension Failure.Fault {
    /// `figures.csv 第 7 行第 5 列(数值):…`
    fileprivate var sentence: String {
        var place = file
        if let line { place += say(" 第 \(line) 行", " line \(line)") }
        if let row { place += say(" 第 \(row) 行", " row \(row)") }
        if let column { place += say("第 \(column) 列", ", column \(column)") }
        if let keyPath, !keyPath.isEmpty { place += say("(\(keyPath))", " (\(keyPath))") }
        return "  \(place)\(say(":", ": "))\(Words(zh, en)[runLanguage])"
    }
}
