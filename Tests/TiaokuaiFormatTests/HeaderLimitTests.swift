import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel

@Suite struct HeaderLimitTests {
    private func header(resuming count: Int) -> [UInt8] {
        let header = ChangesetHeader(
            network: NetworkID(.zero), feed: Feed(node: NodeID(.zero), epoch: Epoch(high: 0, low: 9), partition: .policy("620000")), sequence: 1,
            predecessor: nil, bodyLength: 0, count: 0, credential: .zero, rootStatement: 1, checkpoint: nil, isRehearsal: false,
            resumes: (0..<count).map { .init(epoch: Epoch(high: 1, low: UInt64($0)), head: ChangesetID(.zero)) })
        var encoder = CBOREncoder()
        header.encode(into: &encoder)
        return encoder.bytes
    }

    @Test func aHeaderNamesAtMost256HeadsOfEarlierEpochs() throws {
        var most = CBORReader(header(resuming: 256))
        #expect(try ChangesetHeader(from: &most).resumes.count == 256)
        var more = CBORReader(header(resuming: 257))
        #expect {
            try ChangesetHeader(from: &more)
        } throws: {
            ($0 as? FormatError)?.code == .limitExceeded
        }
    }
}
