import ArgumentParser

/// A length of time as people write it: `90`, `30s`, `10m`, `24h`, `7d`; a bare number is of seconds.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let seconds: Int64

    init(_ seconds: Int64) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let unit = argument.last.flatMap { units[$0] }
        guard let number = Int64(unit == nil ? argument[...] : argument.dropLast()), (0...100_000).contains(number) else { return nil }
        seconds = number * (unit ?? 1)
    }

    var description: String {
        for (letter, length) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60)] where seconds > 0 && seconds.isMultiple(of: length) { return "\(seconds / length)\(letter)" }
        return "\(seconds)s"
    }

    var defaultValueDescription: String { description }
}
