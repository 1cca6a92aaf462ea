import TiaokuaiModel
import TiaokuaiWording

/// Instants as people and programs write them: a day of UTC+8, or day and time with an offset.
enum Instant {
    /// `2020-08-12` (nine in the morning of that day, UTC+8), `2020-08-12T09:30:00+08:00`, `2020-08-12T01:30:00Z`. Throws `wrongInstant`.
    static func parse(_ text: String) throws -> Written {
        let wrong = CommandError(.wrongInstant, ["text": text])
        guard let day = try? Day(parsing: String(text.prefix(10))) else { throw wrong }
        if text.count == 10 { return Written(milliseconds: day.begin.milliseconds + 9 * 3_600_000) }
        let rest = text.dropFirst(10)
        guard rest.first == "T" || rest.first == " " else { throw wrong }
        let clock = rest.dropFirst()
        guard let zone = clock.firstIndex(where: { "Z+-".contains($0) }), let offset = minutes(ofZone: clock[zone...]) else { throw wrong }
        let parts = clock[..<zone].split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], let second = parts.count == 3 ? parts[2] : 0,
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { throw wrong }
        // The clock is of the zone that it names; the day begins in UTC+8.
        return Written(milliseconds: day.begin.milliseconds + ((hour * 60 + minute - offset + 8 * 60) * 60 + second) * 1_000)
    }

    private static func minutes(ofZone zone: Substring) -> Int64? {
        if zone == "Z" { return 0 }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let hours = parts[0], let minutes = parts[1], (0...14).contains(hours), (0..<60).contains(minutes) else { return nil }
        return (zone.first == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
