import TiaokuaiFormat
import TiaokuaiModel

/// Who is on the stage: places and units of the example network and of two others, as few as the cases need. 示例数据: who does what is made up.
enum Offices {
    struct Machine {
        let name: String
        let place: RegionID
        var lines: [LineID]?
        /// Nil for a province.
        let superior: String?
        var units: [Office]
    }

    struct Office {
        let id: UnitID
        let name: String
        var line: String?
        var aliases = ""
        var management: String?
        var mark: String?
        var members: String?
        /// Registered, and written by no machine here.
        var isElsewhere = false

        init(
            _ id: UnitID, _ name: String, line: String? = nil, aliases: String = "", management: String? = nil, mark: String? = nil, members: String? = nil,
            isElsewhere: Bool = false
        ) {
            self.id = id
            self.name = name
            self.line = line
            self.aliases = aliases
            self.management = management
            self.mark = mark
            self.members = members
            self.isElsewhere = isElsewhere
        }

        var isGovernment: Bool { id.text.hasSuffix(".gov") }
    }

    /// Superiors first.
    static let machines: [Machine] = [
        Machine(
            name: "gs", place: "620000", superior: nil,
            units: [
                Office("620000.gov", "甘肃省人民政府", aliases: "省政府"), Office("620000.partyoffice", "中共甘肃省委办公厅"),
                Office("620000.govoffice", "甘肃省人民政府办公厅"), Office("620000.civil", "甘肃省民政厅", line: "civil"),
                Office("620000.finance", "甘肃省财政厅", line: "finance"),
            ]),
        // The line's own office beside the province's: it sees what its line sees.
        Machine(name: "rs", place: "620000", lines: ["hrss"], superior: "gs", units: [Office("620000.hrss", "甘肃省人社厅", line: "hrss")]),
        Machine(
            name: "zy", place: "620700", superior: "gs",
            units: [
                Office("620700.gov", "张掖市人民政府", aliases: "市政府"), Office("620700.ndrc", "张掖市发展改革委", line: "ndrc"),
                Office("620700.hrss", "张掖市人社局", line: "hrss"), Office("620700.miit", "张掖市工信局", line: "miit"),
                Office("620700.samr", "张掖市市场监管局", line: "samr"), Office("620700.finance", "张掖市财政局", line: "finance"),
                Office("620700.taskforce", "张掖市保市场主体工作专班", aliases: "市专班", members: "620700.miit、620700.samr"),
            ]),
        Machine(
            name: "gt", place: "620724", superior: "zy",
            units: [
                Office("620724.gov", "高台县人民政府", aliases: "县政府"), Office("620724.ndrc", "高台县发展改革局", line: "ndrc", isElsewhere: true),
                Office("620724.hrss", "高台县人社局", line: "hrss"), Office("620724.miit", "高台县工信局", line: "miit", mark: "高工信"),
                Office("620724.samr", "高台县市场监管局", line: "samr"), Office("620724.mofcom", "高台县商务局", line: "mofcom"),
                Office("620724.civil", "高台县民政局", line: "civil"), Office("620724.finance", "高台县财政局", line: "finance"),
                Office("620724.stats", "高台县统计局", line: "stats"), Office("620724.agri", "高台县农业农村局", line: "agri"),
                Office("620724.transport", "高台县交通运输局", line: "transport"),
                Office("620724.taskforce", "高台县保市场主体工作专班", aliases: "县专班", mark: "高专班", members: "620724.miit、620724.samr、620724.tax"),
                Office("620724.tax", "高台县税务局", line: "tax", management: "vertical", isElsewhere: true),
                // A town is a source inside its county.
                Office("620724.xiangdao", "高台县巷道镇人民政府", isElsewhere: true),
            ]),
        // The second machine of one department.
        Machine(name: "gt2", place: "620724", superior: "zy", units: [Office("620724.hrss", "高台县人社局", line: "hrss")]),
        // A department's own machine beside the county's, and the vertical line's.
        Machine(name: "fg", place: "620724", superior: "zy", units: [Office("620724.ndrc", "高台县发展改革局", line: "ndrc"), Office("620724.xiangdao", "高台县巷道镇人民政府")]),
        Machine(name: "sw", place: "620724", superior: "zy", units: [Office("620724.tax", "高台县税务局", line: "tax", management: "vertical")]),
        Machine(
            name: "gz", place: "620702", superior: "zy",
            units: [Office("620702.gov", "甘州区人民政府"), Office("620702.miit", "甘州区工信局", line: "miit", mark: "甘工信")]),
        Machine(
            name: "lx", place: "622900", superior: "gs",
            units: [
                Office("622900.gov", "临夏回族自治州人民政府", aliases: "州政府"), Office("622900.civil", "临夏州民政局", line: "civil"),
                Office("622900.miit", "临夏州工信局", line: "miit", mark: "州工信"),
            ]),
        Machine(
            name: "lxx", place: "622921", superior: "lx",
            units: [
                Office("622921.gov", "临夏县人民政府"), Office("622921.civil", "临夏县民政局", line: "civil"), Office("622921.ndrc", "临夏县发展改革局", line: "ndrc"),
            ]),
        // Two networks of other provinces, for places that got another code and that were split.
        Machine(name: "hb", place: "420000", superior: nil, units: [Office("420000.gov", "湖北省人民政府")]),
        Machine(name: "jz", place: "421000", superior: "hb", units: [Office("421000.gov", "荆州市人民政府"), Office("421000.hrss", "荆州市人社局", line: "hrss")]),
        Machine(name: "jl", place: "421023", superior: "jz", units: [Office("421023.gov", "监利县人民政府"), Office("421023.hrss", "监利县人社局", line: "hrss")]),
        Machine(name: "he", place: "130000", superior: nil, units: [Office("130000.gov", "河北省人民政府")]),
        Machine(name: "xt", place: "130500", superior: "he", units: [Office("130500.gov", "邢台市人民政府")]),
        Machine(name: "xd", place: "130502", superior: "xt", units: [Office("130502.gov", "襄都区人民政府"), Office("130502.hrss", "襄都区人社局", line: "hrss")]),
        Machine(name: "xx", place: "130521", superior: "xt", units: [Office("130521.gov", "邢台县人民政府", mark: "邢政")]),
    ]

    static func machine(_ name: String) -> Machine { machines.first { $0.name == name } ?? machines[0] }

    static func government(of place: RegionID) -> UnitID { UnitID(unchecked: "\(place).gov") }
}
