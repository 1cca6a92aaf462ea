import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode

extension Verdict {
    /// Nothing is given: it stands alone.
    static func forkEvidence(_ vector: Vector) throws -> [String: [String]] {
        let evidence = try ForkEvidence(vector.content)
        let checked: CheckedFork
        do {
            checked = try ForkEvidenceCheck.check(evidence)
        } catch let error as NodeError {
            throw Refusal(code: error.code.rawValue)
        }
        guard evidence.bytes == vector.content, ForkEvidence.begins(vector.content) else { throw Refusal(code: "secondSpelling") }
        return [
            "node": [checked.feed.node.description], "feed": [checked.feed.id.description], "sequence": ["\(checked.sequence)"],
            "changesets": [checked.first.description, checked.second.description], "standsAlone": [checked.standsAlone ? "yes" : "no"],
        ]
    }
}
