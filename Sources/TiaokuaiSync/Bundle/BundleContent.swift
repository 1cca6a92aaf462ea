import Foundation
import TiaokuaiFormat
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

    /// Whether a bundle, sealed or not, may begin with these bytes: with all of them, if they are fewer than its marker.
    static func mayBegin(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Frame.marker.prefix(bytes.count)) || SealHead.begins(bytes) != false }

    /// Reads a file in bounded memory. `seen` gets the file's own bytes as they lie. Of the keys only those are opened that the
    /// file's head names.
    ///
    /// A sealed file that can't be opened at all throws its `SealError`; before that its head is given out unchecked where it
    /// is readable, so that people can be told for whom it is.
    static func read(_ source: BundleSource, keys: SealingKeyring, seen: ([UInt8]) throws -> Void = { _ in }, take: (BundleContent) throws -> Void) throws {
        var opener: SealOpener?
        var beginning: [UInt8] = []
        var isOpen = false
        func drain(_ opener: SealOpener) throws {
            while let event = try opener.next() {
                switch event {
                case .head(let head): try take(.sealed(head))
                case .content(let bytes, _): try take(.bytes(bytes))
                case .damaged(let error, _): try take(.damaged(error))
                }
            }
        }
        /// Once the head is there, or all that there is of it; what is wrong with it, the opener says.
        func begin(_ head: SealHead?) throws {
            let made = SealOpener(keys: try keys.keys(for: head?.receivers.map(\.key) ?? []))
            opener = made
            made.feed(beginning)
            try drain(made)
        }
        try MediumFile.read(source) { piece in
            try seen(piece)
            if let opener {
                opener.feed(piece)
                return try drain(opener)
            }
            if isOpen { return try take(.bytes(piece[...])) }
            beginning += piece
            guard let isSealed = SealHead.begins(beginning) else { return }
            guard isSealed else {
                isOpen = true
                return try take(.bytes(beginning[...]))
            }
            switch Result(catching: { try SealHead(beginning: beginning) }) {
            case .success(nil): return
            case .success(let head): try begin(head)
            case .failure: try begin(nil)
            }
        }
        if isOpen { return }
        if opener == nil {
            guard SealHead.begins(beginning) == true else { return try take(.bytes(beginning[...])) }
            try begin(nil)
        }
        guard let opener else { return }
        opener.finish()
        try drain(opener)
    }
}
