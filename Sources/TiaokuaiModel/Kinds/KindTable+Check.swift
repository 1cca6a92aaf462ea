// Whether a kind's table is one that the engine can go by. The engine answers for any table; these rules say that the
// answer is what people meant.
extension KindTable {
    public static let maximumOwnFields = Operation.maximumFields - common.count
    public static let maximumKeyFields = 8
    public static let maximumStates = 32
    public static let maximumEvents = 64
    public static let maximumChoices = 64

    /// The first thing wrong with the table by itself, in a fixed order; nil where it may be used.
    public var fault: KindFault? { faults.first }

    /// Everything wrong with the table by itself, in a fixed order.
    public var faults: [KindFault] { shapeFaults + keyFaults + fieldFaults + workflowFaults }

    private var shapeFaults: [KindFault] {
        var out: [KindFault] = []
        if title.isEmpty || key.isEmpty || ownFields.isEmpty { out.append(KindFault(.formIncomplete, name.text)) }
        if ownFields.count > KindTable.maximumOwnFields { out.append(KindFault(.formTooManyFields, "\(ownFields.count)")) }
        if key.count > KindTable.maximumKeyFields { out.append(KindFault(.formTooManyFields, "\(key.count)")) }
        for author in [issuer, reporter] {
            if case .key(let part) = author, key.first(where: { $0.name == part })?.type != .text { out.append(KindFault(.formKeyUndefined, part)) }
        }
        return out
    }

    private var keyFaults: [KindFault] {
        var out: [KindFault] = []
        var seen: Set<String> = []
        for part in key {
            if !KindTable.isIdentifier(part.name) { out.append(KindFault(.formNameMalformed, part.name)) }
            if !seen.insert(part.name).inserted { out.append(KindFault(.formNameTwice, part.name)) }
            if ![ValueType.text, .decimal, .bytes].contains(part.type) { out.append(KindFault(.formRuleUnfit, part.name)) }
        }
        return out
    }

    private var fieldFaults: [KindFault] {
        var out: [KindFault] = []
        var numbers = Set(KindTable.common.map(\.number.index))
        var names = Set(KindTable.common.map(\.name))
        for field in ownFields {
            if !KindTable.isIdentifier(field.name) { out.append(KindFault(.formNameMalformed, field.name)) }
            if !names.insert(field.name).inserted { out.append(KindFault(.formNameTwice, field.name)) }
            if !numbers.insert(field.number.index).inserted { out.append(KindFault(.formNumberTwice, "\(field.number.index)")) }
            if field.number.fieldClass == .personal, stream != .local, !mayBeSealed(field) { out.append(KindFault(.formPersonal, field.name)) }
            if !fits(field) { out.append(KindFault(.formRuleUnfit, field.name)) }
            let codes = field.choices.map(\.code)
            if Set(codes).count != codes.count || codes.contains("") { out.append(KindFault(.formNameTwice, field.name)) }
            if codes.count > KindTable.maximumChoices { out.append(KindFault(.formTooManyFields, field.name)) }
        }
        return out
    }

    /// What the rule can settle, over values of the type, in this stream.
    private func fits(_ field: FieldSpec) -> Bool {
        if !field.choices.isEmpty, field.type != .text || field.rule == .workflow { return false }
        if field.measure != nil, field.type != .decimal { return false }
        return switch field.rule {
        case .accompanying: false
        case .soleIssuer: true
        case .soleReporter: reporter != .unitOfPlace
        // Bounds are joined along the path, so every tier on it must be able to see those above: policy alone is.
        case .strictest(.floor), .strictest(.ceiling): stream == .policy && field.type == .decimal
        case .strictest(.earliest): stream == .policy && field.type == .day
        case .authority: field.type != .list
        case .holder, .workflow: field.type == .text
        case .set: field.type == .text || field.type == .bytes
        }
    }

    private var workflowFaults: [KindFault] {
        let fields = ownFields.filter { $0.rule == .workflow }
        guard let workflow else { return fields.map { KindFault(.formWorkflowMissing, $0.name) } }
        guard fields.count == 1 else { return [KindFault(.formWorkflowMissing, name.text)] }
        return workflow.faults { holder in self.field(named: holder).map { $0.rule == .holder || $0.rule == .authority } ?? false }
    }

    /// A lower-case letter, then up to 39 letters and digits.
    static func isIdentifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...40).contains(bytes.count), (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[0]) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: false
            }
        }
    }
}

extension Workflow {
    fileprivate func faults(isHolder: (String) -> Bool) -> [KindFault] {
        var out: [KindFault] = []
        if states.count > KindTable.maximumStates { out.append(KindFault(.formTooManyFields, "\(states.count)")) }
        if events.count > KindTable.maximumEvents { out.append(KindFault(.formTooManyFields, "\(events.count)")) }
        if Set(states).count != states.count { out.append(KindFault(.formNameTwice, states.joined(separator: " "))) }
        for state in states where !KindTable.isIdentifier(state) { out.append(KindFault(.formNameMalformed, state)) }
        var names: Set<String> = []
        for event in events {
            if !KindTable.isIdentifier(event.name) { out.append(KindFault(.formNameMalformed, event.name)) }
            if !names.insert(event.name).inserted { out.append(KindFault(.formNameTwice, event.name)) }
            for state in [event.to] + event.from.sorted() where state != "" || event.to == "" {
                if !states.contains(state) { out.append(KindFault(.formStateUndefined, "\(event.name): \(state)")) }
            }
            if event.from.isEmpty || event.by.isEmpty { out.append(KindFault(.formIncomplete, event.name)) }
            if let other = event.notByAuthorOf, self.event(named: other) == nil { out.append(KindFault(.formEventUndefined, "\(event.name): \(other)")) }
            for case .holder(let holder) in event.by where !isHolder(holder) { out.append(KindFault(.formHolderUndefined, "\(event.name): \(holder)")) }
        }
        return out + states.filter { !reached.contains($0) }.map { KindFault(.formStateUnreachable, $0) }
    }

    /// States that some chain of events leads to, from nothing. A ring of states that nothing enters is not among them.
    private var reached: Set<String> {
        var reached: Set<String> = [""]
        while true {
            let next = reached.union(events.filter { !$0.from.isDisjoint(with: reached) }.map(\.to))
            if next == reached { return reached }
            reached = next
        }
    }
}
