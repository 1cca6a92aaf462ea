import Foundation
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore
import TiaokuaiSync
import TiaokuaiTrust

/// Where a view of a history comes from: a node's folder, a bundle, or a stick or folder with bundles on it.
public enum HistorySource: Hashable, Sendable {
    case node(String)
    case bundles([String])

    /// Throws `nothingThere` for a path with neither a node nor a bundle.
    public init(path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw NodeError(.folderMissing, ["path": path]) }
        guard isFolder.boolValue else {
            self = .bundles([path])
            return
        }
        if NodeFolder(path: path).exists {
            self = .node(path)
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".tkb") }.sorted()
        guard !names.isEmpty else { throw AuditError(.nothingThere, ["path": path]) }
        self = .bundles(names.map { path + "/" + $0 })
    }

    public var isNode: Bool { if case .node = self { true } else { false } }

    /// The network of a node's folder: what bundles beside it are checked against.
    public func network() throws -> Hash32? {
        guard case .node(let path) = self else { return nil }
        return try Node(opening: path).settings().network?.hash
    }

    /// Gives the body a view that lives no longer than it.
    public func read<Answer>(root: Hash32, keys: SealingKeyring, surroundings: Surroundings = .real, _ body: (NodeView) throws -> Answer) throws -> Answer {
        switch self {
        case .node(let path): try Node(opening: path, surroundings: surroundings).ask(body)
        case .bundles(let paths): try BundleVerifier.verify(paths, root: root, keys: keys) { _, view in try body(view) }
        }
    }
}
