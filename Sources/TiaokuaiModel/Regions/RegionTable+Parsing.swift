/// The compact text form of a region table: `tiaokuai-regions`, version 1.
///
/// UTF-8, lines ended by LF, no trailing spaces, no empty lines. A line that begins with `#` is a remark. Grammar by line:
///
/// ```
/// tiaokuai-regions 1 NAME DAY     name and version of the format; name of the table, day whose state it shows
/// 100000中华人民共和国             the country: its whole code and its name
/// 62甘肃省                        a province: the first two digits
///  07张掖市 02甘州区 24高台县       one space: a city, its third and fourth digits; then its counties, their last two
///   25山丹县                       two spaces: more counties of the same city
/// changes                         what follows are changes, in ascending order of day
/// @DAY YEAR                       the day from which they show and the year under which they were published
/// KIND FROM TO …                  recode, merge, split, rename, transfer or new (without FROM)
/// ```
///
/// Between digits and name stands the kind when it is not `admin`: `*` virtual, `+` zone, `?` stat. In a change a place is
/// its six digits, followed by the name where the table does not show it otherwise: the old name of a FROM up to DAY of the
/// first line, the new name of a TO after it. Before a TO stands what becomes of it: nothing when it is the same place as
/// FROM (which keeps its id), `+` when a place begins, `=` when the place was there before and goes on. In changes a place
/// stands under the node whose code is its own with the last two digits (for a city: four) made zero.
///
/// Nothing else is admitted: no second spelling, no two places of one code at one time, no place under one that is not in
/// force, and no more than the limits of `RegionTable`.
extension RegionTable {
    public static let formatName = "tiaokuai-regions"
    public static let formatVersion = 1
    public static let maximumTextBytes = 4 << 20
    public static let maximumLineBytes = 4_096

    /// Reads the text form; throws `malformedRegionTable` with the line number and what is wrong there.
    public init(parsing text: String) throws(ModelError) {
        guard text.utf8.count <= RegionTable.maximumTextBytes else {
            throw ModelError(.malformedRegionTable, "longer than \(RegionTable.maximumTextBytes) bytes")
        }
        var parser = RegionTableParser()
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines { try parser.read(Substring(line)) }
        self = try parser.finish()
    }

    /// The published divisions of GB/T 2260 and the statistical zones beside them: the state of 2020-06-30, with the
    /// changes published for 2018 to 2023. Reference data with its date: what a province publishes goes before it.
    public static let gbt2260: RegionTable = {
        do throws(ModelError) {
            return try RegionTable(parsing: gbt2260Text)
        } catch {
            // The text is part of this library, not data from outside; a test reads it whole.
            preconditionFailure("the built-in region table: \(error.fact)")
        }
    }()
}

/// Reads line by line; knows where it is, and hands what a line says to the builder.
struct RegionTableParser {
    private enum Stage { case header, country, places, changes }
    private var stage = Stage.header
    private var lineNumber = 0
    private var name = ""
    private var builder = RegionTableBuilder(edition: Day(number: 0))
    private var country = ""
    private var province = ""
    private var city = ""

    mutating func read(_ line: Substring) throws(ModelError) {
        lineNumber += 1
        let bytes = line.utf8
        try require(bytes.count <= RegionTable.maximumLineBytes, "a line longer than \(RegionTable.maximumLineBytes) bytes")
        try require(!bytes.isEmpty && bytes.last != UInt8(ascii: " "), "an empty line or a trailing space")
        try require(bytes.allSatisfy { $0 >= 0x20 }, "a control character")
        if line.hasPrefix("#"), stage != .header { return }
        do throws(ModelError) {
            switch stage {
            case .header: try readHeader(line)
            case .country: try readCountry(line)
            case .places: try readPlaces(line)
            case .changes: try readChange(line)
            }
        } catch {
            // What the builder refuses gets its line; what was refused here has it.
            throw error.fact.hasPrefix("line ") ? error : failure(error.fact)
        }
    }

    mutating func finish() throws(ModelError) -> RegionTable {
        try require(stage == .places || stage == .changes, "the text ends before any place")
        do throws(ModelError) { return try builder.table(named: name) } catch { throw ModelError(.malformedRegionTable, error.fact) }
    }

    private mutating func readHeader(_ line: Substring) throws(ModelError) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        try require(words.count == 4 && words[0] == RegionTable.formatName, "not a region table")
        try require(words[1] == "\(RegionTable.formatVersion)", "version \(words[1]) of the format is not known")
        try require(LineID.isWellFormed(String(words[2])), "not a table's name")
        name = String(words[2])
        builder = RegionTableBuilder(edition: try Day(parsing: words[3]))
        stage = .country
    }

    private mutating func readCountry(_ line: Substring) throws(ModelError) {
        let place = try placeWord(line, digits: 6)
        country = place.digits
        try builder.add(code: country, name: place.name, level: .country, kind: place.kind, parent: nil)
        stage = .places
    }

    private mutating func readPlaces(_ line: Substring) throws(ModelError) {
        if line == "changes" {
            stage = .changes
            return
        }
        let indent = line.prefix { $0 == " " }.count
        let words = line.dropFirst(indent).split(separator: " ", omittingEmptySubsequences: false)
        switch indent {
        case 0:
            try require(words.count == 1, "more than a province on its line")
            let place = try placeWord(words[0], digits: 2)
            (province, city) = (place.digits, "")
            try builder.add(code: province + "0000", name: place.name, level: .province, kind: place.kind, parent: country)
        case 1:
            try require(!province.isEmpty, "a city before any province")
            let place = try placeWord(words[0], digits: 2)
            city = province + place.digits
            try builder.add(code: city + "00", name: place.name, level: .city, kind: place.kind, parent: province + "0000")
            try readCounties(words.dropFirst())
        case 2: try readCounties(words[...])
        default: throw failure("more than two spaces")
        }
    }

    private mutating func readCounties(_ words: ArraySlice<Substring>) throws(ModelError) {
        try require(words.isEmpty || !city.isEmpty, "a county before any city")
        for word in words {
            let place = try placeWord(word, digits: 2)
            try builder.add(code: city + place.digits, name: place.name, level: .county, kind: place.kind, parent: city + "00")
        }
    }

    private mutating func readChange(_ line: Substring) throws(ModelError) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        if line.hasPrefix("@") {
            try require(words.count == 2 && words[1].utf8.count == 4, "not a day and a year")
            guard let year = Int(words[1]), year >= 1900 else { throw failure("not a year") }
            try builder.beginBatch(day: try Day(parsing: words[0].dropFirst()), year: year)
            return
        }
        guard let kind = RegionChange.Kind(rawValue: String(words[0])) else { throw failure("not a kind of change: \(words[0])") }
        try require(words.count >= (kind == .new ? 2 : 3), "a change without its places")
        let from = kind == .new ? nil : try mention(words[1])
        var targets: [RegionTableBuilder.Target] = []
        for word in words.dropFirst(kind == .new ? 1 : 2) { targets.append(try target(word, of: kind)) }
        try builder.addChange(kind, from: from, to: targets)
    }

    private func target(_ word: Substring, of kind: RegionChange.Kind) throws(ModelError) -> RegionTableBuilder.Target {
        switch word.first {
        case "+": .init(place: try mention(word.dropFirst()), role: .begins)
        case "=": .init(place: try mention(word.dropFirst()), role: .goesOn)
        default: .init(place: try mention(word), role: kind == .new ? .begins : .same)
        }
    }

    private func mention(_ word: Substring) throws(ModelError) -> RegionTableBuilder.Mention {
        let digits = word.utf8.prefix(6)
        try require(digits.count == 6 && digits.allSatisfy(isDigit), "not a code of six digits: \(word)")
        let name = String(word.utf8.dropFirst(6)) ?? ""
        if !name.isEmpty { try checkName(name) }
        return .init(code: String(Substring(digits)), name: name.isEmpty ? nil : name)
    }

    private func placeWord(_ word: Substring, digits count: Int) throws(ModelError) -> (digits: String, name: String, kind: Region.Kind) {
        let digits = word.utf8.prefix(count)
        try require(digits.count == count && digits.allSatisfy(isDigit), "not \(count) digits and a name: \(word)")
        var name = String(word.utf8.dropFirst(count)) ?? ""
        var kind = Region.Kind.admin
        switch name.first {
        case "*": kind = .virtual
        case "+": kind = .zone
        case "?": kind = .stat
        default: break
        }
        if kind != .admin { name.removeFirst() }
        try checkName(name)
        return (String(Substring(digits)), name, kind)
    }

    /// In this format a name does not begin with a mark or a digit, so that it has one reading.
    private func checkName(_ name: String) throws(ModelError) {
        try RegionTable.check(name: name)
        try require(name.utf8.first.map { !isDigit($0) && !"*+?=@#".utf8.contains($0) } ?? false, "a name that begins with a mark: \(name)")
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func require(_ condition: Bool, _ what: @autoclosure () -> String) throws(ModelError) {
        if !condition { throw failure(what()) }
    }

    private func failure(_ what: String) -> ModelError { ModelError(.malformedRegionTable, "line \(lineNumber): \(what)") }
}
