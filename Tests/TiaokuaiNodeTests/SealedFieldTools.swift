import Foundation
import TiaokuaiFormat
import TiaokuaiMerge
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiWork

@testable import TiaokuaiNode

extension TestNetwork {
    func field(_ field: FieldNumber, at name: String, of key: RecordKey = grainKey) throws -> FieldOutcome? {
        try self[name].ask { view in try view.recordRef(key).flatMap { try view.settlement($0)?.fields[field] } }
    }

    /// Sealed values of a record as a node holds them, oldest first.
    func sealed(_ name: String, _ field: FieldNumber = CellKind.remark, of key: RecordKey = grainKey) throws -> [(place: SealedPlace, value: SealedValue)] {
        try self[name].ask { view in
            guard let ref = try view.recordRef(key) else { return [] }
            let held = try view.operations(of: ref).sorted { $0.operation.written.milliseconds < $1.operation.written.milliseconds }
            return held.flatMap { $0.operation.sealedValues.filter { $0.place.field == field } }
        }
    }

    /// What they open to with the node's own keys.
    func opened(_ name: String, _ field: FieldNumber = CellKind.remark, of key: RecordKey = grainKey) throws -> [Value] {
        try sealed(name, field, of: key).map { try FieldSeal.open($0.value, at: $0.place, keys: self[name].keys.sealingKeys) }
    }

    /// The text stands in some file of the node's folder, as UTF-8.
    func holds(_ text: String, in name: String) -> Bool {
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: path(name))) ?? []
        return files.contains { file in
            (try? Data(contentsOf: URL(fileURLWithPath: path("\(name)/\(file)"))))?.range(of: Data(text.utf8)) != nil
        }
    }
}
