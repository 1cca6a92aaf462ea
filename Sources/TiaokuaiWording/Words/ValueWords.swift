/// Coded values of fields, in words: what a table or screen shows instead of `lineFirst` or `atLeast`.
public enum ValueWords {
    /// Nil where the value is no code of that field, and is shown as it stands.
    public static func of(field: String, value: String) -> Words? { table[field]?[value] }

    /// In place of a value that one node alone can read.
    public static func sealed(to node: String) -> Words { Words("密封给\(node)", "sealed to \(node)") }

    static let table: [String: [String: Words]] = [
        "mode": ["lineFirst": Words("以条为主", "line first"), "blockFirst": Words("以块为主", "block first"), "unspecified": Words("未写明条块", "neither stated")],
        "management": ["territorial": Words("属地管理", "territorial"), "vertical": Words("垂直管理", "vertical"), "enterprise": Words("企业", "enterprise")],
        "comparator": [
            "atLeast": Words("不低于", "at least"), "atMost": Words("不超过", "at most"), "equal": Words("达到", "equal"), "above": Words("高于", "above"),
            "below": Words("低于", "below"),
        ],
        "firmness": ["firm": Words("约束性", "firm"), "aspirational": Words("力争", "aspirational"), "dynamicZero": Words("动态清零", "dynamic zero")],
        "direction": ["floor": Words("底线", "floor"), "ceiling": Words("上限", "ceiling"), "none": Words("无方向", "none")],
        "nature": ["cumulative": Words("累计", "cumulative"), "flow": Words("本期", "flow"), "stock": Words("期末", "stock"), "rate": Words("比率", "rate")],
        "frequency": [
            "daily": Words("日报", "daily"), "monthly": Words("月报", "monthly"), "quarterly": Words("季报", "quarterly"), "yearly": Words("年报", "yearly"),
            "once": Words("一次性", "once"),
        ],
        "publicity": ["internal": Words("不予公开", "internal"), "onRequest": Words("依申请公开", "on request"), "public": Words("主动公开", "public")],
        "topic": [
            "employment": Words("保居民就业", "employment"), "basicLivelihood": Words("保基本民生", "basic livelihood"),
            "marketEntities": Words("保市场主体", "market entities"), "foodSecurity": Words("保粮食安全", "food security"),
            "energySecurity": Words("保能源安全", "energy security"), "supplyChains": Words("保产业链供应链稳定", "supply chains"),
            "grassrootsOperation": Words("保基层运转", "grassroots operation"),
        ],
        "discretion": ["must": Words("必须", "must"), "may": Words("可以", "may"), "adapt": Words("因地制宜", "adapt")],
        "route": ["line": Words("条(业务系统)", "line"), "block": Words("块(专班)", "block")],
        "cause": [
            "crossCounty": Words("跨县域", "crosses counties"), "needsProvince": Words("需省级协调", "needs the province"),
            "beyondPlace": Words("本级难以协调", "beyond this place"), "restoredBackup": Words("放回了旧备份", "an old backup was put back"),
            "clonedDisk": Words("磁盘被克隆", "a disk was cloned"), "unknown": Words("原因不明", "unknown"),
        ],
        "answer": ["read": Words("已阅", "read"), "accepts": Words("同意", "accepts"), "objects": Words("有异议", "objects")],
    ]
}
