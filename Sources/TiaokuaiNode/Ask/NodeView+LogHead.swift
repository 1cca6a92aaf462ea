import TiaokuaiModel

extension NodeView {
    /// Entries of this node's log and the root over them, as they are now; nobody's word yet, and so without a key.
    public func logHead() throws -> (size: UInt64, root: Hash32) {
        let size = try reader.leafCount()
        return (size, try LogKeeper(reader: reader).root(size: size))
    }
}
