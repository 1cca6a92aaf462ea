/// Puts a table together from the state of one day and the changes before and after it.
///
/// Changes before that day are taken back, newest first, so that places which no longer exist come to light; changes after
/// it are carried out, oldest first. Then ids are given, superiors are resolved and everything is checked.
struct RegionTableBuilder {
    struct Mention {
        var code: String
        var name: String?
    }

    struct Target {
        enum Role { case same, begins, goesOn }
        var place: Mention
        var role: Role
    }

    struct Stretch {
        var from, until: Day?
        var code, name: String
        var parentCode: String?
    }

    struct Place {
        var level: Region.Level
        var kind: Region.Kind
        /// Ascending.
        var stretches: [Stretch]
    }

    struct Change {
        var kind: RegionChange.Kind
        var from: Mention?
        var to: [Target]
        /// Places by index, once carried out.
        var fromPlace: Int?
        var toPlaces: [Int] = []
    }

    struct Batch {
        var day: Day
        var year: Int
        var changes: [Change] = []
    }

    let edition: Day
    private(set) var places: [Place] = []
    /// Code → place on the day of the edition.
    private var shown: [String: Int] = [:]
    private var countryCode: String?
    private(set) var batches: [Batch] = []
    private var changeCount = 0

    init(edition: Day) { self.edition = edition }

    mutating func add(code: String, name: String, level: Region.Level, kind: Region.Kind, parent: String?) throws(ModelError) {
        guard shown.updateValue(places.count, forKey: code) == nil else { throw Self.failure("code \(code) twice") }
        guard places.count < RegionTable.maximumPlaces else { throw Self.failure("more than \(RegionTable.maximumPlaces) places") }
        places.append(Place(level: level, kind: kind, stretches: [Stretch(code: code, name: name, parentCode: parent)]))
        if level == .country { countryCode = code }
    }

    mutating func beginBatch(day: Day, year: Int) throws(ModelError) {
        if let last = batches.last, last.day >= day { throw Self.failure("changes not in ascending order of day") }
        batches.append(Batch(day: day, year: year))
    }

    mutating func addChange(_ kind: RegionChange.Kind, from: Mention?, to: [Target]) throws(ModelError) {
        guard !batches.isEmpty else { throw Self.failure("a change before any day") }
        guard changeCount < RegionTable.maximumChanges else { throw Self.failure("more than \(RegionTable.maximumChanges) changes") }
        guard Set(to.map(\.place.code)).count == to.count else { throw Self.failure("a target twice") }
        let same = to.filter { $0.role == .same }
        let fits =
            switch kind {
            case .recode, .rename, .transfer: to.count == 1
            case .merge: to.count == 1 && same.isEmpty
            case .split: to.count >= 2 && same.isEmpty
            case .new: to.count == 1 && to[0].role == .begins
            }
        guard fits else { throw Self.failure("the places do not fit the kind \(kind.rawValue)") }
        changeCount += 1
        batches[batches.count - 1].changes.append(Change(kind: kind, from: from, to: to))
    }

    mutating func table(named name: String) throws(ModelError) -> RegionTable {
        var earlier = shown
        for index in batches.indices.reversed() where batches[index].day <= edition { try takeBack(index, &earlier) }
        var later = shown
        for index in batches.indices where batches[index].day > edition { try carryOut(index, &later) }
        return try assemble(name)
    }

    // MARK: Before the edition

    /// `current` is code → place just after the batch's day; it becomes what held just before.
    private mutating func takeBack(_ index: Int, _ current: inout [String: Int]) throws(ModelError) {
        let day = batches[index].day
        let after = current
        for change in batches[index].changes.indices {
            let targets = batches[index].changes[change].to
            for target in targets {
                guard target.place.name == nil else { throw Self.failure("a name for \(target.place.code), which the table shows") }
                guard let place = after[target.place.code] else { throw Self.failure("no place of code \(target.place.code) on \(day)") }
                batches[index].changes[change].toPlaces.append(place)
                if target.role != .goesOn {
                    // Several places may merge into one that begins: the first takes it out.
                    let isOut = current.removeValue(forKey: target.place.code) == nil
                    guard !isOut || target.role == .begins && places[place].stretches[0].from == day else {
                        throw Self.failure("two changes of \(target.place.code) on \(day)")
                    }
                    places[place].stretches[0].from = day
                }
            }
        }
        for change in batches[index].changes.indices {
            let (from, targets) = (batches[index].changes[change].from, batches[index].changes[change].to)
            guard let from else { continue }
            let kept = targets.firstIndex { $0.role == .same }
            if targets.contains(where: { $0.role == .goesOn && $0.place.code == from.code }) {
                // It goes on under its own code and only takes in what the others were.
                batches[index].changes[change].fromPlace = after[from.code]
                continue
            }
            let heir = batches[index].changes[change].toPlaces[kept ?? 0]
            guard let name = from.name ?? (kept == nil ? nil : places[heir].stretches[0].name) else { throw Self.failure("no name for \(from.code)") }
            let stretch = Stretch(until: day, code: from.code, name: name, parentCode: parentCode(of: from.code))
            if kept != nil {
                places[heir].stretches.insert(stretch, at: 0)
                batches[index].changes[change].fromPlace = heir
            } else {
                let kind = places[heir].kind == .virtual ? .admin : places[heir].kind
                places.append(Place(level: Self.level(of: from.code), kind: kind, stretches: [stretch]))
                batches[index].changes[change].fromPlace = places.count - 1
            }
            guard let place = batches[index].changes[change].fromPlace, current.updateValue(place, forKey: from.code) == nil else {
                throw Self.failure("two places of code \(from.code) before \(day)")
            }
        }
    }

    // MARK: After the edition

    private mutating func carryOut(_ index: Int, _ current: inout [String: Int]) throws(ModelError) {
        let day = batches[index].day
        for change in batches[index].changes.indices {
            guard let from = batches[index].changes[change].from else { continue }
            let targets = batches[index].changes[change].to
            guard from.name == nil else { throw Self.failure("a name for \(from.code), which the table shows") }
            let goesOn = targets.contains { $0.role == .goesOn && $0.place.code == from.code }
            guard let place = goesOn ? current[from.code] : current.removeValue(forKey: from.code) else {
                throw Self.failure("no place of code \(from.code) before \(day)")
            }
            batches[index].changes[change].fromPlace = place
            if !goesOn { places[place].stretches[places[place].stretches.count - 1].until = day }
        }
        var begun: [String: Int] = [:]
        for change in batches[index].changes.indices {
            for target in batches[index].changes[change].to where target.role != .goesOn {
                let code = target.place.code
                if target.role == .begins, let place = begun[code] {
                    guard target.place.name == nil || target.place.name == places[place].stretches[0].name else {
                        throw Self.failure("two names for \(code)")
                    }
                    continue
                }
                let source = target.role == .same ? batches[index].changes[change].fromPlace : nil
                guard let name = target.place.name ?? source.flatMap({ places[$0].stretches.last?.name }) else { throw Self.failure("no name for \(code)") }
                let stretch = Stretch(from: day, code: code, name: name, parentCode: parentCode(of: code))
                if let source {
                    places[source].stretches.append(stretch)
                } else {
                    places.append(Place(level: Self.level(of: code), kind: .admin, stretches: [stretch]))
                    begun[code] = places.count - 1
                }
                guard current.updateValue(source ?? places.count - 1, forKey: code) == nil else { throw Self.failure("two places of code \(code) from \(day)") }
            }
        }
        for change in batches[index].changes.indices {
            for target in batches[index].changes[change].to {
                guard let place = current[target.place.code] else { throw Self.failure("no place of code \(target.place.code) on \(day)") }
                guard target.role != .goesOn || target.place.name == nil else { throw Self.failure("a name for \(target.place.code), which the table shows") }
                batches[index].changes[change].toPlaces.append(place)
            }
        }
    }

    // MARK: Codes

    /// In changes the level and the superior follow from the zeros of a code, as the published lists write them.
    private static func level(of code: String) -> Region.Level {
        if code.hasSuffix("0000") { return .province }
        return code.hasSuffix("00") ? .city : .county
    }
    private func parentCode(of code: String) -> String? {
        if code.hasSuffix("0000") { return countryCode }
        return code.hasSuffix("00") ? code.prefix(2) + "0000" : code.prefix(4) + "00"
    }

    static func failure(_ what: String) -> ModelError { ModelError(.malformedRegionTable, what) }
}
