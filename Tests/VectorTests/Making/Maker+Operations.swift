import TiaokuaiFormat
import TiaokuaiModel

extension Maker {
    mutating func makeOperations() throws {
        func add(_ name: String, _ fact: String, _ operation: Operation) { self.add("operation", name, fact, operation.explicitForm) }
        let value = Scene.value
        let own = FieldNumber(index: 17, class: .public)
        let (a, b) = (scene.first.identity, scene.second.identity)
        add("figure", "A claim of 14.2; its identity is SHA-256 of these bytes.", scene.first)
        add("next-figure", "A later claim names the operation that its author had seen.", scene.second)
        add("withdrawn", "A field without a value is null: withdrawn.", scene.figure([.init(value, nil)]))
        add("no-fields", "An operation may say nothing of any field.", scene.figure([]))
        add(
            "every-type", "Text, bytes, booleans, days and lists, three lists deep.",
            scene.figure([
                .init(own, "成品粮储备"), .init(FieldNumber(index: 18, class: .public), .bytes([0, 255])),
                .init(FieldNumber(index: 19, class: .internal), true), .init(FieldNumber(index: 20, class: .internal), .day(Scene.day)),
                .init(FieldNumber(index: 21, class: .internal), [["a", [false]], .day(Day(number: -1))]),
            ]))
        add(
            "decimals", "Zero, the widest mantissas and both ends of the exponent, each in its one normal form.",
            scene.figure(
                [0, Scene.decimal(.max, 0), Scene.decimal(-.max, -18), Scene.decimal(1, 18), Scene.decimal(1_000, 18), Scene.decimal(304, 2)].enumerated().map {
                    .init(FieldNumber(index: UInt32(16 + $0.offset), class: .internal), $0.element)
                }))
        add(
            "decision", "A decision cites the version it was made under, what was seen and what it names; both lists ascend.",
            scene.figure(
                [.init(.ground, "会商纪要"), .init(value, Scene.decimal(142, -1))], unit: "620724.gov", under: scene.grant.identity, seen: [b, a], names: [a]))
        add("text-composed", "Text is kept as it is: é as one scalar …", scene.figure([.init(own, "\u{e9}")]))
        add("text-decomposed", "… and é as two are different operations.", scene.figure([.init(own, "e\u{301}")]))
        add("written-before-1970", "The author's clock may say anything.", scene.figure([.init(value, 1)], written: -1))
        add(
            "personal-field", "An operation with a personal field has an identity, though no body may carry it.",
            scene.figure([.init(FieldNumber(index: 16, class: .personal), "张三")]))
        add("sealed-value", "A value that one node alone can read has tag 70001.", scene.figure([.init(Scene.remark, try scene.sealedRemark())]))
    }

    mutating func makeInvalidOperations() throws {
        let good = scene.first.explicitForm
        func add(_ name: String, _ fact: String, _ bytes: [UInt8], _ code: FormatError.Code) { self.add("operation", name, fact, bytes, refused: code) }
        func field(_ number: UInt64, _ value: CBORItem) -> CBORItem { [.unsigned(number), value] }
        func fields(_ fields: [CBORItem]) -> [UInt8] { edited(good) { $0[9] = .array(fields) } }
        let number = UInt64(Scene.value.wire)

        add("decimal-not-normal", "1420 × 10⁻² is a second spelling of 14.2.", fields([field(number, .tag(4, [-2, 1_420]))]), .notShortest)
        add("decimal-zero-with-exponent", "Zero has the exponent 0.", fields([field(number, .tag(4, [-1, 0]))]), .notShortest)
        add("decimal-exponent", "An exponent beyond 18 is none.", fields([field(number, .tag(4, [19, 1]))]), .notShortest)
        add("integer", "A number is a decimal, never a plain integer.", fields([field(number, 14)]), .wrongType)
        add("float", "No floating point.", good.replacing([0xc4, 0x82, 0x20, 0x18, 0x8e], by: [0xf9, 0x4b, 0x1a]), .wrongType)
        add("null-in-list", "Null withdraws a field and stands nowhere else.", fields([field(number, [.null])]), .wrongType)
        add("deep-list", "Lists are at most three deep.", fields([field(number, [[[[]]]])]), .limitExceeded)
        add("long-list", "A list has at most 1,024 members.", fields([field(number, .array(Array(repeating: true, count: 1_025)))]), .limitExceeded)
        let sealed = try CBORItem.decode(cbor { try scene.sealedRemark().encode(into: &$0) })
        add("sealed-in-list", "A sealed value is the whole value of a field, never a member of a list.", fields([field(number, [sealed])]), .unsupported)
        add("other-tag", "Only the tags 4, 100 and 70001 are values.", fields([field(number, .tag(1, 0))]), .unsupported)
        add("field-class-three", "Class 3 is unused.", fields([field(number | 3, 0)]), .reserved)
        add("field-index-zero", "Field indices begin with 1.", fields([field(1, 0)]), .reserved)
        add("field-index-large", "Field indices end with 65,535.", fields([field(65_536 << 2 | 1, 0)]), .reserved)
        add("fields-unsorted", "Fields ascend by number.", fields([field(69, true), field(65, true)]), .unsortedKeys)
        add("field-twice", "A field stands once.", fields([field(65, true), field(65, true)]), .unsortedKeys)
        add("too-many-fields", "At most 64 fields.", fields((0..<65).map { field(UInt64(16 + $0) << 2 | 1, true) }), .limitExceeded)
        add(
            "seen-unsorted", "Identities ascend.",
            edited(good) { $0[7] = [.bytes([UInt8](repeating: 2, count: 32)), .bytes([UInt8](repeating: 1, count: 32))] },
            .unsortedKeys)
        add(
            "names-twice", "An identity stands once.", edited(good) { $0[8] = .array(Array(repeating: .bytes([UInt8](repeating: 1, count: 32)), count: 2)) },
            .unsortedKeys)
        add("unit-name", "Permanent names are ASCII letters, digits and . - _ /.", edited(good) { $0[2] = "高台县" }, .invalidText)
        add("text-not-utf8", "Text is valid UTF-8.", good.replacing(Array("620724.ndrc".utf8), by: Array("620724.ndr".utf8) + [0xff]), .invalidText)
        add("epoch-short", "An epoch has 16 bytes.", edited(good) { $0[5] = [.bytes([1]), 1] }, .wrongType)
        add("version-two", "Another version is another format.", edited(good) { $0[0] = 2 }, .unsupported)
        add("nine-items", "Ten items, no fewer.", edited(good) { $0.removeLast() }, .wrongCount)
        add("long-head", "Heads are in their shortest form.", [good[0]] + [0x18, 0x01] + good[2...], .notShortest)
        add("indefinite-length", "Lengths are definite.", [0x9f] + good[1...] + [0xff], .indefiniteLength)
        add("leftover", "Nothing follows.", good + [0], .leftover)
        add("truncated", "All of it is there.", good.dropLast(), .truncated)
    }

    mutating func makeIdentities() {
        for (name, fact, partition) in [
            ("policy", "Policy of a place.", Scene.policy), ("work", "Work at a place.", Scene.work),
            ("work-of-a-line", "Work that only a line sees.", .work("620724", "civil")),
        ] as [(String, String, Partition)] {
            add("partition", name, fact, partition.explicitForm)
        }
        add("partition", "local", "Nothing of the local partition may arrive from anywhere.", Partition.local.explicitForm, refused: .wrongType)
        add("partition", "policy-with-line", "Policy has no line.", [0x83, 0x00, 0x61, 0x31, 0xf6], refused: .wrongType)
        for (name, fact, key) in [
            ("cell", "A cell is one record: indicator and period.", scene.cell), ("credential", "Keys hold text, bytes and decimals.", scene.grantKey),
            ("cell-of-a-line", "The partition is part of the identity.", RecordKey(.work("620724", "ndrc"), "cell", scene.cell.values)),
        ] as [(String, String, RecordKey)] {
            let values = cbor { encoder in
                encoder.arrayHeader(key.values.count)
                for value in key.values { value.encode(into: &encoder) }
            }
            let preimage = cbor { encoder in
                encoder.arrayHeader(5)
                encoder.text("tk-record")
                encoder.byteString(scene.network.hash)
                key.partition.encode(into: &encoder)
                encoder.text(key.kind.text)
                encoder.raw(values)
            }
            let given = ["network": scene.network.description, "partition": key.partition.explicitForm.hex, "kind": key.kind.text, "key": values.hex]
            add("record", name, fact, preimage, given: given)
        }
        let feed = cbor { encoder in
            encoder.arrayHeader(4)
            encoder.text("tk-feed")
            encoder.byteString(scene.countyNode.hash)
            encoder.byteString(scene.countyEpoch.bytes)
            Scene.work.encode(into: &encoder)
        }
        add("feed", "county-work", "A feed is node, epoch and partition.", feed, given: feedGiven())
        let list = Heads([
            .init(feed: scene.countyFeed, sequence: 2, id: ChangesetID(.zero)), .init(feed: scene.countyFeed, sequence: 1, id: ChangesetID(scene.network.hash)),
        ])
        add("heads", "forked-feed", "Both heads of a forked feed, ascending by partition, node, epoch and head.", list.explicitForm)
        add("heads", "unsorted", "Heads ascend.", edited(list.explicitForm) { $0.reverse() }, refused: .unsortedKeys)
        add("heads", "twice", "A head stands once.", edited(list.explicitForm) { $0[1] = $0[0] }, refused: .unsortedKeys)
    }

    func feedGiven() -> [String: String] {
        ["node": scene.countyNode.description, "epoch": scene.countyEpoch.description, "partition": Scene.work.explicitForm.hex]
    }
}
