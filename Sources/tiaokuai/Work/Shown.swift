import Synchronization
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiOffice
import TiaokuaiWording

/// Facts of the office in words, the same in every list and screen.
enum Shown {
    static let sample = ExplanationScreen.sample

    // What units are called, once per process: values name units by their ids, people by their names.
    private static let unitNames = Mutex<[String: String]>([:])
    private static let nodeNames = Mutex<[String: String]>([:])

    static func learnNames(_ node: Node) throws {
        let (units, nodes) = try node.ask { view in
            FormNames.learn(view)
            return (
                Dictionary(uniqueKeysWithValues: view.units.map { ($0.id.text, $0.name) }),
                Dictionary(uniqueKeysWithValues: (view.trust?.nodes ?? []).map { ($0.hash.hex, view.name(ofNode: $0)) })
            )
        }
        unitNames.withLock { $0 = units }
        nodeNames.withLock { $0 = nodes }
    }

    /// In place of a value that one node alone can read: for whom it is. Nil for any other value.
    private static func sealed(_ value: String) -> String? {
        guard value.hasPrefix(SealedValue.mark), case let node = String(value.dropFirst(SealedValue.mark.count)), Hash32(hex: node) != nil else { return nil }
        return ValueWords.sealed(to: nodeNames.withLock { $0[node] } ?? String(node.prefix(12)))[runLanguage]
    }

    private static let unitFields: Set<String> = [
        "attendees", "cooperating", "department", "handler", "leader", "leads", "members", "observers", "responsible", "signsFor", "to",
    ]

    /// A unit's name for its id, `name:post` for `id:post`; lists part by part.
    private static func unit(_ value: String) -> String {
        unitNames.withLock { names in
            value.split(separator: "、").map { part in
                let halves = part.split(separator: ":", maxSplits: 1).map(String.init)
                return ([names[halves[0]] ?? halves[0]] + halves.dropFirst()).joined(separator: " ")
            }.joined(separator: say("、", ", "))
        }
    }

    /// 《标题》 for a document without a number; a number as it is.
    static func document(_ number: String) -> String {
        let mark = "无文号/"
        guard number.hasPrefix(mark) else { return number }
        // A measure's path may follow the title.
        let rest = number.dropFirst(mark.count).split(separator: " ", maxSplits: 1).map(String.init)
        return "《\(rest.first ?? "")》" + rest.dropFirst().joined()
    }

    /// A value with its measure: `14.2 天`, `35%`.
    static func value(_ value: String?, _ measure: String?) -> String? {
        guard let value else { return nil }
        if let sealed = sealed(value) { return sealed }
        guard let measure, !measure.isEmpty else { return value }
        return measure == "%" ? "\(value)%" : "\(value) \(measure)"
    }

    /// A field's value: coded ones in words (of the kind, where it is known), states as states, figures with their measure.
    static func value(_ value: String?, _ measure: String?, field: String, of kind: String? = nil) -> String? {
        guard let value else { return nil }
        if let sealed = sealed(value) { return sealed }
        if kind != nil, let words = FormNames.value(value, field: field, of: kind) { return words }
        if let words = ValueWords.of(field: field, value: value) { return words[runLanguage] }
        if let words = FormNames.value(value, field: field, of: nil) { return words }
        if field == "state" || field == "review" { return WorkflowWords.state(value)?[runLanguage] ?? value }
        if unitFields.contains(field) { return unit(value) }
        if value.hasPrefix("无文号/") { return document(value) }
        return self.value(value, measure)
    }

    /// What an operation said: of a workflow's field the event, not the state that it leads to.
    static func said(_ value: String?, _ measure: String?, field: String, of kind: String? = nil) -> String? {
        if kind != nil, let event = value.flatMap({ FormNames.event($0, field: field, of: kind) }) { return event }
        if field == "state" || field == "review", let value, let event = WorkflowWords.event(value) { return event[runLanguage] }
        if let event = value.flatMap({ FormNames.event($0, field: field, of: nil) }) { return event }
        return self.value(value, measure, field: field, of: kind)
    }

    static func field(_ name: String, _ title: String, of kind: String) -> String {
        FormNames.field(name, of: kind) ?? (runLanguage == .en ? KindWords.english(field: name, of: kind) ?? title : title)
    }

    /// The same for what lists add to credentials and cuts.
    static func listed(_ name: String, _ title: String, of kind: String) -> String {
        let added = ["node": "node", "region": "region", "writes": "writes for", "identity": "identity", "reason": "reason", "heads": "feeds that count"]
        if runLanguage == .en, kind == "credential" || kind == "cut", let words = added[name] { return words }
        return field(name, title, of: kind)
    }

    /// A record's reference; where that holds long identities, the beginning of its own, which is accepted too.
    static func short(_ record: RecordFact) -> String {
        record.reference.contains { $0 == "/" } && hasIdentity(record.reference) ? String(record.id.prefix(12)) : record.reference
    }

    /// Some part is 32 hexadecimal digits or more.
    private static func hasIdentity(_ reference: String) -> Bool {
        reference.split { !$0.isHexDigit }.contains { $0.count >= 32 }
    }

    static func kind(_ record: RecordFact) -> String { kind(record.kind, record.kindTitle) }

    static func kind(_ name: String, _ title: String) -> String {
        FormNames.kind(name) ?? (runLanguage == .en ? KindWords.english(kind: name) ?? title : title)
    }

    static func verdict(_ verdict: VerdictFact) -> String { JudgementWords.verdict(verdict.code, reason: verdict.reason)[runLanguage] }

    static func blank(_ blank: BlankFact?) -> Words? {
        guard let blank else { return nil }
        return JudgementWords.blank(blank.code, units: blank.units.map(\.name)) ?? Words(blank.code, blank.code)
    }

    /// In use, or why not.
    static func inUse(_ value: String?, _ measure: String?, _ blank: BlankFact?, field: String, of kind: String? = nil) -> String {
        if let value = self.value(value, measure, field: field, of: kind) { return value }
        return say("空(\(self.blank(blank)?.zh ?? "没有值"))", "blank (\(self.blank(blank)?.en ?? "no value"))")
    }

    /// What a superior's record has in use in place of one that is kept without effect: `10 天(甘肃省)`.
    static func inForce(_ force: InForceFact, _ measure: String?, field: String) -> String {
        guard let place = force.place, let value = self.value(force.value, measure, field: field) else { return say("空(标准不一,未定)", "blank (standards differ, undecided)") }
        return say("\(value)(\(place.name))", "\(value) (\(place.name))")
    }

    /// A heading with how many there are: `目标(3)`, `Targets (3)`.
    static func counted(_ heading: String, _ count: Int) -> String { heading + say("(\(count))", " (\(count))") }

    /// What fits into a column.
    static func cut(_ text: String?) -> String? { text.map { $0.count > 32 ? $0.prefix(31) + "…" : $0 } }

    static func mark(_ isSample: Bool) -> String { isSample ? sample[runLanguage] : "" }

    static func names(_ units: [UnitFact]) -> String { units.map(\.name).joined(separator: say("、", ", ")) }

    static func day(_ instant: String) -> String { String(instant.prefix(10)) }

    /// A target, figure or bound: place, indicator, period and part.
    static func target(_ place: PlaceFact, _ indicatorTitle: String, _ period: String, _ qualifier: String) -> String {
        [place.name, indicatorTitle, period, SheetWords.qualifier(qualifier)[runLanguage]].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A partition, from its description: `work(620724)`.
    static func partition(_ description: String) -> String { SheetWords.partition(description)[runLanguage] }
}

/// What a command wrote, for people: one line each, or a summary where there are many; what is not simply in use is always named.
struct WrittenAll: Encodable {
    let writings: [WrittenFact]
    let unchanged: Int

    private static let linesShown = 12

    var lines: [String] {
        guard !writings.isEmpty else { return [say("没有新内容:同样的填报已在。", "Nothing new: the same stands already.")] }
        var out: [String] = []
        if writings.count > WrittenAll.linesShown {
            var counts: [(kind: String, count: Int)] = []
            for written in writings {
                let kind = Shown.kind(written.record)
                if let index = counts.firstIndex(where: { $0.kind == kind }) { counts[index].count += 1 } else { counts.append((kind, 1)) }
            }
            out.append(
                say("已写 \(writings.count) 条:", "Wrote \(writings.count):") + " " + counts.map { "\($0.kind) \($0.count)" }.joined(separator: say("、", ", ")))
            out += writings.filter { !$0.isPlain }.flatMap(\.lines)
        } else {
            out += writings.flatMap(\.lines)
        }
        if unchanged > 0 { out.append(say("另有 \(unchanged) 条原样已在,没有重写。", "\(unchanged) stood already and were not written again.")) }
        return out
    }
}

extension Writing {
    var lines: [String] { WrittenAll(writings: writings, unchanged: unchanged).lines }
}

extension WrittenFact {
    /// In use as claimed, or done as an event: nothing to say about it beyond that it was written.
    var isPlain: Bool { verdicts.allSatisfy { ["stands", "passed", "effective"].contains($0.verdict.code) } }

    var lines: [String] {
        let head = "\(Shown.kind(record)) \(record.reference) · \(unit.name)" + (record.isSample ? " 【\(Shown.sample[runLanguage])】" : "")
        let fields = verdicts.map { verdict in
            let title = Shown.field(verdict.field, verdict.title, of: record.kind)
            let claimed = Shown.said(verdict.claimed, verdict.measure, field: verdict.field, of: record.kind) ?? say("(撤回)", "(withdrawn)")
            var line = "  \(title) \(claimed)\(say(":", ": "))\(Shown.verdict(verdict.verdict))"
            if verdict.value != verdict.claimed {
                line += say(";在用:", "; in use: ") + Shown.inUse(verdict.value, verdict.measure, verdict.blank, field: verdict.field, of: record.kind)
            }
            return line
        }
        return [head] + fields
    }
}
