/// Finding places by what people call them.
extension RegionTable {
    /// The places in force on a day that a name can mean, ascending by code; several when it is ambiguous, none when nothing fits.
    ///
    /// First come full names (高台县), short ones (高台) and names led by those of superiors (甘肃高台, 张掖市高台县). Only
    /// when none of these fits, every name that contains the words.
    public func search(_ words: some StringProtocol, on day: Day) -> [Region] {
        let wanted = String(words.filter { !$0.isWhitespace })
        guard !wanted.isEmpty, wanted.utf8.count <= RegionTable.maximumNameBytes * 4 else { return [] }
        var exact: [Region] = []
        var loose: [Region] = []
        for region in places.values {
            guard let period = region.period(on: day), region.isTier else { continue }
            if isCalled(wanted, region, period, on: day) {
                exact.append(region)
            } else if exact.isEmpty, period.name.contains(wanted) {
                loose.append(region)
            }
        }
        return sorted(exact.isEmpty ? loose : exact, on: day)
    }

    private func isCalled(_ wanted: String, _ region: Region, _ period: Region.Period, on day: Day) -> Bool {
        for name in RegionTable.spellings(of: period.name) where wanted.hasSuffix(name) {
            let rest = wanted.dropLast(name.count)
            if rest.isEmpty || leads(rest, period.parent, on: day) { return true }
        }
        return false
    }

    /// True when `rest` is made up of names of superiors, highest first; superiors may be left out.
    private func leads(_ rest: Substring, _ superior: RegionID?, on day: Day) -> Bool {
        guard let superior, let region = places[superior], let period = region.period(on: day) else { return false }
        if leads(rest, period.parent, on: day) { return true }
        guard region.isTier else { return false }
        for name in RegionTable.spellings(of: period.name) where rest.hasSuffix(name) {
            let remaining = rest.dropLast(name.count)
            if remaining.isEmpty || leads(remaining, period.parent, on: day) { return true }
        }
        return false
    }

    /// A full name and the shorter ones in use: 高台县 高台; 临夏回族自治州 临夏州 临夏. Never less than two characters.
    static func spellings(of name: String) -> [String] {
        for (level, common) in levels where name.hasSuffix(level) {
            var short = name.dropLast(level.count)
            if level.hasPrefix("自治") { short = withoutPeoples(short) }
            guard short.count >= 2 else { return [name] }
            return common.isEmpty ? [name, String(short)] : [name, short + common, String(short)]
        }
        return [name]
    }

    private static func withoutPeoples(_ name: Substring) -> Substring {
        for people in peoples where name.hasSuffix(people) && name.count >= people.count + 2 { return withoutPeoples(name.dropLast(people.count)) }
        return name
    }

    private static let levels: [(level: String, common: String)] = [
        ("特别行政区", ""), ("自治区", ""), ("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("地区", ""), ("林区", ""), ("新区", ""),
        ("省", ""), ("市", ""), ("县", ""), ("区", ""), ("旗", ""), ("盟", ""),
    ]

    /// The peoples that autonomous places are named after; the longer of two that end alike first.
    private static let peoples: [String] = [
        "达斡尔族", "鄂温克族", "鄂伦春族", "柯尔克孜", "哈萨克族", "维吾尔", "哈萨克", "塔吉克", "蒙古族", "土家族", "布依族", "哈尼族", "傈僳族", "拉祜族",
        "东乡族", "纳西族", "景颇族", "仫佬族", "布朗族", "撒拉族", "毛南族", "仡佬族", "朝鲜族", "裕固族", "保安族", "独龙族", "普米族", "蒙古", "锡伯", "回族",
        "藏族", "壮族", "苗族", "彝族", "侗族", "瑶族", "白族", "傣族", "黎族", "佤族", "畲族", "水族", "土族", "羌族", "满族", "怒族", "各族",
    ]
}
