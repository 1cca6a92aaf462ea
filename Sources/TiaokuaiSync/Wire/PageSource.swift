import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode

/// A page to send: frames, and where the next page begins.
public struct Page: Sendable {
    public internal(set) var bytes: [UInt8] = []
    public internal(set) var changesets = 0
    /// Position behind the last frame.
    public internal(set) var next: Int
}

/// What one node sends another in one session: a fixed list, cut into pages. The same position gives the same page.
public struct PageSource: Sendable {
    private let exporter: Exporter
    /// Root statements that the peer lacks; they stand before everything else.
    private let roots: [Frame]

    /// Seals, and plans; blocks. `known` is what the peer says that it holds.
    public init(_ node: Node, to peer: NodeID, known: Heads, rootStatement: UInt64) throws {
        exporter = try Exporter(node, to: peer, known: known)
        roots = try node.rootFrames(above: rootStatement)
    }

    /// Number of frames: root statements, then changesets.
    public var count: Int { roots.count + exporter.plan.count }
    public var changesets: Int { exporter.plan.count }

    /// What goes beside these changesets when the session is closed; blocks.
    func logStatements() throws -> [Frame] { try exporter.logStatements(isLive: true) }

    /// Frames from the position on, at most `limit` bytes of them or one larger frame; blocks.
    public func page(from position: Int, limit: Int) throws -> Page {
        var page = Page(next: position)
        while page.next < count {
            let isRoot = page.next < roots.count
            let frame = try isRoot ? roots[page.next].bytes : exporter.frame(exporter.plan[page.next - roots.count]).bytes
            guard page.bytes.isEmpty || page.bytes.count + frame.count <= limit else { break }
            page.bytes += frame
            page.changesets += isRoot ? 0 : 1
            page.next += 1
        }
        return page
    }
}
