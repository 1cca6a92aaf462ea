import Synchronization
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiSync

/// Takes a page as it comes, in pieces: each frame is received, and durable, as soon as it is complete. Memory holds one
/// frame and one piece. Both methods block.
final class PageIntake: Sendable {
    private struct State {
        var importer: Importer
        var bytes = 0
        /// The beginning of the page, until it tells how large the page may be.
        var beginning: [UInt8] = []
        var limit: Int?
        var isLarge = false
    }

    private let state: Mutex<State>
    private let pageBytes: Int
    private let largeFrames: Permits

    /// A page of one frame beyond `HTTPLimits.maximumPageBytes` takes one of `largeFrames` until the intake is gone.
    init(_ node: Node, pageBytes: Int, largeFrames: Permits) {
        state = Mutex(State(importer: Importer(node)))
        self.pageBytes = pageBytes
        self.largeFrames = largeFrames
    }

    deinit {
        if state.withLock({ $0.isLarge }) { largeFrames.give() }
    }

    /// Throws `pageMalformed` for what doesn't begin with a frame, `pageTooLarge` beyond `pageBytes` unless the page is one
    /// larger frame, and what the store throws.
    func feed(_ piece: [UInt8]) throws {
        try state.withLock { state in
            state.bytes += piece.count
            guard let limit = state.limit else {
                state.beginning += piece
                guard state.beginning.count >= Frame.headBytes else { return }
                return try begin(&state)
            }
            guard state.bytes <= limit else { throw HTTPCarrierError(.pageTooLarge, ["limit": "\(limit)"]) }
            try state.importer.feed(piece)
        }
    }

    func finish() throws -> ImportReport {
        try state.withLock { state in
            if state.limit == nil { try begin(&state) }
            return try state.importer.finish()
        }
    }

    /// The same for the page with which a peer closes a session, and remembers which it was.
    @discardableResult
    func finish(closingFrom peer: NodeID, _ node: Node) throws -> ImportReport {
        let report = try finish()
        if report.damaged.isEmpty { try node.noteHeard(from: peer, page: state.withLock { $0.importer.framesDigest }) }
        return report
    }

    private func begin(_ state: inout State) throws {
        guard let frame = Frame.length(announcedBy: state.beginning) else { throw HTTPCarrierError(.pageMalformed, ["reason": "no frame begins here"]) }
        let limit = max(pageBytes, frame)
        if frame > HTTPLimits.maximumPageBytes {
            try largeFrames.take()
            state.isLarge = true
        }
        state.limit = limit
        guard state.bytes <= limit else { throw HTTPCarrierError(.pageTooLarge, ["limit": "\(limit)"]) }
        try state.importer.feed(state.beginning)
        state.beginning = []
    }
}
