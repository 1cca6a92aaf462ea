import CArchivePages

/// What every archive carries beside a year's history: the format pages, the golden files and the verifier in Python, as they
/// were in the source tree of this program.
public enum ArchivePages {
    public struct Page: Sendable {
        /// Below the archive's folder.
        public let path: String
        public let bytes: [UInt8]
    }

    public static var count: Int { tk_archive_page_count() }

    /// One page at a time, ascending by path.
    public static func forEach(_ body: (Page) throws -> Void) rethrows {
        for index in 0..<count {
            guard let page = tk_archive_page(index)?.pointee else { continue }
            try body(Page(path: String(cString: page.path), bytes: Array(UnsafeBufferPointer(start: page.bytes, count: page.count))))
        }
    }
}
