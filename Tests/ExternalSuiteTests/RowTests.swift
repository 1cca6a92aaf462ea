import Testing

/// The counting itself: what a suite says and our code doesn't must come to light.
@Suite struct RowTests {
    @Test func everyVectorIsCountedOnce() {
        var row = SuiteRow("folder/*", expecting: 5)
        row.judge("a", .accepted, demanding: .accept)
        row.judge("b", .refused("wrongSignature"), demanding: .refuse)
        row.judge("c", .refused("unsupported"), demanding: .profile("unsupported", "reserved"))
        row.leaveOut("no use", 2)
        #expect(row.found == 5 && row.disagreements.isEmpty)
        #expect(row.accepted == 1 && row.refused == ["wrongSignature": 1] && row.profile == ["unsupported": 1] && row.leftOut == ["no use": 2])
        let table = SuiteTable.markdown([row])
        #expect(table.contains("| folder/* | 5 | 1 | 1 `wrongSignature` | 1 `unsupported` | 2: no use |\n"))
        #expect(table.hasSuffix("Rows: 1. Vectors: 5, of which 3 run and 2 are left out.\n"))
    }

    @Test(arguments: [
        (Verdict.accepted, Demand.refuse), (.accepted, .profile("unsupported")), (.refused("truncated"), .accept), (.refused("truncated"), .profile("unsupported")),
    ]) func anotherVerdictThanTheOneDueIsADisagreement(_ verdict: Verdict, _ demand: Demand) {
        var row = SuiteRow("file", expecting: 1)
        row.judge("tcId 7", verdict, demanding: demand)
        #expect(row.disagreements.count == 1 && row.disagreements[0].hasPrefix("tcId 7: "))
    }

    @Test func anotherValueUnderTheRightVerdictIsADisagreement() {
        var row = SuiteRow("file", expecting: 1)
        row.judge("tcId 8", .accepted, demanding: .accept, also: false)
        row.demand(false, "its key")
        #expect(row.disagreements == ["tcId 8: another value came out", "its key"])
    }

    @Test func aRowStandsForItsFilesAndNoOthers() {
        #expect(SuiteRow("suite/v1/*", expecting: 1).covers("suite/v1/a/b.cose") && !SuiteRow("suite/v1/*", expecting: 1).covers("suite/v2/a"))
        #expect(SuiteRow("suite/file", expecting: 1).covers("suite/file") && !SuiteRow("suite/file", expecting: 1).covers("suite/file.txt"))
    }
}
