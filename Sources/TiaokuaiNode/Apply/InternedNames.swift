import TiaokuaiModel
import TiaokuaiStore

/// Names and partitions by their numbers in the store, each looked up once in a batch.
final class InternedNames {
    private let writer: StoreWriter
    private var refs: [String: Int64] = [:]
    private var texts: [Int64: String] = [:]
    private var partitions: [Partition: Int64] = [:]

    init(_ writer: StoreWriter) { self.writer = writer }

    /// The number of a name, given if it has none yet.
    func ref(of text: String) throws -> Int64 {
        if let ref = refs[text] { return ref }
        let ref = try writer.intern(text)
        refs[text] = ref
        return ref
    }

    func text(of ref: Int64) throws -> String {
        if let text = texts[ref] { return text }
        let text = try writer.reader.name(ref)
        texts[ref] = text
        return text
    }

    /// The number of a partition, given if it has none yet.
    func ref(of partition: Partition) throws -> Int64 {
        if let ref = partitions[partition] { return ref }
        let ref = try writer.partitionRef(partition)
        partitions[partition] = ref
        return ref
    }
}
