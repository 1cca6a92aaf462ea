import TiaokuaiFormat
import TiaokuaiModel

extension Maker {
    /// What a reader of a body must know: feed and count from the signed header, and what lies before it in the feed.
    func given(count: Int, previous: [(delta: UInt32, index: UInt32, Operation)] = []) -> [String: String] {
        var given = feedGiven()
        given["network"] = scene.network.description
        given["count"] = "\(count)"
        given["previous"] = self.previous(previous)
        return given
    }

    func previous(_ operations: [(delta: UInt32, index: UInt32, Operation)]) -> String {
        operations.map { "\($0.delta),\($0.index),\($0.2.identity),\($0.2.record),cell" }.joined(separator: " ")
    }

    var afterFirst: [String: String] { given(count: 1, previous: [(1, 0, scene.first)]) }

    mutating func makeBodies() throws {
        func add(_ name: String, _ fact: String, _ operations: [CarriedOperation], _ given: [String: String]? = nil) {
            self.add("body", name, fact, scene.body(operations), given: given ?? self.given(count: operations.count))
        }
        let (first, second) = (scene.first, scene.second)
        let value = Scene.value
        let text = FieldNumber(index: 17, class: .public)
        let (otherCell, caseKey) = (
            RecordKey(Scene.work, "cell", ["grainReserveDays", "2020-09"]), RecordKey(Scene.work, "case", [.bytes([1, 2, 3]), 7, "a"])
        )
        let keys = (0...9).map { RecordKey(Scene.work, "cell", ["i", .text("2020-0\($0)")]) }
        func figure(_ number: UInt64, _ decimal: Value) -> CarriedOperation {
            scene.new(scene.figure([.init(value, decimal)], number: number, key: keys[Int(number)]), keys[Int(number)])
        }

        add("empty", "A body may hold nothing.", [])
        add("new", "The feed's first operation on a record spells out kind and key.", [scene.new(first)])
        add(
            "next-in-body", "A next with delta 0 points at an earlier operation of the same body.",
            [scene.new(first), scene.next(second, delta: 0, index: 0, after: first)])
        add(
            "next-across", "A next takes record, kind and the first seen from an earlier changeset of its feed.",
            [scene.next(second, delta: 1, index: 0, after: first)], afterFirst)
        let wide = scene.figure([.init(value, Scene.decimal(16, 0))], number: 2, seen: [first.identity, scene.grant.identity])
        add(
            "next-with-heads", "Heads other than exactly the previous operation are listed whole.", [scene.next(wide, delta: 1, index: 0, after: first)],
            afterFirst)
        let blind = scene.figure([.init(value, Scene.decimal(16, 0))], number: 2)
        add(
            "next-without-heads", "A list may be empty where the previous operation was not seen.", [scene.next(blind, delta: 1, index: 0, after: first)],
            afterFirst)
        let seeing = scene.figure([.init(value, Scene.decimal(16, 0))], seen: [scene.grant.identity])
        add("new-with-heads", "The first operation of this feed on another's record lists what it saw.", [scene.new(seeing)])
        let decision = scene.figure(
            [.init(.ground, "会商纪要"), .init(value, Scene.decimal(142, -1))], unit: "620724.gov", under: scene.grant.identity, names: [first.identity])
        add("decision", "Names and the version cited come from the table of identities.", [scene.new(decision)])
        let foreign = scene.figure([.init(value, Scene.decimal(142, -1))], number: 7, epoch: scene.oldEpoch)
        add("foreign-origin", "Carried again in a new epoch, an operation keeps its origin and so its identity.", [scene.new(foreign)])
        add(
            "sealed-value", "A sealed value stands among what is neither decimal nor text.",
            [scene.new(scene.figure([.init(value, Scene.decimal(142, -1)), .init(Scene.remark, try scene.sealedRemark())]))])
        let household = FieldNumber(index: 18, class: .personal)
        let warned = try scene.sealedRemark(at: SealedPlace(first, household))
        add("sealed-personal-field", "Personal data that is sealed is not shown.", [scene.new(scene.figure([.init(household, warned)]))])
        add("withdrawn-personal-field", "Nor is it where it is withdrawn.", [scene.new(scene.figure([.init(household, nil)]))])
        add("withdrawal", "A withdrawn field has no column.", [scene.new(scene.figure([.init(value, nil)]))])
        add(
            "decimals-scaled", "Decimals share the smallest exponent: 14.2, 30400 and 0.125 stand as thousandths.",
            [figure(1, Scene.decimal(142, -1)), figure(2, Scene.decimal(304, 2)), figure(3, Scene.decimal(125, -3))])
        add(
            "decimals-in-pairs", "Where no common exponent holds them all, each stands as exponent and mantissa.",
            [figure(1, Scene.decimal(.max, 0)), figure(2, Scene.decimal(1, -18))])
        let mixed: [Operation.Field] = [
            .init(value, 1), .init(text, "a"), .init(FieldNumber(index: 18, class: .internal), ["a", true]),
            .init(FieldNumber(index: 19, class: .internal), .bytes([9])),
            .init(FieldNumber(index: 20, class: .internal), .day(Scene.day)),
        ]
        add(
            "mixed-fields", "Values that are neither decimals nor text stand one after the other as CBOR items.",
            [scene.new(scene.figure(mixed)), scene.new(scene.figure([.init(value, "text")], number: 2, key: otherCell), otherCell)])
        add(
            "keys", "Key parts: bytes by their length, text from the table, anything else as an item.",
            [scene.new(scene.figure([.init(value, 1)], key: caseKey), caseKey)])
        add(
            "equivalent-texts", "Canonically equivalent texts are two entries.",
            [scene.new(scene.figure([.init(text, "\u{e9}")])), scene.new(scene.figure([.init(text, "e\u{301}")], number: 2, key: otherCell), otherCell)])
        add("numbers-apart", "Counters and clocks may go backwards.", [figure(9, 1), figure(2, 1)])
        let unknown = scene.figure([.init(FieldNumber(index: 60_000, class: .public), "later")])
        add("unknown-field", "A field that no table of this version knows is kept and hashed.", [scene.new(unknown)])
    }

    mutating func makeInvalidBodies() throws {
        let one = scene.firstBody
        let next = scene.body([scene.next(scene.second, delta: 1, index: 0, after: scene.first)])
        func add(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: FormatError.Code, _ given: [String: String]? = nil) {
            self.add("body", name, fact, bytes, given: given ?? self.given(count: 1), refused: code)
        }
        func column(_ body: [UInt8], _ number: Int, _ bytes: [UInt8]) -> [UInt8] { replaced(body, 8) { $0[number] = .bytes(bytes) } }
        let value = UInt64(Scene.value.wire)
        func values(_ base: CBORItem, _ bytes: [UInt8]) -> [UInt8] { edited(one) { $0[9] = [[.unsigned(value), 1, base, .bytes(bytes)]] } }

        add("version-two", "Another version is another format.", edited(one) { $0[0] = 2 }, .unsupported)
        add("salt-short", "The salt has 16 bytes.", edited(one) { $0[1] = .bytes([1]) }, .malformedBody)
        add("other-count", "The count is the signed header's.", one, .malformedBody, given(count: 2))
        add("text-twice", "A table's entries are distinct.", replaced(one, 2) { $0.append($0[0]) }, .duplicateKey)
        add("unused-text", "No table holds what no operation needs.", replaced(one, 2) { $0.append("张三,身份证号") }, .leftover)
        add("unused-epoch", "No epoch that no operation needs.", edited(one) { $0[4] = [.bytes(scene.oldEpoch.bytes)] }, .leftover)
        add(
            "own-epoch-listed", "The feed's own epoch is never listed.",
            edited(one) { items in
                items[4] = [.bytes(scene.countyEpoch.bytes)]
                items[8] = changed(items[8]) {
                    $0[0] = .bytes([1, 16]); $0[11] = .bytes([0])
                }
            }, .notShortest)
        add("wide-column", "A column is no wider than its values need.", column(one, 0, [2, 0, 0]), .notShortest)
        add("wide-empty-column", "A column of nothing has width 0.", column(one, 6, [5]), .notShortest)
        add("short-column", "A column has a value for each operation.", column(one, 1, [1]), .malformedBody)
        add("long-column", "And no more.", column(one, 1, [1, 0, 0]), .malformedBody)
        add("free-column-leftover", "What the operations don't take is left over.", column(one, 12, [1, 0]), .leftover)
        add("unknown-flag", "Flags beyond 16 are unused.", column(one, 0, [1, 32]), .reserved)
        add("index-beyond-table", "An index lies within its table.", column(one, 1, [1, 200]), .malformedBody)
        add("next-forward", "A next with delta 0 points backwards.", column(next, 6, [0]), .malformedBody, afterFirst)
        add("next-before-the-feed", "A next points at what its feed holds.", column(next, 6, [1, 9]), .malformedBody, afterFirst)
        add(
            "previous-listed", "Exactly the previous operation is not listed.",
            edited(next) { items in
                items[3] = [.bytes(scene.first.identity.hash.bytes)]
                items[8] = changed(items[8]) {
                    $0[0] = .bytes([1, 3]); $0[11] = .bytes([1, 1]); $0[12] = .bytes([1, 0])
                }
            }, .notShortest, afterFirst)
        add(
            "empty-names", "A list of names that is empty has no flag.",
            replaced(one, 8) {
                $0[0] = .bytes([1, 4]); $0[11] = .bytes([0])
            }, .notShortest)
        add(
            "names-unsorted", "Identities ascend in a body too.",
            edited(one) { items in
                items[3] = [.bytes([UInt8](repeating: 2, count: 32)), .bytes([UInt8](repeating: 1, count: 32))]
                items[8] = changed(items[8]) {
                    $0[0] = .bytes([1, 4]); $0[11] = .bytes([1, 2]); $0[12] = .bytes([1, 0, 1])
                }
            }, .unsortedKeys)
        add("unit-name", "A unit is a permanent name.", one.replacing(Array("620724.ndrc".utf8), by: Array("620724 ndrc".utf8)), .invalidText)
        add("key-bytes-leftover", "Key bytes are used up.", column(one, 10, [1]), .leftover)
        add(
            "text-as-key-item", "A key's text stands in the table, not as an item.",
            edited(one) { items in
                items[5] = changed(items[5]) { $0[0] = changed($0[0]) { $0[1] = changed($0[1]) { $0[1] = false } } }
                items[2] = changed(items[2]) { $0.removeAll { $0 == "2020-08" } }
                items[8] = changed(items[8]) { columns in
                    columns[9] = .bytes([1, 0])
                    columns[10] = .bytes(CBORItem.text("2020-08").encode())
                    for number in [1, 2] {
                        columns[number] = .bytes((columns[number].bytes ?? []).enumerated().map { $0.offset > 0 ? $0.element - 1 : $0.element })
                    }
                }
                items[5] = changed(items[5]) { $0[0] = changed($0[0]) { $0[0] = 1 } }
            }, .notShortest)
        add("base-too-small", "Decimals stand at their smallest exponent: 14.2 is not 1420 hundredths.", values(-2, [2, 0x18, 0x0b]), .notShortest)
        add("pairs-needlessly", "Pairs stand only where a common exponent does not do.", values(.null, [0x20, 0x18, 0x8e]), .notShortest)
        // Where pairs are needed, so that nothing but the one pair is wrong.
        let wide = scene.body(
            [.max, 1].enumerated().map { place, mantissa in
                scene.new(scene.figure([.init(Scene.value, Scene.decimal(mantissa, place == 0 ? 0 : -18))], number: UInt64(place + 1)))
            })
        let pairs = cbor { encoder in for number in [0, .max, -18, 10] as [Int64] { encoder.integer(number) } }
        add(
            "pair-not-normal", "A pair is in normal form.", edited(wide) { $0[9] = changed($0[9]) { $0[0] = changed($0[0]) { $0[3] = .bytes(pairs) } } },
            .notShortest, given(count: 2))
        add(
            "base-of-text", "A column of text has the base 0.",
            edited(scene.body([scene.new(scene.figure([.init(Scene.value, "a")]))])) { $0[9] = changed($0[9]) { $0[0] = changed($0[0]) { $0[2] = 1 } } },
            .malformedBody)
        add(
            "decimal-as-item", "A decimal stands in a column of decimals.",
            edited(one) { items in
                items[6] = [[[.unsigned(value), 3]]]
                items[9] = [[.unsigned(value), 3, 0, .bytes([0xc4, 0x82, 0x20, 0x18, 0x8e])]]
            }, .notShortest)
        let two = scene.body([scene.new(scene.figure([.init(Scene.value, 1), .init(FieldNumber(index: 17, class: .public), "a")]))])
        add("field-columns-unsorted", "Field columns ascend.", replaced(two, 9) { $0.reverse() }, .unsortedKeys)
        add("field-column-missing", "Every field has its column.", replaced(two, 9) { $0.removeLast() }, .malformedBody)
        add(
            "field-column-leftover", "A field column holds no more than the operations need.",
            edited(scene.body([scene.new(scene.figure([.init(Scene.value, true)]))])) {
                $0[9] = changed($0[9]) { $0[0] = changed($0[0]) { $0[3] = .bytes([0xf5, 0xf5]) } }
            }, .leftover)
        add("leftover", "Nothing follows a body.", one + [0], .leftover)
        let personal = scene.figure([.init(FieldNumber(index: 16, class: .personal), "张三")])
        let sealed = RecordKey(Scene.work, "cell", [try scene.sealedRemark()])
        add("sealed-key", "A key is for everybody: no part of it is sealed.", scene.body([scene.new(scene.first, sealed)]), .unsupported)
        add("personal-field", "A body that shows personal data is void as a whole.", scene.body([scene.new(personal)]), .personalField)
    }

    private func changed(_ item: CBORItem, _ change: (inout [CBORItem]) -> Void) -> CBORItem {
        guard var items = item.array else { preconditionFailure("not an array") }
        change(&items)
        return .array(items)
    }

    /// The item at `place` of a body, changed.
    private func replaced(_ body: [UInt8], _ place: Int, _ change: (inout [CBORItem]) -> Void) -> [UInt8] {
        edited(body) { $0[place] = changed($0[place], change) }
    }
}
