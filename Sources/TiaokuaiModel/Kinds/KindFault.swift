/// What is wrong with a kind that somebody declares, in Swift or as a form 表式. Sentences are made elsewhere, from `code`
/// and `fact`; an operation that publishes such a form is void under the same code.
public struct KindFault: Error, Hashable, Sendable {
    public enum Code: String, Sendable, CaseIterable {
        /// A title, the stream, the key or the fields are missing, or a list has another shape than the format page says.
        case formIncomplete
        /// A form's name has a dot, as in `flood.dutyReport`; a kind of this software's has none, so that later versions can't collide.
        case formNameWithoutDot
        /// The name belongs to a built-in kind, or to one that an integrator declared.
        case formNameTaken
        /// A place above publishes a form of this name.
        case formNameTakenAbove
        case formRuleUnknown
        /// A stream, type, class, role or author that is none of the words allowed.
        case formWordUnknown
        case formNameMalformed, formNameTwice
        case formNumberTwice
        /// Numbers run from 16 to 65535: those below are the common fields'.
        case formNumberOutOfRange
        case formTooManyFields
        /// A rule that does not go with the field's type, or with where records of the kind flow.
        case formRuleUnfit
        /// States without a field that shows them, or a workflow field without states.
        case formWorkflowMissing
        case formStateUndefined
        /// No chain of events leads from nothing to the state.
        case formStateUnreachable
        case formEventUndefined
        /// A role is a holder field that the form does not have.
        case formHolderUndefined
        /// The issuer or reporter is a key part that the form does not have.
        case formKeyUndefined
        /// Named people stay in a store: a personal field stands in a form of stream `local`, or where a value may be sealed to one node.
        case formPersonal
        /// A later version gives a field another number, name, rule, type, class or measure, or takes a choice away.
        case formFieldChanged
        case formFieldDropped
        /// A later version changes a state's order, or what an event does.
        case formWorkflowChanged
        /// A later version changes the stream, the key, or who speaks.
        case formChanged
    }

    public let code: Code
    /// The offending name or number, shortened to 200 characters.
    public let fact: String

    public init(_ code: Code, _ fact: String) {
        self.code = code
        self.fact = String(fact.prefix(200))
    }
}
