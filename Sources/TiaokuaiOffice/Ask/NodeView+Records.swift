import TiaokuaiModel
import TiaokuaiNode
import TiaokuaiStore

extension NodeView {
    /// Every record of a place and those below, partition by partition, in order of arrival; `onlySettled`: that the engine settled.
    func records(within place: RegionID, onlySettled: Bool = false, _ body: (RecordRow) throws -> Void) throws {
        for partition in try reader.partitions() where partition.partition.place.map({ isWithin($0, place) }) ?? false {
            try records(inPartition: partition.ref, onlySettled: onlySettled, body)
        }
    }

    func records(inPartition ref: Int64, onlySettled: Bool = false, _ body: (RecordRow) throws -> Void) throws {
        var last = RecordRef(0)
        while true {
            let page = try reader.records(inPartition: ref, after: last, limit: 500, onlySettled: onlySettled)
            guard let end = page.last else { return }
            for ref in page { try body(try reader.record(ref)) }
            last = end
        }
    }
}
