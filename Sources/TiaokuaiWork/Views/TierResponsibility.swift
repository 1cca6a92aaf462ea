import TiaokuaiModel

/// What one tier's plans say of one indicator: the mode and its source, who leads, who cooperates.
public struct TierResponsibility: Hashable, Sendable {
    /// Nil where this tier is silent.
    public var mode: ResponsibilityMode?
    public var modeSource: Source?
    /// The entry that governs the indicator at this tier; nil where no plan of the tier covers it.
    public var governing: MatrixEntry?
    /// That of the governing entry, else of the nearest part around it that has one.
    public var topic: Topic?
    /// Ascending.
    public var leads: [UnitID]
    /// Ascending; units that assist, those that lead another measure on the same indicator, and those that a part around
    /// one of the measures names for all of them.
    public var cooperating: [UnitID]

    /// Reads the entries of one tier that are in force (one version each).
    ///
    /// Of several entries that cover the indicator the governing one is, in this order: led by a unit of the indicator's
    /// line; the more special (longer path); the newer; then by document and part. The mode is that of the governing
    /// entry, else of the nearest part around it that states one. What it leaves open the tier above decides.
    public init(indicator: String, line: LineID?, entries: [MatrixEntry], lineOfUnit: (UnitID) -> LineID?) {
        let covering = entries.filter { $0.indicators.contains(indicator) }
        func isLedByLine(_ entry: MatrixEntry) -> Bool { line != nil && entry.leading.contains { lineOfUnit($0) == line } }
        let governing = covering.max { left, right in
            let (ours, theirs) = (isLedByLine(left), isLedByLine(right))
            if ours != theirs { return theirs }
            if left.depth != right.depth { return left.depth < right.depth }
            if left.inForceFrom != right.inForceFrom { return left.inForceFrom < right.inForceFrom }
            return (left.document, left.part) > (right.document, right.part)
        }
        self.governing = governing
        let around = governing.map { entry in entries.filter(entry.isWithin).sorted { $0.depth > $1.depth } } ?? []
        let stating = around.first { $0.mode != nil }
        topic = around.lazy.compactMap(\.topic).first
        mode = stating?.mode
        modeSource = stating?.source
        let leads = Set(governing?.leading ?? [])
        self.leads = leads.sorted()
        let blanket = covering.flatMap { entry in entries.filter(entry.isWithin).flatMap(\.blanketUnits) }
        cooperating = Set(covering.flatMap { $0.leading + $0.assisting } + blanket).subtracting(leads).sorted()
    }
}

extension TierResponsibility {
    /// Reads the tiers of a path, the record's place first, the root last.
    ///
    /// Where a tier's plan covers the indicator and states a mode, that is the tier's. Else the mode of the tier's part on
    /// the same topic (the lowest governing entry's), else what the next tier above comes to; nil where all are silent.
    /// Nothing is ever taken from below: a lower plan does not decide over a unit above its issuer.
    public static func path(
        indicator: String, line: LineID?, tiers: [[MatrixEntry]], lineOfUnit: (UnitID) -> LineID?
    ) -> [TierResponsibility] {
        var read = tiers.map { TierResponsibility(indicator: indicator, line: line, entries: $0, lineOfUnit: lineOfUnit) }
        let topic = read.lazy.compactMap(\.topic).first
        for tier in read.indices.reversed() where read[tier].mode == nil {
            let part = topic.flatMap { topic in
                tiers[tier].filter { $0.topic == topic && $0.mode != nil }.min { ($0.depth, $0.document, $0.part) < ($1.depth, $1.document, $1.part) }
            }
            let above = tier + 1 < read.count ? read[tier + 1] : nil
            read[tier].mode = part?.mode ?? above?.mode
            read[tier].modeSource = part?.source ?? above?.modeSource
        }
        return read
    }
}
