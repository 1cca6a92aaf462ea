import TiaokuaiModel

/// The offices' work as data: every record kind, one table each, no engine.
///
/// | kind | 中文 | stream | key | who states it | rules |
/// | --- | --- | --- | --- | --- | --- |
/// | `unit` | 单位 | policy | id | government of the place, or one above | sole |
/// | `post` | 职务 | policy | unit, post, from | the unit | sole |
/// | `indicator` | 指标 | policy | id | government | sole |
/// | `document` | 文件 | policy | issuers, number | every issuer, same content | sole, set |
/// | `measure` | 措施 | policy | document, path | government | sole |
/// | `matrix` | 责任分工 | policy | document, part | government | sole |
/// | `target` | 目标 | policy | indicator, period, qualifier | government | strictest, sole |
/// | `standard` | 标准 | policy | issuer, indicator, period | the issuer | sole, exact |
/// | `allocation` | 分解任务 | policy | indicator, period, child | government of the parent | sole |
/// | `decisionMinute` | 会商纪要 | policy | unit, year, number | the unit | sole |
/// | `procedure` | 议事规则 | policy | matter | government | sole |
/// | `form` | 表式 | policy | name | government | sole |
/// | `circular` | 通报 | policy | unit, period, scope | the unit | sole |
/// | `credential`, `cut` | 凭证、撤销 | policy | issuer, subject, number | the issuer | sole |
/// | `cell` | 指标数据 | work | indicator, period | the reporter; others determine | authority, sole, workflow |
/// | `ledgerItem` | 台账事项 | work | unit, year, number, origin | the opening unit | holder, authority, workflow, set |
/// | `escalation` | 提级转报 | work | unit, year, number | the raising unit | sole, workflow |
/// | `caseRecord` | 案件 | work | unit, year, number | the unit | holder, set, workflow |
/// | `casePart` | 案件分办 | work | case, unit | the unit that holds the case | sole |
/// | `objection` | 异议 | work | unit, record, number | the unit | sole |
/// | `acknowledgement` | 知悉 | work | unit, record, claim | the unit | sole |
/// | `appeal` | 提请复核 | work | unit, record, decision | the losing unit | sole, workflow |
/// | `forkRepair` | 分叉修复 | work | unit, feed, sequence | the unit | sole |
/// | `auditReading` | 审计查阅 | work | unit, epoch, number | the unit | sole |
/// | `progress` | 进度 | work | id | any unit of the place | sole (fast path) |
/// | `warning` | 预警线索 | work | unit, year, number | a unit above the place | sole, personal (sealed), workflow |
/// | `realNameEntry` | 实名制台账 | local | unit, list, number | the unit | sole, personal |
///
/// A milestone (a deed with a date) is a target: floor 1 项, with its deadline. An alert is derived from a figure and the
/// bounds in force, so it is no record. "Government" stands for the place's block 块; party and government offices sign its
/// documents, and what has effect (measures, matrix, targets) is the government's own claim that names the document.
public enum WorkKinds {
    /// Every kind, ascending by name.
    public static let all: [KindTable] = [
        UnitKind.table, PostKind.table, IndicatorKind.table, DocumentKind.table, MeasureKind.table, MatrixKind.table, TargetKind.table,
        StandardKind.table, AllocationKind.table, DecisionMinuteKind.table, CircularKind.table, ProcedureKind.table, FormKind.table,
        CredentialKind.table, CutKind.table,
        CellKind.table, LedgerItemKind.table, EscalationKind.table, CaseKind.table, CasePartKind.table, ObjectionKind.table,
        AcknowledgementKind.table, AppealKind.table, ForkRepairKind.table, AuditReadingKind.table, ProgressKind.table, RealNameEntryKind.table,
        WarningKind.table,
    ].sorted { $0.name < $1.name }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Nil for a kind that this version does not know: its operations are kept and passed on, and settle nothing.
    public static func table(named name: KindName) -> KindTable? { byName[name] }
}

extension KindTable {
    /// The number of one of this kind's own fields. Only for names written in this module: an unknown one is our mistake.
    func number(of name: String) -> FieldNumber {
        guard let field = field(named: name) else { preconditionFailure("\(self.name) has no field \(name)") }
        return field.number
    }
}
