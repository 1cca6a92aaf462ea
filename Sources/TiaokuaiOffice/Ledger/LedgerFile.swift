import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Reads one `tiaokuai/ledger/1` file into drafts. Items that an escalation or a case names are held already.
struct LedgerFile {
    private(set) var drafts: [Draft] = []
    private let view: NodeView
    private let faults: FaultList
    private let notes: Notes

    init(_ tree: YAMLTree, _ view: NodeView, _ faults: FaultList) throws {
        self.view = view
        self.faults = faults
        let root = FileEntry(tree, path: "", faults)
        _ = root.text("format")
        let place = root.region("place")
        _ = root.integer("step")
        _ = root.day("on")
        notes = Notes(isSample: root.yes("示例数据"))
        for entry in root.entries("items") {
            let ahead = drafts.count
            drafts += try take(entry) { try item($0, place, ahead: ahead) }
        }
        for entry in root.entries("escalations") { drafts += try take(entry, escalation) }
        for entry in root.entries("cases") { drafts += try take(entry, caseRecord) }
        root.finish()
    }

    /// What can't be done is a fault of the entry.
    private func take(_ entry: FileEntry, _ make: (FileEntry) throws -> [Draft]) throws -> [Draft] {
        do {
            return try make(entry)
        } catch let error as OfficeError {
            let code: FileFault.Code =
                switch error.code {
                case .numberTaken: .numberTaken
                case .unknownUnit, .ambiguousUnit: .unknownUnit
                case .unknownPlace, .ambiguousPlace: .unknownPlace
                default: .badValue
                }
            entry.fault(code, error.facts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        } catch let error as NodeError where error.code == .unknownRecord || error.code == .ambiguousRecord {
            entry.fault(.unknownReference, error.facts["reference"] ?? "")
        } catch let error as EntryError {
            faults.add(code: error.code.rawValue, error.fact, line: entry.line, keyPath: entry.path)
        }
        return []
    }

    private func author(_ entry: FileEntry) -> Author { Author(unit: entry.unit("unit"), person: entry.person("as")) }

    private func item(_ entry: FileEntry, _ place: RegionID, ahead: Int) throws -> [Draft] {
        let author = author(entry)
        var amount = entry.optionalText("amount")
        if amount != nil { amount = (amount ?? "") + entry.text("measure") }
        let opening = LedgerOpening(
            place: place, year: Int(entry.integer("year")), number: Int(entry.integer("number")), title: entry.text("title"),
            description: entry.optionalText("description"), subject: entry.optionalText("subject"), amount: amount, document: entry.optionalText("document"),
            path: entry.optionalText("path"), line: entry.line("line")?.text, category: entry.optionalText("category"),
            deadline: entry.optionalDay("deadline")?.description, leader: entry.optionalText("leader"), department: entry.optionalText("department"),
            notes: notes
        )
        entry.finish()
        return try LedgerDrafts(view).item(opening, by: author, ahead: ahead)
    }

    private func escalation(_ entry: FileEntry) throws -> [Draft] {
        let author = author(entry)
        let opening = EscalationOpening(
            item: entry.text("item"), year: Int(entry.integer("year")), number: Int(entry.integer("number")), to: entry.text("to"), route: entry.text("route"),
            cause: entry.text("cause"), note: entry.optionalText("clause"), notes: notes)
        entry.finish()
        return try LedgerDrafts(view).escalation(opening, by: author, item: view.theRecord(opening.item))
    }

    private func caseRecord(_ entry: FileEntry) throws -> [Draft] {
        let author = author(entry)
        let opening = CaseOpening(
            year: Int(entry.integer("year")), number: Int(entry.integer("number")), title: entry.text("title"),
            linkingGround: entry.optionalText("linkingGround"), members: entry.texts("members") ?? [], handler: entry.optionalText("handler"),
            observers: entry.texts("observers") ?? [], tells: entry.texts("tells") ?? [], notes: notes)
        entry.finish()
        return try LedgerDrafts(view).caseRecord(opening, by: author, members: opening.members.map { try view.theRecord($0) })
    }
}
