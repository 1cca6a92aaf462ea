import TiaokuaiModel

/// What was said of an `authority` or `holder` field, by what it is.
struct NaiveWords {
    /// Claims and withdrawals of units that have a seat.
    var claims: Set<OperationID> = []
    /// The assignee of a holder field, without a seat, says that it is the holder, or takes that back.
    var acceptances: Set<OperationID> = []
    var decisions: Set<OperationID> = []
    /// Withdrawals that end decisions: the decider's own, or those of a government above it.
    var endings: Set<OperationID> = []
    var void: Set<OperationID> = []
}

extension NaiveField {
    func sorted() -> NaiveWords {
        var words = NaiveWords()
        for operation in said.compactMap(record.operation) {
            guard governing.onPath[operation.unit] != nil, let word = operation.words[spec.number] else {
                words.void.insert(operation.id)
                continue
            }
            switch (word, operation.names.isEmpty) {
            case (.says(let value), true): sort(operation, claiming: value, into: &words)
            case (.says, false): if isDecision(operation) { words.decisions.insert(operation.id) } else { words.void.insert(operation.id) }
            case (.withdraws, true): sort(withdrawal: operation, into: &words)
            case (.withdraws, false): sort(ending: operation, into: &words)
            }
        }
        return words
    }

    /// One that names nothing is a claim.
    private func sort(_ operation: NaiveOperation, claiming value: Value, into words: inout NaiveWords) {
        if isSeated(operation.unit) {
            words.claims.insert(operation.id)
        } else if isAcceptance(operation) {
            words.acceptances.insert(operation.id)
        } else {
            words.void.insert(operation.id)
        }
    }

    /// One without a value takes back whatever its unit said: it needs a seat, or to have said something.
    private func sort(withdrawal operation: NaiveOperation, into words: inout NaiveWords) {
        let own = earlier(than: operation).filter { $0.unit == operation.unit && $0.words[spec.number]?.value != nil }
        if own.contains(where: isDecision) { words.endings.insert(operation.id) }
        if isSeated(operation.unit) {
            words.claims.insert(operation.id)
        } else if own.contains(where: isAcceptance) {
            words.acceptances.insert(operation.id)
        } else if !words.endings.contains(operation.id) {
            words.void.insert(operation.id)
        }
    }

    /// One without a value that names decisions ends these: its own, or those of governments below it. It is no claim, so
    /// no agreement is seen at it.
    private func sort(ending operation: NaiveOperation, into words: inout NaiveWords) {
        let named = earlier(than: operation).filter { operation.names.contains($0.id) && isDecision($0) }
        let mayEnd = named.allSatisfy { $0.unit == operation.unit || isAbove(operation, $0.unit) }
        guard !named.isEmpty, mayEnd, operation.cites(.ground), !isInItsOwnCause(operation) else {
            words.void.insert(operation.id)
            return
        }
        words.endings.insert(operation.id)
    }

    func isSeated(_ unit: UnitID) -> Bool { governing.seat(of: unit) != nil || governing.statistics.contains(unit) }

    func earlier(than operation: NaiveOperation) -> [NaiveOperation] {
        said.filter { history.isBefore($0, operation.id) }.compactMap(record.operation)
    }

    /// "The assignee's acceptance is the second voice of an agreement": the unit says that it is the holder, after somebody
    /// else said so, by claim or decision, and it knew.
    func isAcceptance(_ operation: NaiveOperation) -> Bool {
        guard spec.rule == .holder, operation.names.isEmpty, !isSeated(operation.unit), governing.onPath[operation.unit] != nil,
            operation.words[spec.number] == .says(.text(operation.unit.text))
        else { return false }
        return earlier(than: operation).contains { other in
            other.unit != operation.unit && other.words[spec.number] == operation.words[spec.number] && (isDecision(other) || isClaim(other))
        }
    }

    func isClaim(_ operation: NaiveOperation) -> Bool {
        operation.words[spec.number]?.value != nil && operation.names.isEmpty && isSeated(operation.unit)
    }
}
