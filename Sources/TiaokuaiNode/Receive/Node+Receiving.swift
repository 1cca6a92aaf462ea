import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiStore
import TiaokuaiTrust

extension Node {
    /// Changesets that wait at one time; beyond it a sender is asked to come again.
    static let maximumWaiting = 10_000

    /// Takes one changeset, whatever road it came by; one transaction, durable when this returns. Idempotent.
    ///
    /// In strata: limits and digest → signature by the named credential → commit with log leaf → trust, policy, content.
    public func receive(_ item: ChangesetItem) throws -> [Reception] { try receive([item]) }

    /// The same for several, in one transaction: what a random index costs is paid once for all of them.
    public func receive(_ items: [ChangesetItem]) throws -> [Reception] { try receive(items, unsigned: .none) }

    /// The same for what a store holds, summed up or not, taken into a fresh one.
    func receiveHeld(_ items: [ChangesetItem]) throws -> [Reception] { try receive(items, unsigned: .asHeld) }

    private func receive(_ items: [ChangesetItem], unsigned: Receiver.Unsigned) throws -> [Reception] {
        do {
            return try receive(items, undoing: false, unsigned: unsigned)
        } catch is FormatError {
            // Decoded, and yet unreadable where it meets what is held: each is taken under its own savepoint, which costs a
            // copy of every page that it touches.
            forgetUnderstanding()
            return try receive(items, undoing: true, unsigned: unsigned)
        }
    }

    private func receive(_ items: [ChangesetItem], undoing: Bool, unsigned: Receiver.Unsigned) throws -> [Reception] {
        var readable: [UnverifiedChangeset] = []
        var refused: [Reception] = []
        for item in items {
            do throws(FormatError) {
                readable.append(try UnverifiedChangeset(item))
            } catch {
                refused.append(.refused(digest: sha256(item.bytes), code: error.code.rawValue, fact: error.description))
            }
        }
        let reader = ContentReader(readable)
        defer { reader.stop() }
        return try transaction { writer in
            var receiver = try Receiver(node: self, writer, try Node.settings(writer.reader), undoing: undoing, unsigned: unsigned)
            for (index, unverified) in readable.enumerated() { try receiver.receive(unverified) { reader.content(of: index) } }
            try receiver.finish()
            return refused + receiver.receptions
        }
    }

    /// Takes a root statement, checkpoint, receipt, consistency receipt, ask or evidence.
    public func receive(_ bytes: [UInt8], _ type: FrameType) throws -> Reception { try receive([Frame(type, bytes)])[0] }

    /// The same for several, in one transaction.
    public func receive(_ frames: [Frame]) throws -> [Reception] {
        let receptions = try transaction { writer in
            var receiver = try Receiver(node: self, writer, try Node.settings(writer.reader))
            return try frames.map { try receiver.receiveStatement($0.payload, $0.type) }
        }
        if receptions.contains(where: { if case .statement(.rootStatement, _) = $0 { true } else { false } }) { try raiseMarker() }
        return receptions
    }

    /// Keeps the highest root statement known beside the store, where an old image of the store doesn't undo it. In a copied
    /// folder nothing is written: its marker is not its own.
    private func raiseMarker() throws {
        let settings = try settings()
        guard let marker = try? Marker(in: folder), (try? marker.check(in: folder)) != nil, marker.epoch == settings.epoch else { return }
        if marker.rootStatement < settings.rootStatement { try Marker.write(epoch: settings.epoch, rootStatement: settings.rootStatement, in: folder) }
    }
}

extension Node {
    public struct NotKept: Error { let result: any Sendable }

    /// Receives for trial: everything happens within one transaction, which is then undone.
    public func tryOut<Result: Sendable>(_ body: (@escaping ([Frame]) throws -> [Reception]) throws -> Result) throws -> Result {
        do {
            try store.write { writer in
                // Forgotten before the transaction ends: its generation number will be given again.
                defer { forgetUnderstanding() }
                let result = try body { frames in
                    var receiver = try Receiver(node: self, writer, try Node.settings(writer.reader))
                    guard frames.first?.type == .changeset else { return try frames.map { try receiver.receiveStatement($0.payload, $0.type) } }
                    for frame in frames { try receiver.receive(try UnverifiedChangeset(try ChangesetItem(frame.payload))) }
                    try receiver.finish()
                    return receiver.receptions
                }
                throw NotKept(result: result)
            }
        } catch let trial as NotKept {
            guard let result = trial.result as? Result else { throw NodeError(.malformedItem) }
            return result
        }
        throw NodeError(.malformedItem)
    }
}
