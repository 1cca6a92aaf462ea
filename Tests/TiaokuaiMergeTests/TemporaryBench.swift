import Testing
import TiaokuaiMerge
import TiaokuaiModel
@Suite struct TemporaryBench {
    @Test func bench() {
        var scenes: [(Scene, [JudgedOperation])] = []
        for salt in 0..<200 {
            var a = Scene(.lineFirst); a.salt = salt
            a.figure("drc", U.countyLine, 1); a.figure("drc2", U.countyLine, 2)
            scenes.append((a, a.operations))
        }
        let clock = ContinuousClock()
        var n = 0
        var time = clock.measure { for _ in 0..<50 { for (s, o) in scenes { n += settle(o, record: s.record, table: s.table, governance: s.versions).fields.count } } }
        print("BENCH settle 2 ops one unit: \(time / 10_000)")
        var b = Scene(); b.figure("drc", U.countyLine, 1); b.figure("gov", U.county, 1); b.figure("gov2", U.county, 2); b.figure("city", U.cityLine, 3)
        let o = b.operations, v = b.versions, r = b.record, t = b.table
        time = clock.measure { for _ in 0..<10_000 { n += settle(o, record: r, table: t, governance: v).fields.count } }
        print("BENCH settle dispute 4 ops: \(time / 10_000)")
        let chain = RecordChain(unit: U.countyLine, head: o[0].id)
        let second = scenes[0].1[1], rec = scenes[0].0.record, c0 = RecordChain(unit: U.countyLine, head: scenes[0].1[0].id), ver = scenes[0].0.versions
        time = clock.measure { for _ in 0..<100_000 { n += isFastPathEligible(second, after: c0, record: rec, table: t, governance: ver) ? 1 : 0 } }
        print("BENCH eligible: \(time / 100_000) \(n) \(chain.unit)")
        let one = { (i: Int, seen: [OperationID]) in JudgedOperation(b.id("\(i)"), Operation(record: r, unit: U.countyLine, person: "c", written: Written(milliseconds: 0), origin: Origin(epoch: Epoch(high: 0, low: 0), number: UInt64(i)), seen: seen, fields: [.init(F.value, .decimal(ExactDecimal(Int64(i))))])) }
        let parallel = (0..<5_000).map { one($0, []) }
        time = clock.measure { n += settle(parallel, record: r, table: t, governance: v).heads.count }
        print("BENCH 5,000 parallel of one unit: \(time)")
        let units = Array(RandomTests.units.prefix(9))
        func make(_ name: String, _ i: Int, _ seen: [OperationID], _ value: Int64) -> JudgedOperation {
            JudgedOperation(b.id(name), Operation(record: r, unit: units[i % 9], person: "c", written: Written(milliseconds: 0), origin: Origin(epoch: Epoch(high: 0, low: 0), number: UInt64(i)), seen: seen, fields: [.init(F.value, .decimal(ExactDecimal(value)))]))
        }
        let wide: [JudgedOperation] = (0..<5_000).map { i in make("\(i)", i, [], 1) }
        var join: [JudgedOperation] = []
        for i in 0..<70 { join.append(make("j\(i)", i, wide[(i * 64)..<(i * 64 + 64)].map(\.id), Int64(i % 3))) }
        time = clock.measure { n += settle(wide + join, record: r, table: t, governance: v).heads.count }
        print("BENCH 5,070 wide: \(time)")
    }
}
