extension Frame {
    /// Longest beginning of a frame up to its payload: marker, type, head of the byte string.
    public static let headBytes = marker.count + 1 + 5

    /// The whole length of the frame that begins with these bytes, as its head announces it; nil when none begins here, or none
    /// that is admitted. `headBytes` of it are always enough.
    public static func length(announcedBy beginning: [UInt8]) -> Int? {
        guard beginning.starts(with: marker), beginning.count > marker.count + 1 else { return nil }
        // Every type has a number below 24, and so one byte.
        let head = beginning[marker.count + 1]
        guard beginning[marker.count] < 24, head >> 5 == 2 else { return nil }
        let extra =
            switch head & 31 {
            case 0..<24: 0
            case 24: 1
            case 25: 2
            case 26: 4
            default: -1
            }
        let start = marker.count + 2
        guard extra >= 0, beginning.count >= start + extra else { return nil }
        let payload = extra == 0 ? Int(head & 31) : beginning[start..<start + extra].reduce(0) { $0 << 8 | Int($1) }
        guard payload <= Limits.frameBytes else { return nil }
        return start + extra + payload + 34
    }
}
