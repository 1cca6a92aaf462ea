import Foundation
import TiaokuaiModel

/// Reads a file of JSON lines, one flat object each, as fast as it can be read strictly: in chunks, over bytes, making strings
/// only for what is asked for.
///
/// ```swift
/// let lines = JSONLines(keys: ["region", "value"]) { try handle.read(upToCount: 1 << 20).map { [UInt8]($0) } }
/// while try lines.next() { use(try lines.text(0), try lines.number(1)) }
/// ```
///
/// Each line is an object of strings, numbers, booleans and nulls (RFC 8259); a nested value, a key twice, a key that is not
/// expected, a number that `ExactDecimal` can't hold, invalid UTF-8, a lone surrogate or a control character is refused with
/// the line (`row`) and the byte in it (`column`). Lines of white space are skipped and counted; a byte order mark at the
/// beginning is left out. Memory is a chunk and one line, however long the file is.
public final class JSONLines {
    public struct Limits: Hashable, Sendable {
        public var lineBytes = 1 << 20
        public var fields = 64
        public init() {}
    }

    /// The line that was read last, from 1.
    public private(set) var lineNumber = 0

    private let more: () throws -> [UInt8]?
    private let limits: Limits
    private var scanner: JSONLineScanner
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - keys: what an object may hold; their places here are the slots by which values are asked for. Empty: any key,
    ///     to be read with `fields()`.
    ///   - more: the next bytes of the file, as many as it likes; nil at the end. What it throws comes out of `next`.
    public init(keys: [String], limits: Limits = Limits(), more: @escaping () throws -> [UInt8]?) {
        self.more = more
        self.limits = limits
        scanner = JSONLineScanner(keys: keys, maximumFields: limits.fields)
    }

    /// Reads from memory.
    public convenience init(_ bytes: [UInt8], keys: [String], limits: Limits = Limits()) {
        self.init(keys: keys, limits: limits) { nil }
        buffer = bytes
    }

    /// Reads the next object; false at the end. Throws `EntryError`, or what the source of bytes throws.
    public func next() throws -> Bool {
        while let range = try nextLine() {
            lineNumber += 1
            if lineNumber == 1, buffer[range].starts(with: [0xEF, 0xBB, 0xBF]) {
                if try scan(range.lowerBound + 3..<range.upperBound) { return true }
            } else if try scan(range) {
                return true
            }
        }
        return false
    }

    private func scan(_ range: Range<Int>) throws(EntryError) -> Bool {
        let (bytes, line) = (buffer, lineNumber)
        let result = bytes.withUnsafeBufferPointer { all -> Result<Bool, EntryError> in
            do throws(EntryError) { return .success(try scanner.scan(all, range)) } catch { return .failure(error.at(row: line)) }
        }
        return try result.get()
    }

    /// The bytes of the next line without its end; nil at the end of the file.
    private func nextLine() throws -> Range<Int>? {
        var searched = position
        while true {
            if let end = newline(from: searched) {
                defer { position = end + 1 }
                return try checked(position..<end)
            }
            searched = buffer.count
            if isAtEnd {
                guard position < buffer.count else { return nil }
                defer { position = buffer.count }
                return try checked(position..<buffer.count)
            }
            _ = try checked(position..<buffer.count)
            guard let chunk = try more() else {
                isAtEnd = true
                continue
            }
            searched -= position
            buffer.removeFirst(position)
            position = 0
            buffer += chunk
        }
    }

    private func newline(from start: Int) -> Int? {
        guard start < buffer.count else { return nil }
        return buffer.withUnsafeBytes { all in
            guard let base = all.baseAddress, let found = memchr(base + start, 0x0A, all.count - start) else { return nil }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    private func checked(_ range: Range<Int>) throws(EntryError) -> Range<Int> {
        guard range.count <= limits.lineBytes else { throw EntryError(.lineTooLong, "\(limits.lineBytes)", row: lineNumber + 1) }
        return range.last.map { buffer[$0] == 0x0D } ?? false ? range.dropLast() : range
    }
}

// MARK: The object that was read last

extension JSONLines {
    /// True when the object has the key of this slot, be it null.
    public func has(_ slot: Int) -> Bool { scanner.field(slot) != nil }

    /// Nil where the object does not have the key.
    public func scalar(_ slot: Int) -> JSONScalar? { scanner.field(slot).map { field in buffer.withUnsafeBufferPointer { scanner.scalar(field, in: $0) } } }

    /// Throws `missingKey`, or `wrongType` for what is no string.
    public func text(_ slot: Int) throws(EntryError) -> String {
        let field = try required(slot)
        guard field.kind == .text else { throw wrongType(slot, field) }
        return buffer.withUnsafeBufferPointer { scanner.text(field.start..<field.end, field.isEscaped, in: $0) }
    }

    /// Throws `missingKey`, or `wrongType` for what is no number.
    public func number(_ slot: Int) throws(EntryError) -> ExactDecimal {
        let field = try required(slot)
        guard field.kind == .number else { throw wrongType(slot, field) }
        return field.number
    }

    /// Throws `missingKey`, or `wrongType` for what is no boolean.
    public func boolean(_ slot: Int) throws(EntryError) -> Bool {
        let field = try required(slot)
        guard field.kind == .yes || field.kind == .no else { throw wrongType(slot, field) }
        return field.kind == .yes
    }

    /// All fields in the order of the line.
    public func fields() -> [(key: String, value: JSONScalar)] {
        buffer.withUnsafeBufferPointer { bytes in scanner.fields.map { (scanner.key($0, in: bytes), scanner.scalar($0, in: bytes)) } }
    }

    private func required(_ slot: Int) throws(EntryError) -> JSONLineScanner.Field {
        guard let field = scanner.field(slot) else { throw EntryError(.missingKey, scanner.keys[slot], row: lineNumber) }
        return field
    }

    private func wrongType(_ slot: Int, _ field: JSONLineScanner.Field) -> EntryError {
        EntryError(.wrongType, scanner.keys[slot], row: lineNumber, column: field.start - scanner.lineStart + 1)
    }
}
