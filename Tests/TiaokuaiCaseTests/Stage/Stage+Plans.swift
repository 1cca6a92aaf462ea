import TiaokuaiModel
import TiaokuaiWork

@testable import TiaokuaiOffice

extension Stage {
    /// The plans in force before every case. The modes are those of the printed plans; 示例数据: who published what on which day.
    func publishPlans() throws {
        for (id, title, measure, direction, line, nature, reporter) in [
            ("grainReserveDays", "成品粮储备可供应天数", "天", "floor", "ndrc", "stock", ""),
            ("newUrbanJobs", "城镇新增就业", "人", "floor", "hrss", "cumulative", ""),
            ("labourTransfer", "输转城乡富余劳动力", "人", "floor", "hrss", "cumulative", ""),
            ("registeredUnemploymentRate", "城镇登记失业率", "%", "ceiling", "hrss", "rate", ""),
            ("marketEntityTotal", "市场主体总数", "户", "floor", "samr", "stock", "government"),
            ("productionResumptionRate", "产业链企业复工复产率", "%", "floor", "miit", "rate", ""),
            ("smeOutput", "中小微企业经营状况", "万元", "floor", "miit", "flow", ""),
            ("priceSubsidyRaise", "价格临时补贴标准提高", "倍", "none", "civil", "rate", ""),
            ("subsistenceHouseholds", "低保户数", "户", "floor", "civil", "stock", ""),
        ] {
            try self["gs"].state(
                "indicator:620000/\(id)",
                [
                    "title": title, "measure": measure, "direction": direction, "line": line, "nature": nature, "frequency": "monthly", "reporter": reporter,
                    "isStatistical": id == "smeOutput" ? "true" : "",
                ], by: "620000.gov")
        }
        for (node, place) in [("hb", "420000"), ("he", "130000")] {
            try self[node].state(
                "indicator:\(place)/newUrbanJobs", ["title": "城镇新增就业", "measure": "人", "direction": "floor", "line": "hrss", "nature": "cumulative", "frequency": "monthly"],
                by: "\(place).gov")
        }
        // part, mode, formula, clause, leads, responsible, indicators, topic
        for (node, place, document) in [("zy", "620700", "市委办发〔2020〕25号"), ("gt", "620724", "高台县“六保”方案"), ("lx", "622900", "临夏州“六保”方案")] {
            for (part, mode, formula, clause, leads, indicators, topic) in [
                ("保粮食安全", "lineFirst", "条块结合、以条为主", "一(五)", "\(place).ndrc", "grainReserveDays", "foodSecurity"),
                ("保基本民生", "lineFirst", "条块结合、以条为主", "五(一)", "\(place).civil", "priceSubsidyRaise、subsistenceHouseholds", "basicLivelihood"),
                ("保市场主体", "blockFirst", "突出以块为主", "二(二)", "\(place).samr", "marketEntityTotal", "marketEntities"),
                ("保居民就业", "", "", "四", "\(place).hrss", "newUrbanJobs、labourTransfer、registeredUnemploymentRate", "employment"),
                ("保产业链供应链稳定", "", "", "四", "\(place).miit", "productionResumptionRate、smeOutput", "supplyChains"),
            ] {
                try self[node].state(
                    "matrix:\(place)/\(document)/\(part)",
                    ["mode": mode, "formula": formula, "clause": "\(part) \(clause)", "leads": leads, "indicators": indicators, "topic": topic, "inForceFrom": "2020-05-20"],
                    by: "\(place).gov")
            }
        }
    }
}
