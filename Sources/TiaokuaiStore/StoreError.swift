/// Why the store can't do what was asked. Sentences are made elsewhere, from `code` and `fact`.
public struct StoreError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Another command writes; it did not finish within the limit.
        case busy
        /// No room on the disk; nothing was written.
        case diskFull
        /// The folder or file can't be written.
        case readOnly
        /// No store where one was expected.
        case missing
        /// Written by a later version of this program.
        case newerVersion
        /// Of this version's number, and made by a build whose tables were others: a development version. `fact` names the first that differs.
        case otherBuild
        /// A trigger or a view, of which this program makes none; `fact` names it.
        case strangeSchema
        /// SQLite can't read the file, or it is no store of this program; `fact` is the path.
        case notAStore
        /// SQLite found the file damaged.
        case damaged
        /// The operating system refused; `fact` has its words.
        case ioError
        /// A row that this program never writes; `fact` names it.
        case inconsistent
    }
    public let code: Code
    public let fact: String

    public init(_ code: Code, _ fact: String) {
        self.code = code
        self.fact = fact
    }
}
