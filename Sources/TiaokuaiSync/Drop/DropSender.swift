import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

/// The outgoing side of a drop folder: what a node has for its peers appears there as whole files.
public struct DropSender: Sendable {
    public struct Options: Sendable {
        /// One-way, as in `BundleFile.Options`.
        public var repeats: Int?
        public var isSealed = true
        public var volumeBytes = BundleFile.Options.defaultVolumeBytes
        /// A file goes out after so long even if there is nothing new: it names the newest heads, and what was not acknowledged goes
        /// along again.
        public var heartbeatSeconds: Double = 86_400
        public var handler: Handler?

        public init() {}
    }

    private let path: String
    private let options: Options

    public init(_ path: String, _ options: Options = Options()) {
        self.path = path
        self.options = options
    }

    /// Writes what is new for one peer; empty when nothing is. Nothing that lies in the folder is ever replaced: names count on.
    public func pass(_ node: Node, to peer: NodeID) throws -> [WrittenBundle] {
        let exporter = try Exporter(node, to: [peer], repeats: options.repeats)
        guard try isDue(exporter, peer) else { return [] }
        var bundle = BundleFile.Options(
            repeats: options.repeats, isSealed: options.isSealed, volumeBytes: options.volumeBytes, handler: options.handler)
        (bundle.carrier, bundle.isExclusive) = ("drop", true)
        let from = try node.settings().node
        let counter = "drop/\(peer.hash.hex)"
        while true {
            let number = try node.store.write { writer in
                let next = try writer.reader.counter(counter) + 1
                try writer.setCounter(counter, next)
                return next
            }
            let digits = String(number)
            let name = "\(from.hash.hex.prefix(8))-\(peer.hash.hex.prefix(8))-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).tkb"
            do {
                return try BundleFile.export(exporter, path: "\(path)/\(name)", bundle)
            } catch let error as NodeError where error.code == .fileExists {
                // Left from before a restore, or somebody else's: the next number is free.
                continue
            }
        }
    }

    /// There is something that was in no file to this peer yet, or, where it answers, something to vouch for; or it is time.
    private func isDue(_ exporter: Exporter, _ peer: NodeID) throws -> Bool {
        let node = exporter.node
        let now = node.surroundings.now()
        let isNews = try node.ask { view in
            guard let last = try view.reader.lastFile(to: peer), let trust = view.trust else { return true }
            if Double(now.milliseconds - last.written.milliseconds) >= options.heartbeatSeconds * 1_000 { return true }
            return try !Exporter.Planner(view, trust, for: peer, known: nil, repeats: 0).plan(again: []).isEmpty
        }
        guard !isNews, options.repeats == nil else { return isNews }
        let receipt = try BundleFile.acknowledgedDigest(of: Frame(.receipt, try node.receipt(to: peer)))
        return try node.ask { try $0.reader.lastVouched(to: peer)?.vouches != receipt }
    }
}
