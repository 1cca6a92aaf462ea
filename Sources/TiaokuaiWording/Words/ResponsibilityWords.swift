/// Who answers for what, in words, by the stable codes of `--json`.
public enum ResponsibilityWords {
    /// Whose plan states the mode of a step.
    public static func modeFrom(_ code: String, place: String? = nil) -> Words? {
        [
            "own": Words("本条自定", "its own"), "part": Words("取自所在部分", "of the part around it"),
            "inherited": Words("承接上级[({place})]", "inherited[ from {place}]"), "none": Words("各级均未写明", "no plan states it"),
        ][code]?.filled(["place": place ?? ""])
    }

    /// Why a unit leads.
    public static func ledBy(_ code: String) -> Words? {
        ["named": Words("写明牵头", "named as leading"), "listOrder": Words("按名单次序,首位牵头", "by list order, the first leads")][code]
    }

    public static func contradiction(_ code: String, subjects: String) -> Words? {
        let facts = ["subjects": subjects]
        return [
            "leadCooperates": Words("同一单位既牵头又配合:{subjects};按牵头算", "named as leading and cooperating at once: {subjects}; it leads"),
            "modeAgainstFormula": Words("原文与条块方式相反:{subjects};按条块方式算", "quote and mode say the opposite: {subjects}; the mode counts"),
            "modesOfOneTopic": Words(
                "同一文件同一领域两部分的条块方式不同:{subjects};各管各的", "two parts on one topic state different modes: {subjects}; each holds within itself"),
            "leadsOfOneIndicator": Words(
                "一个指标两处牵头不同:{subjects};一处为主,另一处配合,请会商定一家",
                "two entries give one indicator different leads: {subjects}; one governs, the other cooperates; a consultation should settle on one"),
            "parallelVersions": Words(
                "同一条有并行的两个新版本:{subjects};都不作数,沿用先前的", "two newest versions made side by side: {subjects}; neither governs, the earlier one does"),
        ][code]?.filled(facts)
    }

    public static let openEnded = Words("等相关部门(名单未列尽)", "and others (the list is open)")
    /// Of a vertically managed unit.
    public static let requestsOnly = Words("垂管,只能商请", "vertical, requests only")
}
