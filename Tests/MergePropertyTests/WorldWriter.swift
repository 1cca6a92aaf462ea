import TestKit
import TiaokuaiMerge
import TiaokuaiModel

/// Who will write, and what sort of thing on which field.
struct WorldPlan {
    enum Kind { case claim, withdrawal, decision, decisionEnd, acceptance, newFact, event, add, removal, mistake }
    let kind: Kind
    let field: FieldSpec
    let unit: UnitID
    var event: Workflow.Event?
}

struct WorldDraft {
    var under: OperationID?
    var names: Set<OperationID> = []
    var fields: [Operation.Field] = []

    mutating func say(_ spec: FieldSpec, _ value: Value?) { fields.append(.init(spec.number, value)) }
    mutating func cite(_ number: FieldNumber) { fields.append(.init(number, .text("因"))) }
}

extension WorldGenerator {
    mutating func plan() -> WorldPlan {
        let anything = WorldTable.own.randomElement(using: &random) ?? WorldTable.figure
        let field = random.percent(80) ? focus.randomElement(using: &random) ?? anything : anything
        let kind = kind(of: field)
        guard kind == .event else { return WorldPlan(kind: kind, field: field, unit: author(kind, field)) }
        let event = nextEvent()
        return WorldPlan(kind: kind, field: field, unit: actor(of: event), event: event)
    }

    /// Mostly one that can follow what was done last.
    private mutating func nextEvent() -> Workflow.Event {
        let events = WorldTable.workflow.events
        let next = events.filter { $0.from.contains(likelyState) && $0.name != "note" }
        // Forward more often than back, so that some items are closed.
        let forward = next.filter { !["return", "reopen"].contains($0.name) }
        let chosen = random.percent(88) ? (random.percent(50) && !forward.isEmpty ? forward : next).randomElement(using: &random) : nil
        return chosen ?? events.randomElement(using: &random) ?? events[0]
    }

    /// Mostly a unit that may do it.
    private mutating func actor(of event: Workflow.Event) -> UnitID {
        let place = governance.governing
        var units: [UnitID] = []
        for role in event.by {
            switch role {
            case .issuer: units += place.issuers
            case .lead: units += place.tiers.flatMap(\.lineUnits)
            case .government: units += [cast.governments[0]].compactMap(\.self)
            case .superior: units += cast.governments.dropFirst().compactMap(\.self)
            case .superiorUnit: units += cast.departments.dropFirst().flatMap(\.self)
            case .holder: units += cast.departments[0]
            case .anyone: units += cast.onPath
            }
        }
        let isDone = { (judged: JudgedOperation) in judged.operation.value(of: WorldTable.state.number) == .some(event.notByAuthorOf.map(Value.text)) }
        let resolver = event.notByAuthorOf == nil ? nil : written.last(where: isDone)?.operation.unit
        let fit = units.filter { $0 != resolver }.sorted()
        let pool = fit.isEmpty || random.percent(8) ? cast.onPath + cast.strangers : fit
        return pool.randomElement(using: &random) ?? "t0.other"
    }

    /// Whether the draft has what its event asks for.
    func isComplete(_ draft: WorldDraft, _ event: Workflow.Event) -> Bool {
        (!event.needsNames || !draft.names.isEmpty) && (!event.needsEvidence || draft.fields.contains { $0.number == .evidence })
    }

    private mutating func kind(of field: FieldSpec) -> WorldPlan.Kind {
        let draw = Int.random(in: 0..<100, using: &random)
        if draw < 5 { return .mistake }
        switch field.rule {
        case .workflow: return .event
        case .set: return draw < 65 ? .add : .removal
        case .authority, .holder:
            let hasDecision = written.contains { !$0.operation.names.isEmpty && $0.operation.value(of: field.number) != nil }
            switch draw {
            case ..<18: return .decision
            case ..<35 where isDecisive: return .decision
            case ..<30: return hasDecision ? .decisionEnd : .claim
            case ..<40: return hasDecision ? .newFact : .claim
            case ..<50: return field.rule == .holder ? .acceptance : .claim
            case ..<60: return .withdrawal
            default: return .claim
            }
        default: return draw < 15 ? .withdrawal : .claim
        }
    }

    private mutating func author(_ kind: WorldPlan.Kind, _ field: FieldSpec) -> UnitID {
        let place = governance.governing
        let anyone = cast.onPath + cast.strangers
        let roles: [UnitID] =
            switch (kind, field.rule) {
            case (.decision, _), (.decisionEnd, _): cast.governments.compactMap(\.self)
            case (.acceptance, _): cast.departments[0] + cast.bystanders.prefix(1)
            case (_, .soleIssuer), (_, .strictest): place.issuers.sorted() + changed.governing.issuers.sorted()
            case (_, .soleReporter): place.reporters.sorted() + changed.governing.reporters.sorted()
            default: cast.departments.flatMap(\.self) + place.statistics + [cast.governments[0]].compactMap(\.self)
            }
        let pool = random.percent(10) || roles.isEmpty ? anyone : roles
        return pool.randomElement(using: &random) ?? "t0.other"
    }

    mutating func draft(_ plan: WorldPlan, known: Set<OperationID>) -> WorldDraft {
        var draft = WorldDraft()
        switch plan.kind {
        case .claim: draft.say(plan.field, value(plan.field))
        case .withdrawal: draft.say(plan.field, nil)
        case .decision: decide(plan, known, &draft)
        case .decisionEnd: endDecision(plan, known, &draft)
        case .acceptance: accept(plan, known, &draft)
        case .newFact:
            draft.say(plan.field, value(plan.field))
            draft.cite(.newFact)
        case .event: happen(plan, known, &draft)
        case .add: draft.say(plan.field, value(plan.field))
        case .removal: remove(plan, known, &draft)
        case .mistake: err(plan, known, &draft)
        }
        if draft.names.isEmpty, plan.kind != .mistake, random.percent(12) { sayMore(plan, &draft) }
        if random.percent(10) { draft.cite(.reason) }
        if random.percent(40) { draft.under = cast.versions.randomElement(using: &random) }
        return draft
    }

    mutating func value(_ spec: FieldSpec) -> Value {
        let number = Int64.random(in: 1...3, using: &random)
        if WorldTable.kind.mayBeSealed(spec), random.percent(4) { return WorldTable.sealed(UInt8(number)) }
        switch spec.type {
        case .decimal: return .decimal(ExactDecimal(number))
        case .day: return .day(Day(number: Int32(18_000 + number)))
        // Two spellings of each text: equal under NFKC without white space, and not otherwise.
        case .text where spec.rule == .soleIssuer: return .text(["甲（1）", "甲 (1)", "乙"].randomElement(using: &random) ?? "乙")
        case .text where spec.rule == .holder: return .text((cast.departments[0] + cast.bystanders.prefix(1)).randomElement(using: &random)?.text ?? "t0.other")
        default: return .text("文\(number)")
        }
    }

    func said(of field: FieldSpec, in known: Set<OperationID>, where matches: (JudgedOperation) -> Bool = { _ in true }) -> [JudgedOperation] {
        written.filter { known.contains($0.id) && $0.operation.value(of: field.number) != nil && matches($0) }
    }

    /// A claim may speak of two fields at once.
    private mutating func sayMore(_ plan: WorldPlan, _ draft: inout WorldDraft) {
        let others = [WorldTable.figure, WorldTable.category, WorldTable.floor, WorldTable.text].filter { $0 != plan.field }
        guard let other = others.randomElement(using: &random) else { return }
        draft.say(other, value(other))
    }

    private mutating func decide(_ plan: WorldPlan, _ known: Set<OperationID>, _ draft: inout WorldDraft) {
        let namesDecisions = random.percent(15)
        let claims = said(of: plan.field, in: known) {
            ($0.operation.names.isEmpty || namesDecisions) && $0.operation.value(of: plan.field.number) != .some(nil)
        }
        let tier = isDecisive && !random.percent(10) ? cast.tierOfUnit[plan.unit] ?? 9 : 9
        let unspoken = claims.filter { $0.operation.unit != plan.unit || random.percent(10) }
            .filter { cast.tierOfUnit[$0.operation.unit] ?? 0 <= tier }
        draft.names = Set(unspoken.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).map(\.id))
        if random.percent(5), let unseen = written.filter({ !known.contains($0.id) }).randomElement(using: &random) { draft.names.insert(unseen.id) }
        if random.percent(60), let one = unspoken.randomElement(using: &random), case .some(.some(let value)) = one.operation.value(of: plan.field.number) {
            draft.say(plan.field, value)
        } else {
            draft.say(plan.field, value(plan.field))
        }
        if random.percent(92) { draft.cite(.ground) }
    }

    private mutating func endDecision(_ plan: WorldPlan, _ known: Set<OperationID>, _ draft: inout WorldDraft) {
        let decisions = said(of: plan.field, in: known) { !$0.operation.names.isEmpty && $0.operation.value(of: plan.field.number) != .some(nil) }
        draft.names = Set([decisions.randomElement(using: &random)?.id].compactMap(\.self))
        draft.say(plan.field, nil)
        draft.cite(.ground)
    }

    private mutating func accept(_ plan: WorldPlan, _ known: Set<OperationID>, _ draft: inout WorldDraft) {
        draft.say(plan.field, random.percent(90) ? .text(plan.unit.text) : value(plan.field))
    }

    private mutating func happen(_ plan: WorldPlan, _ known: Set<OperationID>, _ draft: inout WorldDraft) {
        guard let event = plan.event else { return }
        let workflow = WorldTable.workflow
        let earlier = said(of: plan.field, in: known)
        draft.say(plan.field, .text(event.name))
        if event.needsEvidence ? random.percent(93) : random.percent(10) { draft.cite(.evidence) }
        guard event.needsNames ? random.percent(93) : random.percent(5) else { return }
        let opening = earlier.filter { operation in
            workflow.events.contains { $0.opensEpisode && operation.operation.value(of: plan.field.number) == .some(.text($0.name)) }
        }
        if random.percent(80), let episode = random.percent(85) ? opening.last : opening.randomElement(using: &random) {
            draft.names = [episode.id]
        } else if let judged = earlier.randomElement(using: &random) {
            draft.names = [judged.id]
        }
    }

    private mutating func remove(_ plan: WorldPlan, _ known: Set<OperationID>, _ draft: inout WorldDraft) {
        let adds = said(of: plan.field, in: random.percent(95) ? known : Set(written.map(\.id))) { $0.operation.value(of: plan.field.number) != .some(nil) }
        let own = adds.filter { $0.operation.unit == plan.unit || random.percent(15) }
        draft.names = Set(own.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)).map(\.id))
        draft.say(plan.field, nil)
    }

    /// What the operation alone shows to be wrong.
    private mutating func err(_ plan: WorldPlan, _ known: Set<OperationID>, _ draft: inout WorldDraft) {
        switch Int.random(in: 0..<6, using: &random) {
        case 4: draft.say(plan.field, WorldTable.sealed(4))
        case 0: draft.fields = [.init(WorldTable.unknown, .text("无"))]
        case 1: draft.say(plan.field, .boolean(true))
        case 2: if random.percent(50) { draft.cite(.reason) }
        case 3:
            draft.say(plan.field, plan.field.rule == .workflow ? .text("open") : value(plan.field))
            draft.fields += (0..<70).map { .init(WorldTable.unknown($0), .boolean(true)) }
        default:
            draft.say(plan.field, .boolean(false))
            draft.fields.append(.init(WorldTable.unknown, .text("无")))
        }
    }
}
