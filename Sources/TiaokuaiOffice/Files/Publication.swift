import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiWork

/// Reads one `tiaokuai/publish/1` file into drafts (Nodes/SCHEMA.md): a document with its parts, measures, targets,
/// standards, allocations, indicators and minutes. Faults are gathered; whoever asks for the drafts looks at them first.
struct Publication {
    private let view: NodeView
    private let faults: FaultList
    private let root: FileEntry
    private let place: RegionID
    private let isSample: Bool
    private var by: Author?
    private var document: (number: String, signedOn: Day)?
    private var indicators: [String: String] = [:]
    private(set) var drafts: [Draft] = []

    init(_ tree: YAMLTree, _ view: NodeView, _ faults: FaultList) {
        self.view = view
        self.faults = faults
        root = FileEntry(tree, path: "", faults)
        _ = root.text("format")
        place = root.region("place")
        if root.has("place"), view.node.regions.region(place) == nil { root.fault(.unknownPlace, place.text, at: "place") }
        _ = root.day("on")
        isSample = root.yes("示例数据")
        by = root.author("by", isRequired: false)
        read()
        root.finish()
    }

    private mutating func read() {
        let indicators = root.entries("indicators")
        if let entry = root.entry("document") { add(document: entry) }
        for entry in indicators { add(indicator: entry) }
        for (key, need) in [("parts", true), ("measures", true)] where root.has(key) && need && document == nil { root.fault(.notAllowedHere, key, at: key) }
        for entry in root.entries("parts") { add(part: entry) }
        for entry in root.entries("measures") { add(measure: entry) }
        for entry in root.entries("targets") { add(target: entry) }
        for entry in root.entries("standards") { add(standard: entry) }
        for entry in root.entries("allocations") { add(allocation: entry) }
        for entry in root.entries("minutes") { add(minute: entry) }
        for entry in root.entries("procedures") { add(procedure: entry) }
        for entry in root.entries("forms") { add(form: entry) }
        checkMatrix()
    }

    // MARK: Drafts

    private func fieldList(_ entry: FileEntry) -> FieldList {
        let ownSample = entry.yes("示例数据")
        return FieldList(isSample: isSample || ownSample)
    }

    private mutating func add(_ kind: KindTable, _ key: [Value], _ fields: FieldList, _ author: Author) {
        drafts.append(Draft(key: RecordKey(.policy(place), kind.name, key), unit: author.unit, person: author.person, fields: fields.fields))
    }

    /// Who claims everything but the document.
    private func claimant(_ entry: FileEntry) -> Author {
        if let by { return by }
        root.fault(.missingKey, "by")
        return Author(unit: "unknown", person: "unknown")
    }

    private mutating func add(document entry: FileEntry) {
        let number = entry.text("number")
        let title = entry.text("title")
        let signedOn = entry.day("signedOn")
        let issuers = entry.entries("issuers").map { issuer in
            let author = Author(unit: issuer.unit("unit"), person: issuer.person("as"))
            issuer.finish()
            return author
        }
        if !entry.has("issuers") { entry.fault(.missingKey, "issuers") }
        var fields = fieldList(entry)
        fields.text(DocumentKind.title, title)
        fields.day(DocumentKind.signedOn, signedOn)
        fields.day(DocumentKind.publishedOn, entry.optionalDay("publishedOn"))
        fields.text(DocumentKind.publicity, entry.word("publicity", among: Publicity.allCases.map(\.rawValue)))
        fields.texts(DocumentKind.addressees, entry.texts("addressees"))
        fields.text(DocumentKind.approval, entry.optionalText("approval"))
        fields.yes(DocumentKind.isTruncated, entry.yes("truncated"))
        let cites = entry.entries("cites").map(citation)
        if !cites.isEmpty { fields.set(DocumentKind.cites, .list(cites.map(\.value))) }
        entry.finish()
        document = (number, signedOn)
        guard let joint = try? JointUnits(issuers.map(\.unit)) else { return entry.fault(.badValue, "issuers", at: "issuers") }
        for issuer in issuers { add(DocumentKind.table, [.text(joint.description), .text(number)], fields, issuer) }
        if by == nil, issuers.count == 1 { by = issuers[0] }
    }

    private func citation(_ entry: FileEntry) -> Citation {
        let relation = entry.word("relation", among: Citation.Relation.allCases.map(\.rawValue), isRequired: true)
        let citation = Citation(
            relation: relation.flatMap(Citation.Relation.init(rawValue:)) ?? .cites, number: entry.text("number"), title: entry.text("title"),
            clause: entry.optionalText("clause") ?? "")
        entry.finish()
        return citation
    }

    /// What parts and measures have in common.
    private func responsibility(_ entry: FileEntry, topic: String?, clause: String) -> FieldList {
        var fields = fieldList(entry)
        fields.text(MatrixKind.mode, entry.word("mode", among: ResponsibilityMode.allCases.map(\.rawValue)))
        fields.text(MatrixKind.formula, entry.optionalText("formula"))
        fields.units(MatrixKind.leads, entry.units("leads"))
        fields.units(MatrixKind.responsible, entry.units("units"))
        fields.units(MatrixKind.cooperating, entry.units("cooperating"))
        fields.texts(MatrixKind.indicators, entry.texts("indicators"))
        fields.text(MatrixKind.topic, topic)
        fields.text(MatrixKind.clause, clause)
        fields.day(MatrixKind.inForceFrom, document?.signedOn)
        fields.yes(MatrixKind.isOpenEnded, entry.yes("openEnded"))
        fields.texts(MatrixKind.collective, entry.texts("collective"))
        return fields
    }

    private mutating func add(part entry: FileEntry) {
        let part = entry.text("part")
        let topic = entry.word("topic", among: Topic.allCases.map(\.rawValue))
        var fields = responsibility(entry, topic: topic, clause: entry.text("clause"))
        fields.texts(MatrixKind.blanket, entry.texts("blanket"))
        entry.finish()
        add(MatrixKind.table, [.text(document?.number ?? ""), .text(part)], fields, claimant(entry))
    }

    private mutating func add(measure entry: FileEntry) {
        let path = entry.text("path")
        let clause = entry.text("clause")
        var fields = fieldList(entry)
        fields.text(MeasureKind.title, entry.text("title"))
        fields.text(MeasureKind.clause, clause)
        fields.texts(MeasureKind.unitsAsPrinted, entry.texts("unitsAsPrinted"))
        fields.text(MeasureKind.frequency, entry.word("frequency", among: IndicatorDefinition.Frequency.allCases.map(\.rawValue)))
        fields.text(MeasureKind.discretion, entry.word("discretion", among: Publication.discretions))
        fields.day(MeasureKind.deadline, entry.optionalDay("deadline"))
        if !entry.has("units") { entry.fault(.missingKey, "units") }
        let responsibility = responsibility(entry, topic: nil, clause: clause)
        entry.finish()
        let key: [Value] = [.text(document?.number ?? ""), .text(path)]
        add(MeasureKind.table, key, fields, claimant(entry))
        add(MatrixKind.table, key, responsibility, claimant(entry))
    }

    static let discretions = ["must", "may", "adapt"]

    private mutating func add(indicator entry: FileEntry) {
        let id = entry.text("id")
        let measure = entry.text("measure")
        var fields = fieldList(entry)
        fields.text(IndicatorKind.title, entry.text("title"))
        fields.text(IndicatorKind.measure, measure)
        fields.text(IndicatorKind.direction, entry.word("direction", among: IndicatorDefinition.Direction.allCases.map(\.rawValue), isRequired: true))
        fields.text(IndicatorKind.line, entry.line("line")?.text)
        if !entry.has("line") { entry.fault(.missingKey, "line") }
        fields.text(IndicatorKind.nature, entry.word("nature", among: IndicatorDefinition.Nature.allCases.map(\.rawValue), isRequired: true))
        fields.text(IndicatorKind.reporter, entry.optionalText("reporter"))
        fields.text(IndicatorKind.frequency, entry.word("frequency", among: IndicatorDefinition.Frequency.allCases.map(\.rawValue)))
        fields.yes(IndicatorKind.isStatistical, entry.yes("statistical"))
        fields.text(IndicatorKind.confidentialTo, entry.line("confidentialTo")?.text)
        fields.text(IndicatorKind.definition, entry.optionalText("definition"))
        entry.finish()
        indicators[id] = measure
        add(IndicatorKind.table, [.text(id)], fields, claimant(entry))
    }

    /// The base measure of the indicator that the entry names.
    private func measure(ofIndicatorIn entry: FileEntry) -> (id: String, measure: String?) {
        let id = entry.text("indicator")
        let measure = indicators[id] ?? view.indicator(id, at: place)?.measure
        if measure == nil, entry.has("indicator") { entry.fault(.unknownIndicator, id, at: "indicator") }
        return (id, measure)
    }

    private mutating func add(target entry: FileEntry) {
        let (indicator, base) = measure(ofIndicatorIn: entry)
        let period = entry.period("period")
        let qualifier = entry.optionalText("qualifier") ?? ""
        let comparator = entry.word("comparator", among: Comparator.allCases.map(\.rawValue), isRequired: true).flatMap(Comparator.init(rawValue:))
        var fields = fieldList(entry)
        fields.text(TargetKind.comparator, comparator?.rawValue)
        if ["value", "percentOfTarget", "relativeTo"].filter(entry.has).count != 1 { entry.fault(.badValue, "value / percentOfTarget / relativeTo") }
        let value = base.flatMap { entry.figure("value", measureKey: "measure", base: $0) }
        if entry.has("value"), base == nil { _ = (entry.optionalText("value"), entry.optionalText("measure")) }
        fields.decimal(comparator == .atMost || comparator == .below ? TargetKind.ceiling : TargetKind.floor, value)
        fields.decimal(TargetKind.percentOfTarget, entry.figure("percentOfTarget"))
        fields.text(TargetKind.relativeTo, entry.optionalPeriod("relativeTo"))
        fields.day(TargetKind.deadline, entry.optionalDay("deadline"))
        fields.text(TargetKind.firmness, entry.word("firmness", among: Firmness.allCases.map(\.rawValue)))
        fields.text(TargetKind.document, document?.number)
        fields.text(TargetKind.clause, entry.optionalText("clause"))
        fields.text(TargetKind.measure, entry.optionalText("path"))
        entry.finish()
        add(TargetKind.table, [.text(indicator), .text(period), .text(qualifier)], fields, claimant(entry))
    }

    private mutating func add(standard entry: FileEntry) {
        let (indicator, base) = measure(ofIndicatorIn: entry)
        let period = entry.period("period")
        var fields = fieldList(entry)
        if let base, entry.has("value") { fields.decimal(StandardKind.value, entry.figure("value", measureKey: "measure", base: base)) }
        if entry.has("value"), base == nil { _ = (entry.optionalText("value"), entry.optionalText("measure")) }
        fields.text(StandardKind.per, entry.optionalText("per"))
        fields.day(StandardKind.termFrom, entry.optionalDay("termFrom"))
        fields.day(StandardKind.termTo, entry.optionalDay("termTo"))
        fields.text(StandardKind.document, document?.number)
        fields.text(StandardKind.clause, entry.optionalText("clause"))
        fields.text(StandardKind.discretion, entry.word("discretion", among: Publication.discretions))
        fields.text(StandardKind.condition, entry.optionalText("condition"))
        entry.finish()
        let author = claimant(entry)
        add(StandardKind.table, [.text(author.unit.text), .text(indicator), .text(period)], fields, author)
    }

    private mutating func add(allocation entry: FileEntry) {
        let (indicator, base) = measure(ofIndicatorIn: entry)
        let period = entry.period("period")
        let child = entry.region("child")
        if entry.has("child"), !view.isWithin(child, place) || child == place { entry.fault(.unknownPlace, child.text, at: "child") }
        var fields = fieldList(entry)
        if !entry.has("value") { entry.fault(.missingKey, "value") }
        if let base { fields.decimal(AllocationKind.value, entry.figure("value", measureKey: "measure", base: base)) }
        fields.day(AllocationKind.deadline, entry.optionalDay("deadline"))
        fields.text(AllocationKind.document, document?.number)
        fields.text(AllocationKind.clause, entry.optionalText("clause"))
        entry.finish()
        add(AllocationKind.table, [.text(indicator), .text(period), .text(child.text)], fields, claimant(entry))
    }

    private mutating func add(minute entry: FileEntry) {
        let unit = entry.unit("unit")
        let (year, number) = (entry.integer("year"), entry.integer("number"))
        var fields = fieldList(entry)
        fields.text(DecisionMinuteKind.title, entry.text("title"))
        fields.day(DecisionMinuteKind.heldOn, entry.day("heldOn"))
        fields.units(DecisionMinuteKind.attendees, entry.units("attendees"))
        fields.text(DecisionMinuteKind.text, entry.text("text"))
        entry.finish()
        let author = claimant(entry)
        if author.unit != unit { entry.fault(.badValue, unit.text, at: "unit") }
        add(DecisionMinuteKind.table, [.text(unit.text), .decimal(ExactDecimal(year)), .decimal(ExactDecimal(number))], fields, author)
    }

    private mutating func add(procedure entry: FileEntry) {
        let matter = entry.word("matter", among: [ProcedureKind.disputes], isRequired: true) ?? ProcedureKind.disputes
        var fields = fieldList(entry)
        for (key, number) in [("acknowledgeWithin", ProcedureKind.acknowledgeWithin), ("appealWithin", ProcedureKind.appealWithin)] {
            guard let days = entry.optionalInteger(key) else { continue }
            if !(0...Int64(DisputeTerms.maximumDays)).contains(days) { entry.fault(.badValue, "\(days)", at: key) }
            fields.decimal(number, ExactDecimal(days))
        }
        fields.text(ProcedureKind.consultation, entry.word("consultation", among: DisputeTerms.Consultation.allCases.map(\.rawValue)))
        fields.text(ProcedureKind.document, document?.number)
        fields.text(ProcedureKind.clause, entry.optionalText("clause"))
        entry.finish()
        add(ProcedureKind.table, [.text(matter)], fields, claimant(entry))
    }

    private mutating func add(form entry: FileEntry) {
        var fields = fieldList(entry)
        fields.text(FormKind.document, document?.number)
        let form = FormEntry(entry, fields)
        add(FormKind.table, [.text(form.name.text)], form.fields, claimant(entry))
    }

    // MARK: Contradictions

    /// A file that says two things of one part is not published: which of them would count is nobody's to guess.
    private func checkMatrix() {
        let entries = drafts.filter { $0.key.kind == MatrixKind.table.name }
        var seen: Set<RecordKey> = []
        for draft in entries {
            let part = draft.key.values.compactMap(\.text).joined(separator: " ")
            if !seen.insert(draft.key).inserted { root.fault(.contradiction, part) }
            let values = Dictionary(draft.fields.compactMap { field in field.value.map { (field.number, $0) } }, uniquingKeysWith: { first, _ in first })
            for contradiction in MatrixEntry(EffectiveRecord(draft.key, values))?.contradictions ?? [] {
                root.fault(.contradiction, "\(part): \(contradiction.subjects.joined(separator: " / "))")
            }
        }
    }
}
