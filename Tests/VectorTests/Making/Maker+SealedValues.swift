import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

/// Values sealed to one node, out of given keys, so that they can be made again; each as the CBOR item that stands in an operation.
extension Maker {
    mutating func makeSealedValues() throws {
        let seals = try Seals()
        let one = try value(seals, to: seals.x25519)
        func valid(_ name: String, _ fact: String, _ value: SealedValue, _ key: SealingKey, _ place: SealedPlace? = nil) {
            add("sealedValue", name, fact, Maker.item(value), given: given(seals, key, place))
        }
        valid("x25519", "Sealed to an X25519 key: a text, padded to 256 bytes.", one, seals.x25519)
        valid("p256", "Sealed to a P-256 key: a figure.", try value(seals, Scene.decimal(30_412, 0), to: seals.p256), seals.p256)
        let long = Value.text(String(repeating: "字", count: 400))
        valid("longer", "A text of 1,200 bytes is padded to 4,096.", try value(seals, long, to: seals.x25519), seals.x25519)
        let sm2 = try keptValue("sm2", value(seals, to: seals.sm2), given(seals, seals.sm2, nil))
        valid("sm2", "Sealed to an SM2 key: suite 2.", sm2, seals.sm2)

        func wrong(_ name: String, _ fact: String, _ code: SealError.Code, _ value: SealedValue, _ key: SealingKey? = nil, _ place: SealedPlace? = nil) {
            add("sealedValue", name, fact, Maker.item(value), given: given(seals, key ?? seals.x25519, place), expect: code.rawValue)
        }
        let place = scene.sealedPlace
        wrong("other-record", "On another record it says nothing.", .sealedElsewhere, one, nil, place.with(record: scene.grant.record))
        wrong("other-unit", "In another unit's name neither.", .sealedElsewhere, one, nil, place.with(unit: "620724.gov"))
        wrong("other-epoch", "Nor in another operation: the epoch …", .sealedElsewhere, one, nil, place.with(epoch: scene.provinceEpoch))
        wrong("other-number", "… and the number are the operation's own.", .sealedElsewhere, one, nil, place.with(number: 2))
        wrong("other-field", "Nor in another field.", .sealedElsewhere, one, nil, place.with(field: Scene.value))
        wrong("other-receiver", "The digest covers who can read it.", .sealedElsewhere, one.with(receiver: scene.countyNode))
        let elsewhere = place.with(number: 2)
        let rebound = one.with(binding: elsewhere.binding(to: one.receiver, key: one.key))
        wrong("other-binding", "Whoever writes another place's digest into it seals nothing.", .alteredValue, rebound, nil, elsewhere)
        wrong("other-key", "The reader has the key that it names.", .valueForAnotherKey, one, try seals.key(.x25519, 9))
        wrong("altered-ciphertext", "A ciphertext that was altered doesn't open.", .alteredValue, one.with(ciphertext: seals.flipped(one.ciphertext, 0)))
        wrong("altered-wrapped", "Nor does it with another encapsulation.", .alteredValue, one.with(wrapped: seals.flipped(one.wrapped, 3)))
        wrong("altered-sm2", "Suite 2 fails by its own tag.", .alteredValue, sm2.with(ciphertext: seals.flipped(sm2.ciphertext, 287)), seals.sm2)

        func plain(_ name: String, _ fact: String, _ content: [UInt8], length: Int = 256) throws {
            let plain = content + [UInt8](repeating: 0, count: length - content.count)
            let binding = place.binding(to: scene.provinceNode, key: seals.x25519.publicKey.thumbprint)
            let made = try FieldSeal.seal(
                plain: plain, to: seals.x25519.publicKey, of: scene.provinceNode, binding: binding, ephemeral: try seals.key(.x25519, 4))
            wrong(name, fact, .malformedValue, made)
        }
        try plain("padding-not-zero", "Behind the value there are zeros.", [0x61, 0x78, 0, 1])
        try plain("padded-too-far", "It is padded to the least length that holds it.", [0x61, 0x78], length: 1_024)
        try plain("no-value", "What opens is a value.", [0xf6])
        try plain("long-head", "A value has one spelling in there too.", [0x78, 0x01, 0x78])
        try plain("sealed-twice", "Nothing sealed is sealed in it.", Maker.item(one), length: 1_024)
        makeMalformedSealedValues(Maker.item(one))
    }

    /// What no reader tries to open.
    private mutating func makeMalformedSealedValues(_ good: [UInt8]) {
        func add(_ name: String, _ fact: String, _ code: FormatError.Code, _ change: (inout [CBORItem]) -> Void) {
            guard let item = try? CBORItem.decode(good), case .tag(let tag, let inner) = item, var items = inner.array else { preconditionFailure("no sealed value") }
            change(&items)
            self.add("sealedValue", name, fact, CBORItem.tag(tag, .array(items)).encode(), given: ["curve": "x25519"], refused: code)
        }
        add("suite-three", "There are two suites.", .unsupported) { $0[0] = 3 }
        add("five-items", "Six items, no fewer.", .wrongCount) { $0.removeLast() }
        add("receiver-short", "Nodes, keys and digests have 32 bytes.", .wrongCount) { $0[1] = .bytes([1]) }
        add("wrapped-of-another-suite", "An encapsulation has 32 or 65 bytes.", .outOfRange) { $0[4] = .bytes([UInt8](repeating: 1, count: 33)) }
        add("wrapped-of-suite-two", "An SM2 ciphertext of a secret has 96 to 160 bytes.", .outOfRange) { $0[0] = 2 }
        add("not-padded", "A ciphertext has one of five lengths.", .outOfRange) { $0[5] = .bytes(Array(($0[5].bytes ?? []).dropLast())) }
        add("empty", "An empty one is none of them.", .outOfRange) { $0[5] = .bytes([]) }
        add("too-long", "The longest is 65,536 bytes and a tag.", .limitExceeded) { $0[5] = .bytes([UInt8](repeating: 0, count: 65_553)) }
    }

    private func value(_ seals: Seals, _ value: Value = "举报人另有说明", to key: SealingKey) throws -> SealedValue {
        try FieldSeal.seal(
            value, to: key.publicKey, of: scene.provinceNode, at: scene.sealedPlace, ephemeral: key.curve == .p256 ? seals.key(.p256, 5) : seals.key(.x25519, 4))
    }

    private func given(_ seals: Seals, _ key: SealingKey, _ place: SealedPlace?) -> [String: String] {
        let place = place ?? scene.sealedPlace
        return seals.given(key).merging([
            "record": place.record.description, "unit": place.unit.text, "epoch": place.origin.epoch.description, "number": "\(place.origin.number)",
            "field": "\(place.field.wire)",
        ]) { $1 }
    }

    /// SM2 encrypts with random numbers: the value stays as it is while it opens to the same.
    private func keptValue(_ name: String, _ made: SealedValue, _ given: [String: String]) throws -> SealedValue {
        guard let old = VectorFiles.read("sealedValue/\(name)"), old.given == given else { return made }
        var new = old
        new.bytes = Maker.item(made).hex
        var reader = CBORReader(old.content)
        guard try Verdict(on: old) == Verdict(on: new), let kept = try Value(from: &reader).sealed else { return made }
        return kept
    }

    static func item(_ value: SealedValue) -> [UInt8] { cbor { Value.sealed(value).encode(into: &$0) } }
}

extension Scene {
    /// The remark on the county's figure, in its first operation.
    static let remark = FieldNumber(index: 17, class: .internal)
    var sealedPlace: SealedPlace { SealedPlace(first, Scene.remark) }

    /// A remark for the province's eyes, at the place of the county's first operation.
    func sealedRemark(at place: SealedPlace? = nil) throws -> Value {
        let seals = try Seals()
        return .sealed(
            try FieldSeal.seal(
                "举报人另有说明", to: seals.x25519.publicKey, of: provinceNode, at: place ?? sealedPlace, ephemeral: seals.key(.x25519, 4)))
    }
}

extension SealedPlace {
    fileprivate func with(record: RecordID? = nil, unit: UnitID? = nil, epoch: Epoch? = nil, number: UInt64? = nil, field: FieldNumber? = nil) -> SealedPlace {
        SealedPlace(
            record: record ?? self.record, unit: unit ?? self.unit, origin: Origin(epoch: epoch ?? origin.epoch, number: number ?? origin.number),
            field: field ?? self.field)
    }
}

extension SealedValue {
    fileprivate func with(receiver: NodeID? = nil, binding: Hash32? = nil, wrapped: [UInt8]? = nil, ciphertext: [UInt8]? = nil) -> SealedValue {
        SealedValue(
            suite: suite, receiver: receiver ?? self.receiver, key: key, binding: binding ?? self.binding, wrapped: wrapped ?? self.wrapped,
            ciphertext: ciphertext ?? self.ciphertext)
    }
}
