import TiaokuaiModel

extension NodeView {
    /// Entries of this node's log and the roots over them (under SM3 in a GM network alone), as they are now; nobody's word yet, and so without a key.
    public func logHead() throws -> (size: UInt64, root: Hash32, sm3Root: Hash32?) {
        let size = try reader.leafCount()
        let sm3Root = understanding.logHashes.contains(.sm3) ? try LogKeeper(reader: reader, .sm3).root(size: size) : nil
        return (size, try LogKeeper(reader: reader).root(size: size), sm3Root)
    }
}
