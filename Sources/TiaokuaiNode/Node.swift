import Synchronization
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust
import TiaokuaiWork

/// A node on its folder: writes, seals, receives, settles, explains. Any number of processes may work on one folder at
/// once; nothing is held between two calls but caches that the store's generation counter keeps honest.
public final class Node: Sendable {
    public let folder: NodeFolder
    public let store: Store
    public let surroundings: Surroundings
    /// The one way to this node's keys.
    public let keys: KeyCabinet
    /// The kinds declared in Swift; forms are asked of a `NodeView`.
    public let kinds: KindRegistry
    public let regions: RegionTable
    /// Operations in one sealed changeset; fewer than the format allows only where a test wants several.
    let operationsPerBatch: Int
    private let cache = Mutex<(settings: [UInt8], understanding: Understanding)?>(nil)
    /// What the transaction under way has renewed.
    private let renewed = Mutex<(settings: [UInt8], understanding: Understanding)?>(nil)

    /// Opens an existing folder; throws `folderMissing`, `folderNewer` or a `StoreError`. Under another region table than last time
    /// everything held is judged again first.
    public convenience init(
        opening path: String, surroundings: Surroundings = .real, kinds: KindRegistry = .builtIn, regions: RegionTable = .gbt2260
    ) throws {
        let folder = NodeFolder(path: path, on: surroundings.medium)
        guard folder.exists else { throw NodeError(.folderMissing, ["path": path]) }
        self.init(folder: folder, store: try Store(path: folder.storePath), surroundings: surroundings, kinds: kinds, regions: regions)
        try finishAdoption()
        try followRegions()
    }

    init(
        folder: NodeFolder, store: Store, surroundings: Surroundings, kinds: KindRegistry, regions: RegionTable,
        operationsPerBatch: Int = Limits.operationsPerChangeset
    ) {
        self.operationsPerBatch = operationsPerBatch
        self.folder = folder
        self.store = store
        self.surroundings = surroundings
        keys = KeyCabinet(folder, opener: surroundings.keyOpener)
        self.kinds = kinds
        self.regions = regions
    }

    public func settings() throws -> NodeSettings { try store.read { try Node.settings($0) } }

    package static func settings(_ reader: StoreReader) throws -> NodeSettings {
        guard let bytes = try reader.meta(NodeSettings.key) else { throw NodeError(.folderUnsafe) }
        return try NodeSettings(bytes)
    }

    /// Whose name and post stand in operations unless a command says otherwise.
    public func setDefaults(unit: UnitID?, person: PersonID?) throws {
        try store.write { writer in
            var settings = try Node.settings(writer.reader)
            settings.defaultUnit = unit
            settings.defaultPerson = person
            try writer.setMeta(NodeSettings.key, settings.encode())
        }
    }

    func understanding(_ reader: StoreReader, _ settings: NodeSettings) throws -> Understanding {
        let key = settings.encode()
        let generation = try reader.counter(Understanding.generationKey)
        let cached = cache.withLock { $0 }
        if let cached, cached.settings == key, cached.understanding.generation == generation { return cached.understanding }
        let fresh = try Understanding(reader, settings: settings, regions: regions, kinds: kinds, after: cached?.understanding)
        cache.withLock { $0 = (key, fresh) }
        return fresh
    }

    /// After a transaction that was undone, what was derived within it must go.
    func forgetUnderstanding() { cache.withLock { $0 = nil } }

    func applier(_ writer: StoreWriter, _ settings: NodeSettings) throws -> Applier {
        try Applier(writer, settings: settings, kinds: kinds, regions: regions, understanding: try understanding(writer.reader, settings)) { fresh in
            self.renewed.withLock { $0 = (settings.encode(), fresh) }
        }
    }

    /// One transaction. What is understood anew within it is kept when it is durable, and only then: a generation that was undone is
    /// given again.
    func transaction<Result>(_ body: (StoreWriter) throws -> Result) throws -> Result {
        let (result, fresh) = try store.write { writer in
            renewed.withLock { $0 = nil }
            let result = try body(writer)
            return (result, renewed.withLock { $0 })
        }
        if let fresh { cache.withLock { $0 = fresh } }
        return result
    }

    func isWithin(_ region: RegionID, _ ancestor: RegionID) -> Bool { regions.isResponsible(ancestor, for: region, on: Day(number: .max)) }

    func reaches(_ region: RegionID, _ partition: Partition) -> Bool { regions.reaches(region, partition) }

    /// Signs a statement in this node's name; throws `clonedFolder` in a folder that was copied.
    public func sign(_ content: [UInt8], as type: StatementType) throws -> [UInt8] {
        try Statement.sign(content, as: type, key: try signingKey(try settings()))
    }

    /// The signature alone of that statement, for a reader who knows its content.
    public func signature(over content: [UInt8], as type: StatementType) throws -> [UInt8] {
        try Statement.signature(over: content, as: type, key: try signingKey(try settings()))
    }

    package func signingKey(_ settings: NodeSettings) throws -> any Signer {
        try checkMarker(settings)
        return try keys.signer()
    }

    /// Throws `clonedFolder` or `markerMissing` in a folder that was copied: it may be read, and neither writes nor signs.
    public func checkMarker() throws { try checkMarker(try settings()) }

    /// A copy's marker does not match its inode or machine.
    func checkMarker(_ settings: NodeSettings) throws {
        let marker = try Marker(in: folder)
        try marker.check(in: folder)
        guard marker.epoch == settings.epoch else { throw NodeError(.clonedFolder, ["path": folder.path]) }
        // A store put back from before a newer root statement must hear of it again before it signs.
        guard marker.rootStatement <= settings.rootStatement else {
            throw NodeError(.rootStatementBehind, ["known": "\(marker.rootStatement)", "held": "\(settings.rootStatement)"])
        }
    }
}
