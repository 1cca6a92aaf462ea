/// Codes of `ModelError`.
let modelErrors: [String: ErrorWords] = [
    "malformedName": ErrorWords(
        "“{fact}”不能作编号。", "{fact} is not a name.",
        next: "只用字母、数字和 . - _ /,最多 64 个字符。", "Use letters, digits and . - _ / only, at most 64 of them."),
    "malformedDecimal": ErrorWords("“{fact}”不是数字。", "{fact} is not a number.", next: "写成 14.2 的样子。", "Write it like 14.2."),
    "decimalOutOfRange": ErrorWords("数字太大或太细[:{fact}]。", "The number is too large or too fine[: {fact}].", next: "最多 18 位有效数字。", "At most 18 digits that count."),
    "malformedDay": ErrorWords("“{fact}”不是日期。", "{fact} is not a day.", next: "写成 2020-08-12 的样子。", "Write it like 2020-08-12."),
    "malformedPeriod": ErrorWords("“{fact}”不是期间。", "{fact} is not a period.", next: "写成 2020、2020-H1、2020-Q3、2020-08 或 2020-08-14。", "Write 2020, 2020-H1, 2020-Q3, 2020-08 or 2020-08-14."),
    "unknownMeasure": ErrorWords("不认识计量单位“{fact}”。", "{fact} is not a known measure.", next: "用指标的计量单位(tiaokuai show 指标)。", "Use the indicator's measure (tiaokuai show INDICATOR)."),
    "measureMismatch": ErrorWords("计量单位对不上[:{fact}]。", "The measures do not fit[: {fact}].", next: "用指标的计量单位,或能换算成它的单位。", "Use the indicator's measure or one that converts to it."),
    "malformedRegionTable": ErrorWords("区划表读不懂[:{fact}]。", "The region table can't be read[: {fact}].", next: "重新取得区划表。", "Get the region table again."),
    "unknownRegion": ErrorWords("区划表里没有“{fact}”。", "The region table has no {fact}.", next: "写六位区划代码,如 620724。", "Give a six-digit code such as 620724."),
    "unknownKind": ErrorWords("没有“{fact}”这种记录。", "There is no record kind {fact}.", next: "tiaokuai list --help 列出所有种类。", "tiaokuai list --help names every kind."),
    "unknownField": ErrorWords("没有字段“{fact}”。", "There is no field {fact}.", next: "tiaokuai show 记录 列出它的字段。", "tiaokuai show RECORD lists its fields."),
    "wrongKey": ErrorWords("记录编号写法不对[:{fact}]。", "The record's key is not right[: {fact}].", next: "照 tiaokuai list 的样子写。", "Write it as tiaokuai list shows it."),
    "wrongType": ErrorWords("值的类型不对[:{fact}]。", "The value has the wrong type[: {fact}].", next: "按字段的类型重写。", "Write it as the field's type."),
]
