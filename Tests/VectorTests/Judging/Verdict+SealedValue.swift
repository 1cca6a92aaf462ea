import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

extension Verdict {
    /// A sealed value is valid when it opens at the given place to the given key; what only a form can be wrong in needs neither.
    static func sealedValue(_ vector: Vector) throws -> [String: [String]] {
        var reader = CBORReader(vector.content)
        guard let sealed = try Value(from: &reader).sealed else { throw Refusal(code: "malformedVector") }
        try reader.finish()
        guard let curve = SealingCurve.allCases.first(where: { "\($0)" == vector.given["curve"] }), let epoch = Epoch(bytes: vector.bytes(given: "epoch")) else {
            throw Refusal(code: "malformedVector")
        }
        let place = SealedPlace(
            record: RecordID(vector.hash(given: "record")), unit: try UnitID(checking: vector.given["unit"] ?? ""),
            origin: Origin(epoch: epoch, number: UInt64(vector.number(given: "number"))), field: FieldNumber(wire: UInt32(vector.number(given: "field"))))
        do {
            let value = try FieldSeal.open(sealed, at: place, keys: [try SealingKey(curve, secret: vector.bytes(given: "secret"))])
            return [
                "suite": ["\(sealed.suite.rawValue)"], "receiver": [sealed.receiver.description], "key": [sealed.key.description],
                "binding": [sealed.binding.description], "value": [cbor { value.encode(into: &$0) }.hex],
            ]
        } catch let error as SealError {
            throw Refusal(code: error.code.rawValue)
        }
    }
}
