/// Every limit of the format, each with its reason. A limit refuses bytes before any signature work.
public enum Limits {
    /// One envelope: a header of about 400 bytes, a signature, a few identities. 16 KiB is forty times that.
    public static let envelopeBytes = 16 * 1_024
    /// One checkpoint or receipt: `headsPerStatement` heads at most, in practice a few hundred of 100 bytes.
    public static let statementBytes = 4 * 1_024 * 1_024
    /// One body, uncompressed. A batch holds at most `operationsPerChangeset` operations; 16 MiB leaves 4 KiB for each.
    public static let bodyBytes = 16 * 1_024 * 1_024
    /// Operations in one changeset: large enough that a signature costs 0.03 µs an edit, small enough that one history
    /// step unpacks half a megabyte at most.
    public static let operationsPerChangeset = 4_096
    /// One operation's explicit form. Larger texts go into attachments.
    public static let operationBytes = 256 * 1_024
    /// One frame of a bundle: an envelope, a compressed body and their lengths.
    public static let frameBytes = bodyBytes + envelopeBytes + 1_024
    /// Kinds, texts, shapes of one body: as many as operations could need, and no more.
    public static let tableEntries = 65_536
    /// Fields of one shape; equal to `Operation.maximumFields`.
    public static let fieldsPerOperation = 64
    /// Natural key values of one record.
    public static let keyValues = 8
    /// Heads of earlier epochs that one changeset resumes, 52 bytes each: what an envelope holds beside its other headers.
    public static let resumptions = 256
    /// Heads in one checkpoint, receipt or list of heads: 100 counties of 60 units with 4 epochs each, and room.
    public static let headsPerStatement = 65_536
    /// Sizes, and checkpoints, in one ask: a year of days without a proof is 365; what is beyond is asked for next time.
    public static let wishesPerAsk = 512
    /// One page of a summary, uncompressed: what a reader holds; large enough that headers pack to a few bytes.
    public static let summaryPageBytes = 4 * 1_024 * 1_024
    /// One body on such a page; a larger one is carried whole.
    public static let summedBodyBytes = 1_024 * 1_024
    /// Changesets on such a page; the least takes some 300 bytes of it.
    public static let summedPerPage = 16_384
    /// Names in one credential: a county has about sixty units.
    public static let namesPerCredential = 512
}
