import Foundation
import TiaokuaiHash
import TiaokuaiModel

/// A workload of W(n)'s shape from our own seed, for where the generator's folder is not at hand: n/3 shared records, then n
/// edits, two thirds of them new records, a fifth with a Chinese note. Marked as `own` in its `meta.json`: figures made with it
/// are not compared with those of the generator's.
public enum WorkloadGenerator {
    static let words = ["已完成", "进度滞后", "资金到位", "待核实", "县级上报", "数据修正", "项目开工", "验收合格", "产业帮扶", "就业培训", "本月新增", "现场核查"]

    public static func write(edits: Int, to folder: String, seed: UInt64 = 620_724) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var maker = Maker(seed: seed &* 1_000_003 &+ UInt64(edits))
        var base = LineFile(folder + "/base.jsonl")
        for _ in 0..<edits / 3 { base.append(maker.newRecord()) }
        try base.close()
        var operations = LineFile(folder + "/ops.jsonl")
        for index in 0..<edits { operations.append(index % 3 == 2 ? maker.update() : maker.newRecord()) }
        try operations.close()
        let hasher = Hasher256()
        let lines = maker.records.map(\.digestLine).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for line in lines { hasher.update(Array((line + "\n").utf8)) }
        let meta = #"{"n": \#(edits), "seed": \#(seed), "source": "own", "final_digest": "\#(hasher.finish().hex)"}"#
        try meta.write(toFile: folder + "/meta.json", atomically: true, encoding: .utf8)
    }

    private struct LineFile {
        let path: String
        var text = ""
        init(_ path: String) { self.path = path }
        mutating func append(_ line: String) { text += line + "\n" }
        mutating func close() throws { try text.write(toFile: path, atomically: true, encoding: .utf8) }
    }

    private struct Maker {
        private var state: UInt64
        private var clock: Int64 = 1_767_571_200_000
        private(set) var records: [ProgressLine] = []

        init(seed: UInt64) { state = seed }

        private mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }

        private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

        private mutating func note() -> String {
            guard below(5) == 0 else { return "" }
            return (0...below(3)).map { _ in WorkloadGenerator.words[below(WorkloadGenerator.words.count)] }.joined(separator: "，")
        }

        private mutating func time() -> String {
            clock += Int64(20 + below(3_981))
            return Workload.text(Written(milliseconds: clock))
        }

        private mutating func author() -> String {
            let number = below(40) + 1
            return "county.\(number < 10 ? "0" : "")\(number)"
        }

        private mutating func value() -> ExactDecimal {
            (try? ExactDecimal(mantissa: Int64(below(1_000_001)), exponent: -2)) ?? .zero
        }

        mutating func newRecord() -> String {
            var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: next()) }
            bytes[6] = bytes[6] & 15 | 0x40
            bytes[8] = bytes[8] & 63 | 0x80
            let (line, indicator, period) = (below(30) + 1, below(60) + 1, below(36))
            let record = ProgressLine(
                id: Workload.text(uuid: bytes), region: "620724", line: "L\(line < 10 ? "0" : "")\(line)",
                indicator: "I0\(indicator < 10 ? "0" : "")\(indicator)", period: "\(2_024 + period / 12)-\(period % 12 < 9 ? "0" : "")\(period % 12 + 1)", note: note(),
                author: author(), ts: time(), value: value())
            records.append(record)
            return #"{"op":"new","# + record.json.dropFirst()
        }

        mutating func update() -> String {
            let index = below(records.count)
            let old = records[index]
            let (value, note, author, ts) = (value(), note(), author(), time())
            records[index] = ProgressLine(
                id: old.id, region: old.region, line: old.line, indicator: old.indicator, period: old.period, note: note.isEmpty ? old.note : note, author: author, ts: ts,
                value: value)
            return #"{"op":"upd","id":"\#(old.id)","value":\#(value),"# + (note.isEmpty ? "" : #""note":"\#(note)","#) + #""author":"\#(author)","ts":"\#(ts)"}"#
        }
    }
}
