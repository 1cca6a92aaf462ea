import Testing
import TiaokuaiFormat
import TiaokuaiHash
import TiaokuaiModel
import TiaokuaiTrust

/// What every signed statement must be before its signer is looked at.
@Suite struct StatementLimitTests {
    private let key = try? SigningKey(.ed25519, secret: Array(repeating: 7, count: 32))

    private func code(_ bytes: [UInt8]) -> FormatError.Code? {
        do throws(FormatError) {
            _ = try UnverifiedStatement(bytes, .checkpoint)
            return nil
        } catch {
            return error.code
        }
    }

    /// A checkpoint's envelope with these headers, signed as it is.
    private func envelope(_ content: [UInt8] = [1], _ change: (inout COSEHeader, inout COSEHeader) -> Void = { _, _ in }) throws -> [UInt8] {
        let key = try #require(key)
        var (protected, unprotected) = (COSEHeader(), COSEHeader())
        protected.keyID = key.verifyingKey.thumbprint.bytes
        protected.type = .text(StatementType.checkpoint.contentType)
        change(&protected, &unprotected)
        return try COSESigner.signEnvelope(protected: protected, unprotected: unprotected, payload: content, key: key).encode()
    }

    @Test func aStatementHasAtMostFourMegabytes() throws {
        let around = try envelope(Array(repeating: 0, count: 70_000)).count - 70_000
        #expect(code(try envelope(Array(repeating: 0, count: Limits.statementBytes - around))) == nil)
        #expect(code(try envelope(Array(repeating: 0, count: Limits.statementBytes - around + 1))) == .limitExceeded)
    }

    @Test func nothingStandsOutsideTheSignature() throws {
        #expect(code(try envelope()) == nil)
        #expect(code(try envelope { $1[-70_999] = "later" }) == .malformedHeader)
    }

    @Test func aKeyIDIsAWholeThumbprint() throws {
        #expect(code(try envelope { protected, _ in protected.keyID = [1, 2, 3] }) == .malformedHeader)
        #expect(code(try envelope { protected, _ in protected.keyID = nil }) == .malformedHeader)
    }

    /// Stores count in 63 bits: a larger size would stand there as another.
    @Test func aCheckpointIsOfNoLargerLogThanAnyoneCanHold() throws {
        func checkpoint(_ size: UInt64) -> Checkpoint {
            let hash = sha256([1])
            return Checkpoint(
                network: NetworkID(hash), node: NodeID(hash), epoch: Epoch(high: 1, low: 2), size: size, root: hash, written: Written(milliseconds: 0), ownFeeds: [])
        }
        #expect(try Checkpoint(checkpoint(UInt64(Int64.max)).explicitForm).size == UInt64(Int64.max))
        for size in [UInt64(Int64.max) + 1, .max] {
            #expect { try Checkpoint(checkpoint(size).explicitForm) } throws: { ($0 as? FormatError)?.code == .limitExceeded }
        }
    }
}
