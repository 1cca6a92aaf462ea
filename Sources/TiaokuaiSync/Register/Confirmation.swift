import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// To which of our files a code belongs that came back on a slip or by telephone.
public struct CodeFinding: Sendable {
    public enum Meaning: String, Sendable {
        /// A file's own check code: it says which file is meant and nothing of what became of it.
        case file
        /// 收讫码: the receiver holds everything in the file.
        case received
    }

    public let meaning: Meaning
    /// The lines of the register; of several receivers of one file each has its own.
    public let entries: [RegisterEntry]
}

extension Node {
    /// Throws `unknownItem` where no file of ours has such a code.
    public func find(code: String) throws -> CodeFinding {
        let wanted = PhoneCode.digits(code)
        guard wanted.count >= PhoneCode.count else { throw NodeError(.unknownItem, ["item": code]) }
        return try ask { view in
            let rows = try view.reader.carriedFiles(direction: "out")
            let files = rows.filter { $0.digest?.hex.hasPrefix(wanted) == true }
            if !files.isEmpty { return CodeFinding(meaning: .file, entries: try view.entries(files)) }
            let received = rows.filter { row in
                guard let digest = row.digest, let peer = row.peer else { return false }
                return PhoneCode.digits(Slip.code(of: digest, at: peer)) == wanted
            }
            guard !received.isEmpty else { throw NodeError(.unknownItem, ["item": code]) }
            return CodeFinding(meaning: .received, entries: try view.entries(received))
        }
    }

    /// Records an operator's word that a file arrived, by the code on its slip. It is no receipt: it ends one-way repeats and
    /// nothing else. A file's own check code is told and records nothing. Throws `unknownItem`, `noPerson`.
    public func confirm(code: String, by given: Handler?) throws -> CodeFinding {
        let found = try find(code: code)
        guard found.meaning == .received else { return found }
        let handler = try handler(given)
        guard let person = handler.person else { throw NodeError(.noPerson) }
        let now = surroundings.now()
        try store.write { writer in
            for entry in found.entries {
                try writer.insertConfirmation(ConfirmationRow(carried: entry.row.ref, written: now, unit: handler.unit, person: person))
            }
        }
        return try find(code: code)
    }
}
