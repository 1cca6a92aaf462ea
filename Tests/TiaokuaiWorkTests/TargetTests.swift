import Testing
import TiaokuaiModel
import TiaokuaiWork

@Suite struct TargetTests {
    func decimal(_ text: String) throws -> ExactDecimal { try ExactDecimal(parsing: text) }
    func assess(_ figure: String, _ bounds: TargetBounds) throws -> TargetAssessment { TargetAssessment(.value(try decimal(figure)), against: bounds) }

    @Test func aFloorIncludesItself() throws {
        let grain = TargetBounds(floor: try decimal("15"))
        #expect(try assess("15.0", grain) == .met)
        #expect(try assess("14.2", grain) == .notMet(shortBy: decimal("0.8")))
        #expect(try assess("14.2", grain).isAlert)
    }

    @Test func aCeilingIncludesItself() throws {
        let unemployment = TargetBounds(ceiling: try decimal("4.5"), comparator: .atMost)
        #expect(try assess("4.50", unemployment) == .met)
        #expect(try assess("4.6", unemployment) == .notMet(shortBy: decimal("0.1")))
    }

    @Test func aboveAndBelowExcludeThemselves() throws {
        #expect(try assess("40", TargetBounds(floor: decimal("40"), comparator: .above)) == .notMet(shortBy: .zero))
        #expect(try assess("40.1", TargetBounds(floor: decimal("40"), comparator: .above)) == .met)
        #expect(try assess("1", TargetBounds(ceiling: decimal("1"), comparator: .below)) == .notMet(shortBy: .zero))
    }

    @Test func clearingToZeroIsACeilingOfZero() throws {
        let arrears = TargetBounds(ceiling: .zero, comparator: .atMost)
        #expect(try assess("0", arrears) == .met)
        #expect(try assess("0.01", arrears) == .notMet(shortBy: decimal("0.01")))
    }

    @Test func missingAnAspirationIsNoAlert() throws {
        let wind = TargetBounds(floor: try decimal("50000"), comparator: .equal, firmness: .aspirational)
        #expect(try assess("42000", wind) == .aspirationalShort(by: decimal("8000")))
        #expect(try !assess("42000", wind).isAlert)
    }

    @Test func noFigureADisputedAndASealedOneAreSaidApart() throws {
        let bounds = TargetBounds(floor: try decimal("1"))
        #expect(TargetAssessment(.none, against: bounds) == .noFigure)
        #expect(TargetAssessment(.sealed, against: bounds) == .sealed)
        #expect(TargetAssessment(.disputed, against: bounds) == .disputed)
        #expect(TargetAssessment(.none, against: TargetBounds()) == .noBound)
    }

    @Test func aCheckpointIsAShareOfTheTargetInForce() throws {
        let year = TargetBounds(floor: try decimal("2600"))
        let may = try TargetBounds.checkpoint(percent: decimal("50"), of: year)
        #expect(may.floor == (try decimal("1300")))
        #expect(try assess("1318", may) == .met)
        #expect(try assess("1299", may) == .notMet(shortBy: decimal("1")))
        #expect(try TargetBounds.checkpoint(percent: decimal("50"), of: TargetBounds(floor: decimal("2800"))).floor == decimal("1400"))
        #expect(try TargetBounds.checkpoint(percent: decimal("50"), of: TargetBounds()).floor == nil)
    }

    @Test func aRelativeTargetTakesItsBoundFromTheBasePeriod() throws {
        let total = TargetBounds(firmness: .aspirational, isRelative: true)
        #expect(try assess("20480", total) == .noBound)
        #expect(try assess("20480", total.relative(to: .value(decimal("20300")))) == .met)
        #expect(try assess("20299", total.relative(to: .value(decimal("20300")))) == .aspirationalShort(by: decimal("1")))
        #expect(try assess("20299", total.relative(to: .none)) == .noBound)
    }

    @Test func aTargetRecordIsReadWithItsWording() throws {
        let record = EffectiveRecord(
            RecordKey(.policy("620724"), TargetKind.table.name, ["windPower", "2020", ""]),
            [TargetKind.floor: 50_000, TargetKind.comparator: "equal", TargetKind.firmness: "aspirational"])
        #expect(TargetBounds(record) == TargetBounds(floor: 50_000.decimal, comparator: .equal, firmness: .aspirational))
        let ceiling = EffectiveRecord(RecordKey(.policy("620724"), TargetKind.table.name, ["x", "2020", ""]), [TargetKind.ceiling: 5])
        #expect(TargetBounds(ceiling)?.comparator == .atMost)
        #expect(TargetBounds(EffectiveRecord(RecordKey(.policy("620724"), "cell", ["x", "2020"]), [:])) == nil)
    }
}

extension Int {
    fileprivate var decimal: ExactDecimal { ExactDecimal(Int64(self)) }
}
