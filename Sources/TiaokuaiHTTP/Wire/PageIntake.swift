import Synchronization
import TiaokuaiFormat
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

    /// Longest beginning of a frame up to its payload: marker, type, head of the byte string.
    private static let headBytes = Frame.marker.count + 1 + 5
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
                guard state.beginning.count >= PageIntake.headBytes else { return }
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

    private func begin(_ state: inout State) throws {
        guard let frame = PageIntake.frameLength(state.beginning) else { throw HTTPCarrierError(.pageMalformed, ["reason": "no frame begins here"]) }
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

    /// The length that a frame announces, with its head and digest; nil when none begins here, or none that is admitted.
    static func frameLength(_ bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: Frame.marker), bytes.count > Frame.marker.count + 1 else { return nil }
        // Every type has a number below 24, and so one byte.
        let head = bytes[Frame.marker.count + 1]
        guard bytes[Frame.marker.count] < 24, head >> 5 == 2 else { return nil }
        let extra =
            switch head & 31 {
            case 0..<24: 0
            case 24: 1
            case 25: 2
            case 26: 4
            default: -1
            }
        let start = Frame.marker.count + 2
        guard extra >= 0, bytes.count >= start + extra else { return nil }
        let payload = extra == 0 ? Int(head & 31) : bytes[start..<start + extra].reduce(0) { $0 << 8 | Int($1) }
        guard payload <= Limits.frameBytes else { return nil }
        return start + extra + payload + 34
    }
}
