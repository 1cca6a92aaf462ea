import TiaokuaiFormat
import TiaokuaiModel

// Level by level from the root. Within a level a credential comes after those that touch it and lie in its past; among the
// rest those that nobody had to agree to come first. What comes after needs the word of what came before, or is refused;
// two firsts of one unit, neither in the other's past, suspend the unit, and two governments of one region the region's.
// No number, clock or arrival is asked.
//
//   this file                    the levels
//   GrantOrder                   which of them lie in whose past
//   TrustAdmission+Checks        what a credential must meet, as Docs/Formats/Credential.md lists it
//   TrustAdmission+Consents      whose word counts for it
//   TrustAdmission+Admitting     what it changes once it is admitted
//   TrustAdmission+Cuts          which cuts are in force
/// Admits credentials and cuts; what `TrustState` is made by.
struct TrustAdmission {
    let questions: TrustQuestions
    let network: NetworkID
    let roots: [RootGrant]
    let cutOperations: [CutOperation]
    private var open: [GrantOperation]
    var state = TrustState()

    init(roots: [RootGrant], grants: [GrantOperation], cuts: [CutOperation], network: NetworkID, _ questions: TrustQuestions) {
        self.questions = questions
        self.network = network
        self.roots = roots
        cutOperations = cuts
        open = grants.sorted(by: TrustAdmission.isListedBefore)
    }

    mutating func run() -> TrustState {
        for root in roots { state.keysNamed[root.statement.grant.subject, default: []].insert(root.statement.grant.signingKey) }
        for grant in open { state.keysNamed[grant.content.subject, default: []].insert(grant.content.signingKey) }
        for root in roots { admit(root.id, root.statement.grant, issuer: nil, depth: 0, issue: nil, agreeing: []) }
        for level in 0...Int(CredentialContent.maximumDepth) {
            // Cuts made by nodes of the levels above are settled before anything that the cut nodes issued.
            state.cuts = cutsInForce()
            admitLevel(level)
        }
        for grant in open where state.valid[grant.id.hash] == nil && state.faults[grant.id] == nil { state.faults[grant.id] = .issuerNotGranted }
        for id in state.valid.keys { state.faults[OperationID(id)] = nil }
        state.cuts = cutsInForce()
        return state
    }

    private mutating func admitLevel(_ level: Int) {
        var waiting: [GrantOperation] = []
        var rest: [GrantOperation] = []
        for grant in open {
            // Who holds nothing yet may be granted something at the next level.
            guard let depth = state.depth(of: grant.issue.node), depth <= level else {
                rest.append(grant)
                continue
            }
            if let fault = ownFault(grant) {
                // A deeper credential of the issuer may yet allow it.
                state.faults[grant.id] = fault
                rest.append(grant)
            } else {
                waiting.append(grant)
            }
        }
        var order = GrantOrder(waiting, isBefore: questions.isBefore)
        var refused: [Int] = []
        while let index = order.next() {
            let grant = waiting[index]
            if let fault = fault(besideOthers: grant) {
                state.faults[grant.id] = fault
                refused.append(index)
            } else {
                admit(grant)
                // Who agreed may have been waiting for its own admission.
                for index in refused { order.putBack(index) }
                refused = []
            }
        }
        for unit in state.contested.keys { state.writers[unit]?.removeAll { $0.depth == level + 1 } }
        for region in state.rivalGovernments.keys { state.governments[region] = nil }
        open = (rest + refused.map { waiting[$0] }).filter { state.valid[$0.id.hash] == nil }.sorted(by: TrustAdmission.isListedBefore)
    }

    private static func isListedBefore(_ left: GrantOperation, _ right: GrantOperation) -> Bool {
        (left.content.lineage == .first ? 0 : 1, left.id, left.issue.node) < (right.content.lineage == .first ? 0 : 1, right.id, right.issue.node)
    }
}
