import TiaokuaiEntry
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiWork

extension Office {
    /// Every record that the reference fits, in order of arrival.
    public func resolve(_ reference: String) throws -> [RecordRow] { try node.ask { try $0.resolve(reference) } }

    /// The one record that it fits; throws `unknownRecord`, or `ambiguousRecord` with the candidates.
    public func record(_ reference: String) throws -> RecordFact { try node.ask { try FactMaker($0).record($0.theRecord(reference)) } }

    /// How people write a record that is held here; throws `unknownRecord`.
    public func reference(of record: RecordID) throws -> String {
        try node.ask { view in
            guard let ref = try view.reader.recordRef(record) else { throw NodeError(.unknownRecord, ["reference": record.hash.hex]) }
            return view.reference(of: try view.reader.record(ref))
        }
    }
}

extension NodeView {
    func resolve(_ text: String) throws -> [RecordRow] {
        var refs: Set<RecordRef> = []
        for reading in readings(of: text) { refs.formUnion(try records(fitting: reading)) }
        return try refs.sorted().map { try reader.record($0) }
    }

    /// A form may be named by its title too: `防汛值班:高台县/2020-08-14`.
    private func readings(of text: String) -> [RecordReference] {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }), let form = forms(named: String(text[..<colon])).first else {
            return RecordReference.readings(of: text)
        }
        return RecordReference.readings(of: "\(form.name):\(text[text.index(after: colon)...])")
    }

    /// The forms in force of this name or title, of whatever place.
    func forms(named text: String) -> [KindTable] {
        let folded = canonicalText(text)
        return kinds.forms.values.flatMap(\.values).map(\.table).filter { $0.name.text == text || canonicalText($0.title) == folded }
    }

    func theRecord(_ text: String) throws -> RecordRow {
        let found = try resolve(text)
        if found.count > 1 {
            throw NodeError(.ambiguousRecord, ["reference": text, "candidates": found.map { candidate($0) }.joined(separator: "\n")])
        }
        guard let row = found.first else { throw NodeError(.unknownRecord, ["reference": text]) }
        return row
    }

    /// A reference that is surely unique among the candidates.
    private func candidate(_ row: RecordRow) -> String { "\(reference(of: row)) [\(row.id.short)]" }

    /// The key that a reference names, whether or not anybody spoke of the record yet.
    func theKey(_ text: String) throws -> RecordKey {
        let found = try resolve(text)
        if found.isEmpty, let key = try wholeKeys(text).first { return key }
        return try theRecord(text).key
    }

    private func wholeKeys(_ text: String) throws -> [RecordKey] {
        try readings(of: text).compactMap { reading in
            guard case .key(let kind, let place, let values) = reading else { return nil }
            return try keys(kind: kind, place: place, values: values).first
        }
    }

    private func records(fitting reading: RecordReference) throws -> [RecordRef] {
        switch reading {
        case .key(let kind, let place, let values):
            if kind == StandardKind.table.name, values.count == 3, values[0].isEmpty {
                return try records(kind: kind, place: place) { $0.values[1].text == values[1] && $0.values[2].text == values[2] }
            }
            if kinds.declared[kind] == nil, let held = try recordsWithoutForm(kind, place, values) { return held }
            return try keys(kind: kind, place: place, values: values).compactMap { try recordRef($0) }
        case .numbered(let kind, let unit, let year, let number):
            let units = Set(units(matching: unit).map(\.id.text) + units.filter { ledgerMark(of: $0.id) == unit }.map(\.id.text) + [unit])
            return try records(kind: kind, place: nil) { key in
                guard key.values.count >= 3, let text = key.values[0].text else { return false }
                return units.contains(text) && key.values[1].decimal == ExactDecimal(year) && key.values[2].decimal == ExactDecimal(number)
            }
        case .unit(let text):
            let ids = Set(units(matching: text).map(\.id.text) + [text])
            return try records(kind: UnitKind.table.name, place: nil) { $0.values[0].text.map(ids.contains) ?? false }
        case .documentNumber(let text):
            let wanted = DocumentNumber.folded(text)
            return try records(kind: DocumentKind.table.name, place: nil) { key in key.values[1].text.map { DocumentNumber.folded($0) == wanted } ?? false }
        case .idPrefix(let digits): return try reader.records(idPrefix: digits, limit: 64)
        }
    }

    private func records(kind: KindName, place: String?, where fits: (RecordKey) -> Bool) throws -> [RecordRef] {
        let region = try place.map { try officePlace($0) }
        return try reader.records(kind: kind).filter { ref in
            let key = try reader.record(ref).key
            return (region == nil || key.partition.place == region) && key.values.count == table(of: key)?.key.count && fits(key)
        }
    }

    /// Records whose form has not come, found by their key as it was written; nil where there is a form at the place.
    private func recordsWithoutForm(_ kind: KindName, _ place: String, _ values: [String]) throws -> [RecordRef]? {
        let name = String(place.prefix { $0 != "@" })
        guard let region = try? officePlace(name), kinds.form(of: kind, along: path(of: region)) == nil else { return nil }
        return try reader.records(kind: kind).filter { ref in
            let key = try reader.record(ref).key
            return key.partition.place == region && key.values.map(\.description) == values
        }
    }

    /// The keys that whole texts can mean: of cells, with and without the line to which their indicator is confidential.
    private func keys(kind: KindName, place: String, values: [String]) throws -> [RecordKey] {
        let parts = place.split(separator: "@", maxSplits: 1).map(String.init)
        var region = parts.first.flatMap { try? officePlace($0) }
        let line = parts.count == 2 ? try? LineID(checking: parts[1]) : nil
        guard let table = kinds.table(of: kind, along: path(of: region ?? settings.region)), values.count == table.key.count else { return [] }
        if table.stream == .local { region = nil } else if region == nil { return [] }
        var typed: [Value] = []
        for (field, text) in zip(table.key, values) {
            guard let value = keyValue(text, field, at: region) else { return [] }
            typed.append(value)
        }
        return try partitions(table, region, line, typed).map { RecordKey($0, kind, typed) }
    }

    private func partitions(_ table: KindTable, _ region: RegionID?, _ line: LineID?, _ values: [Value]) throws -> [Partition] {
        guard let region else { return [.local] }
        if table.stream == .policy { return [.policy(region)] }
        if let line { return [.work(region, line)] }
        let stated = table.name == CellKind.table.name ? values.first?.text.flatMap { indicator($0, at: region)?.confidentialTo } : table.confidentialTo
        return [.work(region, stated)] + (stated == nil ? [] : [.work(region, nil)])
    }

    private func keyValue(_ text: String, _ field: KindTable.KeyField, at region: RegionID?) -> Value? {
        switch field.type {
        case .decimal: return (try? ExactDecimal(parsing: text)).map(Value.decimal)
        case .bytes: return [UInt8](hex: text).map(Value.bytes)
        default:
            switch field.name {
            case "indicator": return .text(region.flatMap { officeIndicator(text, at: $0)?.id } ?? text)
            case "period": return .text((try? PeriodReader.read(text))?.text ?? text)
            case "day": return .text((try? PeriodReader.readDay(text))?.description ?? text)
            case "unit": return .text((try? officeUnit(text))?.text ?? text)
            default: return .text(text)
            }
        }
    }

    /// The indicator by id or title.
    func officeIndicator(_ text: String, at place: RegionID) -> IndicatorDefinition? {
        if let exact = indicator(text, at: place) { return exact }
        let wanted = canonicalText(text)
        let ids = Set(indicators.filter { canonicalText($0.title) == wanted }.map(\.id))
        return ids.count == 1 ? ids.first.flatMap { indicator($0, at: place) } : nil
    }

    /// How people write the record; `resolve` finds it again.
    func reference(of row: RecordRow) -> String { reference(of: row.key) }

    func reference(of key: RecordKey) -> String {
        let texts = key.values.map(\.text)
        func text(_ index: Int) -> String { texts.indices.contains(index) ? texts[index] ?? "" : "" }
        func number(_ index: Int, _ width: Int = 1) -> String {
            guard key.values.indices.contains(index), let decimal = key.values[index].decimal else { return "" }
            let plain = decimal.description
            return String(repeating: "0", count: max(0, width - plain.utf8.count)) + plain
        }
        let place = key.partition.place?.text ?? "local"
        switch key.kind {
        case CellKind.table.name where !texts.contains { $0?.contains("/") ?? true }: return "\(place)/\(text(0))/\(text(1))"
        case LedgerItemKind.table.name:
            guard let unit = try? UnitID(checking: text(0)) else { break }
            return "\(ledgerMark(of: unit) ?? "ledger \(unit)")-\(number(1))-\(number(2, 3))"
        case DocumentKind.table.name: return RecordReference.readings(of: text(1)).contains(.documentNumber(text(1))) ? text(1) : "document \(text(1))"
        case TargetKind.table.name where !texts.contains { $0?.contains("/") ?? true }:
            return "target \(place)/\(text(0))/\(text(1))" + (text(2).isEmpty ? "" : "/\(text(2))")
        case StandardKind.table.name where !texts.contains { $0?.contains("/") ?? true }: return "standard \(place)/\(text(1))/\(text(2))/\(text(0))"
        case UnitKind.table.name: return "unit \(text(0))"
        case EscalationKind.table.name: return "escalation \(text(0)) \(number(1))-\(number(2))"
        case CaseKind.table.name: return "case \(text(0)) \(number(1))-\(number(2))"
        case DecisionMinuteKind.table.name: return "minute \(text(0)) \(number(1))-\(number(2))"
        default: break
        }
        return generic(key)
    }

    private func generic(_ key: RecordKey) -> String {
        let place: String =
            switch key.partition {
            case .policy(let place): place.text
            case .work(let place, let line): place.text + (line.map { "@\($0)" } ?? "")
            case .local: "local"
            }
        let values = key.values.map { value in
            switch value {
            case .bytes(let bytes): bytes.hex
            default: RecordReference.escaped(value.description)
            }
        }
        return "\(key.kind):" + ([place] + values).joined(separator: "/")
    }
}

/// Numbers of documents as people type them: brackets of any sort are 〔〕, white space and width don't matter.
enum DocumentNumber {
    static func folded(_ number: String) -> String {
        var out = ""
        for character in canonicalText(number) {
            switch character {
            case "[", "(", "【", "［", "﹝", "〈": out.append("〔")
            case "]", ")", "】", "］", "﹞", "〉": out.append("〕")
            default: out.append(character)
            }
        }
        return out
    }
}
