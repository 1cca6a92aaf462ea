// What a later version of a form may change: titles, and more of everything. What stood under the earlier version stands
// under the later one; what the earlier one did not know, and was void for it, may come to stand.
extension KindTable {
    /// The first thing that a later version of this table may not change; nil where it may follow.
    public func fault(ofSuccessor next: KindTable) -> KindFault? {
        let keeps =
            next.stream == stream && next.key.map(\.name) == key.map(\.name) && next.key.map(\.type) == key.map(\.type) && next.issuer == issuer
            && next.reporter == reporter && next.line == line && next.confidentialTo == confidentialTo
        guard keeps else { return KindFault(.formChanged, name.text) }
        for field in ownFields {
            guard let later = next.fields.first(where: { $0.number.index == field.number.index }) else { return KindFault(.formFieldDropped, field.name) }
            guard field.isKept(by: later) else { return KindFault(.formFieldChanged, field.name) }
        }
        guard let workflow else { return nil }
        guard let later = next.workflow else { return KindFault(.formWorkflowChanged, name.text) }
        return workflow.fault(ofSuccessor: later)
    }
}

extension FieldSpec {
    fileprivate func isKept(by later: FieldSpec) -> Bool {
        let keepsChoices = choices.allSatisfy { choice in later.choices.contains { $0.code == choice.code } }
        return later.number == number && later.name == name && later.rule == rule && later.type == type && later.measure == measure && keepsChoices
            && choices.isEmpty == later.choices.isEmpty
    }
}

extension Workflow {
    fileprivate func fault(ofSuccessor later: Workflow) -> KindFault? {
        // States may be put between; which of two is safer stays.
        let kept = later.states.filter(states.contains)
        guard kept == states else { return KindFault(.formWorkflowChanged, states.first { !kept.contains($0) } ?? states.joined(separator: " ")) }
        for event in events {
            guard let next = later.event(named: event.name), event.isKept(by: next) else { return KindFault(.formWorkflowChanged, event.name) }
        }
        return nil
    }
}

extension Workflow.Event {
    /// It may be raised from more states and by more units; what it needs and where it leads stays.
    fileprivate func isKept(by later: Workflow.Event) -> Bool {
        later.to == to && later.from.isSuperset(of: from) && later.by.isSuperset(of: by) && later.needsEvidence == needsEvidence
            && later.needsNames == needsNames && later.notByAuthorOf == notByAuthorOf && later.opensEpisode == opensEpisode
    }
}
