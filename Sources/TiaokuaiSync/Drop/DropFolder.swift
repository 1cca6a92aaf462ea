import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiStore

/// The incoming side of a drop folder 投递夹: files that somebody puts there are taken in and moved aside.
///
/// A pass looks at every file. One that is the same as it was `settleSeconds` ago is read, through the engine that every import goes through, and
/// then moved: into `taken`, or into `rejected` with its reason beside it. One that ends too early is still arriving, however long that takes, until
/// nothing was added for `patienceSeconds`. The order is: take in, write the reason, enter in the register, move; a cut between two of them costs
/// nothing, since the next pass takes the same file in again, which changes nothing, and moves it.
///
/// Names are never trusted: nothing is followed, nothing but a regular file is opened, nothing is replaced.
public final class DropFolder {
    public struct Options: Sendable {
        /// A file has to stay as it is for so long before it is read.
        public var settleSeconds: Double = 2
        /// A file that ends too early, or can't be opened yet, is given so long.
        public var patienceSeconds: Double = 600
        /// Patience counts from the file's last change by the file system's clock, not only from when it was first seen: for a run that
        /// looks once and ends. With a clock that is behind, patience is over too soon.
        public var goesByFileTimes = false
        /// A larger file is not read.
        public var maximumBytes: Int64 = 4 << 30
        public var handler: Handler?

        public init() {}
    }

    /// What became of one file in a pass.
    public struct Item: Sendable {
        public enum Fate: String, Sendable {
            case taken, rejected, arriving
        }
        /// What it is called, harmless to print.
        public let name: String
        public let fate: Fate
        /// Below the folder, where it was moved to.
        public let movedTo: String?
        public let verdict: Verdict?
    }

    /// What reading a file came to.
    public enum Verdict: Sendable {
        case report(ImportReport)
        /// The file itself is wrong.
        case refused(NodeError)
        case unsealed(SealError)
    }

    public static let takenFolder = "taken"
    public static let rejectedFolder = "rejected"
    /// Endings of what stands beside a rejected file.
    public static let reasonEndings = [".reason.txt", ".reason.json"]

    private let folder: FolderHandle
    private let options: Options
    /// Milliseconds since 1970, by this machine's clock: for waiting only.
    private let clock: () -> Int64
    private var looks: [RawName: Look] = [:]

    private struct Look {
        let stamp: FolderHandle.Stamp
        let since: Int64
        /// It was read as it stands and found to end too early.
        var isRead = false
    }

    /// Throws `fileUnreadable`, `fileUnwritable`, `folderInUse`.
    public convenience init(_ path: String, _ options: Options = Options()) throws {
        try self.init(path, options) { Int64(Date().timeIntervalSince1970 * 1_000) }
    }

    init(_ path: String, _ options: Options, clock: @escaping () -> Int64) throws {
        folder = try FolderHandle(path)
        self.options = options
        self.clock = clock
        try folder.ensureFolder(DropFolder.takenFolder)
        try folder.ensureFolder(DropFolder.rejectedFolder)
    }

    /// Looks at every file once. `explain` gives the two reason files of one that is about to be rejected, in the order of
    /// `reasonEndings`. Throws what is this node's fault and not a file's: a full disk, a store that another holds.
    public func pass(_ node: Node, explain: (String, Verdict) throws -> [String]) throws -> [Item] {
        let own = [DropFolder.takenFolder, DropFolder.rejectedFolder].map { RawName(bytes: Array($0.utf8)) }
        let names = try folder.names().filter { !$0.isUnfinished && !own.contains($0) }
        let present = Set(names)
        looks = looks.filter { present.contains($0.key) }
        return try names.compactMap { name in
            guard let stamp = folder.stamp(name), let isDue = look(at: name, stamp) else { return nil }
            guard isDue else { return Item(name: name.shown, fate: .arriving, movedTo: nil, verdict: nil) }
            return try take(name, stamp, node, explain)
        }
    }

    /// Whether it is time to read it.
    private func look(at name: RawName, _ stamp: FolderHandle.Stamp) -> Bool? {
        guard let before = looks[name], before.stamp == stamp else {
            looks[name] = Look(stamp: stamp, since: clock())
            return options.settleSeconds <= 0
        }
        if before.isRead || stamp.kind == .folder { return isPatienceOver(before) }
        return Double(clock() - before.since) >= options.settleSeconds * 1_000
    }

    private func isPatienceOver(_ look: Look) -> Bool {
        let changed = max(look.stamp.modified, look.stamp.changed) / 1_000_000
        let since = options.goesByFileTimes ? min(look.since, changed) : look.since
        return Double(clock() - since) >= options.patienceSeconds * 1_000
    }

    private func take(_ name: RawName, _ stamp: FolderHandle.Stamp, _ node: Node, _ explain: (String, Verdict) throws -> [String]) throws -> Item? {
        guard stamp.kind == .file else { return try reject(name, .refused(NodeError(.notAFile, ["path": name.shown])), explain) }
        guard stamp.size <= options.maximumBytes else {
            return try reject(name, .refused(NodeError(.fileTooLarge, ["path": name.shown, "bytes": "\(stamp.size)", "limit": "\(options.maximumBytes)"])), explain)
        }
        var taken: BundleFile.Taken?
        var beginsWell = true
        let verdict: Verdict
        do {
            guard let handle = try folder.openFile(name, expecting: stamp) else { return nil }
            defer { close(handle) }
            beginsWell = BundleContent.mayBegin(try MediumFile.beginning(of: handle, named: name.shown, bytes: 16))
            let done = try BundleFile.take(node, .descriptor(handle, name: name.shown), keys: node.keys.sealingKeys)
            taken = done
            verdict = .report(done.report)
        } catch let error as NodeError where DropFolder.isOf(name, error) {
            verdict = .refused(error)
        } catch let error as SealError {
            verdict = .unsealed(error)
        }
        // Whoever still writes to it goes on; what is whole was taken in, and the rest is read when it stands still.
        guard folder.stamp(name) == stamp else { return Item(name: name.shown, fate: .arriving, movedTo: nil, verdict: nil) }
        if DropFolder.mayStillGrow(verdict, beginsWell: beginsWell), let look = looks[name], !isPatienceOver(look) {
            looks[name]?.isRead = true
            return Item(name: name.shown, fate: .arriving, movedTo: nil, verdict: verdict)
        }
        if case .report(let report) = verdict, report.fault == nil {
            try taken?.register(at: node, .descriptor(-1, name: name.shown), carrier: "drop", by: options.handler)
            return try moveAside(name, DropFolder.takenFolder, .taken, verdict)
        }
        return try reject(name, verdict, explain) { try taken?.register(at: node, .descriptor(-1, name: name.shown), carrier: "drop", by: self.options.handler) }
    }

    private func reject(
        _ name: RawName, _ verdict: Verdict, _ explain: (String, Verdict) throws -> [String], register: () throws -> Void = {}
    ) throws -> Item {
        let stored = folder.freeName(for: name.stored, in: DropFolder.rejectedFolder)
        for (ending, text) in zip(DropFolder.reasonEndings, try explain(name.shown, verdict)) {
            try DurableFile.write(Array(text.utf8), to: "\(folder.path)/\(DropFolder.rejectedFolder)/\(stored)\(ending)")
        }
        try register()
        try folder.move(name, to: stored, in: DropFolder.rejectedFolder)
        looks[name] = nil
        return Item(name: name.shown, fate: .rejected, movedTo: "\(DropFolder.rejectedFolder)/\(stored)", verdict: verdict)
    }

    private func moveAside(_ name: RawName, _ target: String, _ fate: Item.Fate, _ verdict: Verdict) throws -> Item {
        let stored = folder.freeName(for: name.stored, in: target)
        try folder.move(name, to: stored, in: target)
        looks[name] = nil
        return Item(name: name.shown, fate: fate, movedTo: "\(target)/\(stored)", verdict: verdict)
    }

    /// An error that another file would not meet.
    private static func isOf(_ name: RawName, _ error: NodeError) -> Bool {
        switch error.code {
        case .notABundle, .wrongNetwork, .wrongSignature, .malformedItem, .rehearsalMismatch: true
        case .fileUnreadable: error.facts["path"] == name.shown
        default: false
        }
    }

    /// It ends too early, or can't be opened: that is how a file looks that is still being copied.
    private static func mayStillGrow(_ verdict: Verdict, beginsWell: Bool) -> Bool {
        switch verdict {
        case .report(let report): report.fault == .cutShort || (report.fault == .damaged && report.damaged.allSatisfy { DropFolder.endings.contains($0.code) })
        case .refused(let error): error.code == .fileUnreadable || (error.code == .notABundle && beginsWell)
        case .unsealed(let error): endings.contains(error.code.rawValue)
        }
    }

    private static let endings = [FormatError.Code.truncated.rawValue, SealError.Code.truncated.rawValue]
}
