import Foundation
import Synchronization
import TiaokuaiFormat
import TiaokuaiTrust

/// A changeset's body as far as its bytes alone tell: nothing that a store knows goes into it.
enum ChangesetContent: Sendable {
    /// Not what the envelope names: another copy may be whole.
    case damaged(FormatError)
    /// What the envelope names, and yet no body: void as a whole, at every holder.
    case unreadable(FormatError)
    case operations(BodyOperations)

    init(_ changeset: UnverifiedChangeset) {
        let header = changeset.header
        let body: [UInt8]
        do throws(FormatError) {
            body = try changeset.body()
        } catch {
            self = .damaged(error)
            return
        }
        do throws(FormatError) {
            var decoder = try BodyDecoder(body, feed: header.feed, network: header.network, count: header.count)
            self = .operations(try decoder.operations())
        } catch {
            self = .unreadable(error)
        }
    }
}

/// Reads bodies on another core, in order and at most two ahead, while the caller enters those before them.
///
/// The caller never waits for a core: a body that nobody has begun to read it reads itself.
final class ContentReader: Sendable {
    private struct State {
        /// Bodies before this one are begun, read or passed over.
        var next = 0
        /// The caller is at this one.
        var wanted = 0
        var read: [Int: ChangesetContent] = [:]
        var isStopped = false
    }

    private static let ahead = 2
    private let changesets: [UnverifiedChangeset]
    private let state = Mutex(State())
    /// Signalled when a body has been read, and when the caller goes on.
    private let somethingRead = DispatchSemaphore(value: 0)
    private let somethingWanted = DispatchSemaphore(value: 0)

    init(_ changesets: [UnverifiedChangeset]) {
        self.changesets = changesets
        // One alone is read where it is entered.
        if changesets.count > 1 { DispatchQueue.global().async { self.readAhead() } }
    }

    /// The content of a changeset; to be asked in ascending order, some left out.
    func content(of index: Int) -> ChangesetContent {
        let isBegun = state.withLock { state in
            state.wanted = index
            if state.next <= index {
                state.next = index + 1
                return false
            }
            return true
        }
        somethingWanted.signal()
        guard isBegun else { return ChangesetContent(changesets[index]) }
        while true {
            if let content = state.withLock({ $0.read.removeValue(forKey: index) }) { return content }
            somethingRead.wait()
        }
    }

    /// What is being read now is the last.
    func stop() {
        state.withLock { $0.isStopped = true }
        somethingWanted.signal()
    }

    private enum Turn {
        case read(Int), wait, end
    }

    private func readAhead() {
        while true {
            let turn: Turn = state.withLock { state in
                if state.isStopped || state.next >= changesets.count { return .end }
                state.read = state.read.filter { $0.key >= state.wanted }
                guard state.next <= state.wanted + ContentReader.ahead else { return .wait }
                state.next += 1
                return .read(state.next - 1)
            }
            switch turn {
            case .end: return
            case .wait: somethingWanted.wait()
            case .read(let index):
                let content = ChangesetContent(changesets[index])
                state.withLock { $0.read[index] = content }
                somethingRead.signal()
            }
        }
    }
}
