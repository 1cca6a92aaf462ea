import Foundation
import TiaokuaiNode
import TiaokuaiSeal
import TiaokuaiTrust

/// What comes out of a bundle file as it is read, piece by piece; sealed or not.
enum BundleContent {
    /// The file is sealed; its head was checked.
    case sealed(SealHead)
    case bytes(ArraySlice<UInt8>)
    /// A stretch of a sealed file that can't be opened; what follows can.
    case damaged(SealError)

    /// Reads a file in bounded memory. `seen` gets the file's own bytes as they lie.
    ///
    /// A sealed file that can't be opened at all throws its `SealError`; before that its head is given out unchecked where it
    /// is readable, so that people can be told for whom it is.
    static func read(_ path: String, keys: [SealingKey], seen: ([UInt8]) throws -> Void = { _ in }, take: (BundleContent) throws -> Void) throws {
        var opener: SealOpener?
        var beginning: [UInt8] = []
        var isDecided = false
        func drain(_ opener: SealOpener) throws {
            while let event = try opener.next() {
                switch event {
                case .head(let head): try take(.sealed(head))
                case .content(let bytes, _): try take(.bytes(bytes))
                case .damaged(let error, _): try take(.damaged(error))
                }
            }
        }
        try MediumFile.read(path) { piece in
            try seen(piece)
            guard isDecided else {
                beginning += piece
                guard let isSealed = SealHead.begins(beginning) else { return }
                isDecided = true
                guard isSealed else { return try take(.bytes(beginning[...])) }
                let made = SealOpener(keys: keys)
                opener = made
                made.feed(beginning)
                return try drain(made)
            }
            guard let opener else { return try take(.bytes(piece[...])) }
            opener.feed(piece)
            try drain(opener)
        }
        if !isDecided { return try take(.bytes(beginning[...])) }
        guard let opener else { return }
        opener.finish()
        try drain(opener)
    }
}
