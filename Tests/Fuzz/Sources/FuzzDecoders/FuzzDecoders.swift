import Foundation
import TiaokuaiFormat
import TiaokuaiModel
import TiaokuaiSeal
import TiaokuaiTrust

// Every decoder of bytes from outside, chosen by the input's first byte. A decoder may refuse; it may not crash, hang, or take
// memory beyond its limits. What it accepts must encode to the same bytes where the format says that there is one spelling.

private func fuzz(_ bytes: [UInt8]) {
    guard let choice = bytes.first else { return }
    let input = Array(bytes.dropFirst())
    switch choice % 18 {
    case 0:
        if let item = try? CBORItem.decode(input, mode: .deterministic) { precondition(item.encode() == input, "a second spelling was accepted") }
    case 1:
        var reader = CBORReader(input)
        if let operation = try? Operation(from: &reader), reader.isAtEnd { precondition(operation.explicitForm == input, "a second spelling of an operation") }
    case 2:
        if let root = try? RootStatement(input) { precondition(root.explicitForm == input, "root statement") }
    case 3:
        if let content = try? CredentialContent(input) { precondition(content.explicitForm == input, "credential") }
    case 4:
        if let checkpoint = try? Checkpoint(input) { precondition(checkpoint.explicitForm == input, "checkpoint") }
    case 5:
        if let receipt = try? Receipt(input) { precondition(receipt.explicitForm == input, "receipt") }
    case 6:
        if let item = try? ChangesetItem(input) { _ = try? UnverifiedChangeset(item) }
    case 7:
        let feed = Feed(node: NodeID(.zero), epoch: Epoch(high: 1, low: 2), partition: .work("620724", nil))
        if var decoder = try? BodyDecoder(input, feed: feed, network: NetworkID(.zero), count: Int(input.last ?? 0)) {
            _ = try? decoder.operations { _, _ in ResolvedPrevious(id: OperationID(.zero), record: RecordID(.zero), kind: "cell") }
        }
    case 8:
        var parser = FrameParser()
        var total: UInt64 = 0
        for piece in stride(from: 0, to: input.count, by: 7) {
            parser.feed(input[piece..<min(piece + 7, input.count)])
            while let event = parser.next() { if case .damaged(_, let length, _) = event { total += length } }
        }
        parser.finish()
        while let event = parser.next() { if case .damaged(_, let length, _) = event { total += length } }
        precondition(total <= UInt64(input.count), "more damage than bytes")
    case 9:
        for type in StatementType.allCases { _ = try? UnverifiedStatement(input, type) }
    case 10:
        if let request = try? EnrolmentRequest(input) { precondition(request.explicitForm == input, "request") }
    case 11: _ = try? VerifyingKey(coseKey: input)
    case 12:
        if let heads = try? Heads(decoding: input) { precondition(heads.explicitForm == input, "heads") }
    case 13:
        if let cut = try? CutContent(input) { precondition(cut.explicitForm == input, "cut") }
    case 14:
        if let header = try? BundleHeader(input) { precondition(header.explicitForm == input, "bundle header") }
        if let trailer = try? BundleTrailer(input) { precondition(trailer.explicitForm == input, "trailer") }
    case 15:
        _ = try? ConsistencyReceipt(input)
        if let ask = try? LogAsk(input) { precondition(ask.explicitForm == input, "ask") }
        _ = try? SplitEvidence(input)
    case 16: open(input)
    default:
        _ = try? SealingPublicKey(coseKey: input)
        _ = try? SealingKey(fileBytes: input)
        _ = try? SigningKey(fileBytes: input)
    }
}

/// A sealed file, to a key that the fuzzer does not have: nothing of it may come out.
private func open(_ input: [UInt8]) {
    guard let key = try? SealingKey(secret: Array(repeating: 7, count: 32)) else { return }
    let opener = SealOpener(keys: [key])
    for piece in stride(from: 0, to: input.count, by: 11) {
        opener.feed(input[piece..<min(piece + 11, input.count)])
        drain(opener)
    }
    opener.finish()
    drain(opener)
}

private func drain(_ opener: SealOpener) {
    while let event = try? opener.next() {
        if case .content = event { preconditionFailure("content without a key") }
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    fuzz(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ argc: UnsafeMutablePointer<CInt>, _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

@main
struct FuzzDecoders {
    static func main() {
        var argc = CommandLine.argc
        var argv: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(runDriver(&argc, &argv) { testOneInput($0, $1) })
    }
}
