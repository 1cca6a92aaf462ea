import Testing
import TiaokuaiModel

/// Hashes, identifiers, names, partitions, fields, values: the small types that everything else is written in.
struct NamesAndKeysTests {
    private func hash(_ bytes: [UInt8]) throws -> Hash32 { try #require(Hash32(bytes: bytes)) }

    @Test func aHashIsItsBytes() throws {
        let bytes = (0..<32).map { UInt8($0 * 8) }
        let value = try hash(bytes)
        #expect(value.bytes == bytes)
        #expect(value.hex == bytes.hex && value.description == value.hex)
        #expect(Hash32(hex: value.hex) == value && Hash32(hex: value.hex.uppercased()) == value)
        #expect(bytes.withUnsafeBytes { $0.baseAddress.map(Hash32.init(loading:)) } == value)
        #expect(Hash32(bytes: bytes.dropLast()) == nil && Hash32(bytes: bytes + [0]) == nil)
        #expect(Hash32(hex: String(value.hex.dropLast())) == nil && Hash32(hex: String(repeating: "g", count: 64)) == nil)
        #expect(Hash32(hex: "０" + value.hex.dropFirst(3)) == nil)
        #expect(Hash32.zero.bytes == [UInt8](repeating: 0, count: Hash32.byteCount))
    }

    @Test func hashesCompareAsTheirBytes() throws {
        for place in 0..<32 {
            var bytes = [UInt8](repeating: 7, count: 32)
            let middle = try hash(bytes)
            bytes[place] = 8
            #expect(try middle < hash(bytes))
            #expect(try !(hash(bytes) < middle))
            bytes[place] = 6
            #expect(try hash(bytes) < middle)
        }
    }

    @Test func hexadecimalIsReadInPairs() {
        #expect([UInt8](hex: "00fFa0") == [0, 255, 160])
        #expect([UInt8](hex: "") == [])
        #expect([UInt8](hex: "0") == nil)
        #expect([UInt8](hex: "0g") == nil && [UInt8](hex: "g0") == nil)
    }

    @Test func identifiersAreTypesOfTheirOwnOverAHash() throws {
        let low = try RecordID(hash([UInt8](repeating: 1, count: 32)))
        let high = try RecordID(hash([UInt8](repeating: 2, count: 32)))
        #expect(low < high)
        #expect(low.short == "01010101" && RecordID(hex: low.description) == low && RecordID(hex: "01") == nil)
        #expect(NetworkID(low.hash).hash == NodeID(low.hash).hash && OperationID(low.hash).hash == ChangesetID(low.hash).hash)
        #expect(FeedID(low.hash).hash == DisputeID(low.hash).hash)
    }

    @Test func anEpochIsSixteenBytes() throws {
        let bytes = (1...16).map { UInt8($0) }
        let epoch = try #require(Epoch(bytes: bytes))
        #expect(epoch.bytes == bytes && epoch.description == bytes.hex)
        #expect(Epoch(bytes: bytes.dropLast()) == nil)
        #expect(Epoch(high: 1, low: 9) < Epoch(high: 2, low: 0) && Epoch(high: 1, low: 1) < Epoch(high: 1, low: 2))
        #expect(Origin(epoch: epoch, number: 1) < Origin(epoch: epoch, number: 2))
        #expect(Origin(epoch: Epoch(high: 0, low: 0), number: 9) < Origin(epoch: epoch, number: 1))
    }

    @Test(arguments: ["620724", "620724.hrss", "622900-K01", "a", "Z_z/9", String(repeating: "x", count: 64)])
    func aPermanentNameIsAccepted(text: String) throws {
        #expect(try UnitID(checking: text).text == text)
        #expect(UnitID.isWellFormed(text))
    }

    @Test(arguments: ["", " ", "高台", "a b", "a\n", "a\u{0}", "a:b", "é", "ａ", String(repeating: "x", count: 65)])
    func anotherTextIsNoPermanentName(text: String) {
        #expect(throws: ModelError(.malformedName, text)) { _ = try RegionID(checking: text) }
        #expect(!LineID.isWellFormed(text))
    }

    @Test func anErrorKeepsItsFactShort() {
        #expect(ModelError(.malformedName, String(repeating: "长", count: 1_000)).fact.count == 200)
        #expect(Set(ModelError.Code.allCases.map(\.rawValue)).count == ModelError.Code.allCases.count)
    }

    @Test func partitionsHaveOneOrder() {
        let ascending: [Partition] = [
            .policy("620000"), .policy("620724"), .work("620000", nil), .work("620724", nil), .work("620724", "civil"), .work("620724", "hrss"), .local,
        ]
        for left in ascending.indices {
            for right in ascending.indices { #expect((ascending[left] < ascending[right]) == (left < right)) }
        }
        #expect(
            ascending.map(\.description) == [
                "policy(620000)", "policy(620724)", "work(620000)", "work(620724)", "work(620724, civil)", "work(620724, hrss)", "local",
            ])
        #expect(ascending.map(\.isPolicy) == [true, true, false, false, false, false, false])
        #expect(Partition.local.place == nil && Partition.work("620724", nil).place == "620724" && Partition.policy("620000").place == "620000")
        #expect(RecordKey(.local, "case", ["x"]) == RecordKey(.local, "case", ["x"]))
    }

    @Test func aFieldNumberCarriesItsClass() {
        for fieldClass in FieldClass.allCases {
            let number = FieldNumber(index: 16, class: fieldClass)
            #expect(number.index == 16 && number.fieldClass == fieldClass && FieldNumber(wire: number.wire) == number)
        }
        #expect(FieldNumber(wire: 16 << 2 | 3).fieldClass == nil)
        #expect(FieldNumber(wire: 0).fieldClass == .personal)
        #expect(FieldNumber(index: 16, class: .public) < FieldNumber(index: 17, class: .personal))
        #expect(FieldNumber(index: FieldNumber.maximumIndex, class: .public).index == 65_535)
        #expect(FieldNumber.reason.isAccompanying && !FieldNumber(index: FieldNumber.firstOwnIndex, class: .public).isAccompanying)
        #expect(FieldClass.personal < .internal && FieldClass.internal < .public)
        #expect([FieldNumber.ground, .evidence, .reason, .newFact].map(\.index) == [1, 2, 3, 4])
    }

    @Test func aValueIsOneOfSixSorts() throws {
        let day = try Day(parsing: "2020-08-14")
        let values: [Value] = [12, "文", .bytes([255, 0]), true, .day(day), ["甲", "乙"]]
        #expect(values.map(\.description) == ["12", "文", "ff00", "true", "2020-08-14", "甲、乙"])
        #expect(Value.boolean(false).description == "false")
        let types: [ValueType] = [.decimal, .text, .bytes, .boolean, .day, .list]
        for (left, type) in types.enumerated() {
            for (right, value) in values.enumerated() { #expect(type.admits(value) == (left == right)) }
        }
        #expect(values.compactMap(\.decimal) == [ExactDecimal(12)] && values.compactMap(\.text) == ["文"] && values.compactMap(\.bytes) == [[255, 0]])
        #expect(values.compactMap(\.boolean) == [true] && values.compactMap(\.day) == [day] && values.compactMap(\.list) == [["甲", "乙"]])
    }

    @Test func anOperationGivesWhatItSaysOfAField() {
        let value = FieldNumber(index: 16, class: .public)
        let note = FieldNumber(index: 17, class: .public)
        let operation = Operation(
            record: RecordID(.zero), unit: "620724.hrss", person: "li", written: Written(milliseconds: 0),
            origin: Origin(epoch: Epoch(high: 0, low: 0), number: 1), fields: [.init(value, 12), .init(note, nil)])
        #expect(operation.value(of: value) == .some(12))
        #expect(operation.value(of: note) == .some(nil))
        #expect(operation.value(of: .reason) == nil)
        #expect(IdentifiedOperation(OperationID(.zero), operation).operation == operation)
    }

    @Test func aKindIsATableOfFieldsWithTheCommonOnes() {
        let workflow = Workflow(
            states: ["closed", "open"], events: [.init("close", from: ["open"], to: "closed", by: [.issuer], needsEvidence: true, opensEpisode: false)])
        let kind = KindTable(
            "item", "事项", .work, key: [.init("number", .text)], issuer: .government,
            fields: [FieldSpec("state", 17, .internal, .workflow, .text, "状态"), FieldSpec("title", 16, .public, .soleIssuer, .text, "标题")], workflow: workflow)
        #expect(kind.fields.map(\.name) == KindTable.common.map(\.name) + ["title", "state"])
        #expect(kind.field(named: "state")?.rule == .workflow && kind.field(named: "none") == nil)
        #expect(kind.field(FieldNumber(index: 16, class: .public))?.title == "标题" && kind.field(FieldNumber(index: 16, class: .personal)) == nil)
        #expect(kind.workflow?.event(named: "close")?.needsEvidence == true && workflow.event(named: "open") == nil)
        let unit = Unit(id: "620724.gov", name: "高台县人民政府", region: "620724", line: nil, isGovernment: true)
        #expect(unit.management == .territorial && unit.aliases.isEmpty)
        #expect(Source(document: "示例", clause: "一", formula: "以条为主") == Source(document: "示例", clause: "一", formula: "以条为主"))
    }

    @Test func textsThatLookAlikeAreEqualOnlyByteForByte() {
        let (composed, decomposed): (Value, Value) = (.text("\u{e9}"), .text("e\u{301}"))
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed && composed == .text("\u{e9}"))
        #expect(Set([composed, decomposed, "\u{e9}"]).count == 2)
        #expect(Value.list([composed]) != .list([decomposed]))
        #expect(RecordKey(.local, "matrix", [composed]) != RecordKey(.local, "matrix", [decomposed]))
    }
}
