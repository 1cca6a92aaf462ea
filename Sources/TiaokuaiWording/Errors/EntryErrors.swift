private func cell(_ zh: String, _ en: String, next zhNext: String, _ enNext: String) -> ErrorWords {
    ErrorWords("[第 {row} 行][第 {column} 列][({title})]" + zh + "。", en + "[, row {row}][, column {column}][ ({title})].", next: zhNext, enNext)
}

/// Codes of `EntryError`: what was typed, or stands in a sheet.
let entryErrors: [String: ErrorWords] = [
    // Figures
    "malformedFigure": cell("“{fact}”不是数字", "{fact} is not a figure", next: "写成 14.2 的样子,可带单位,如 3.04万人。", "Write it like 14.2, with a measure if need be, such as 3.04万人."),
    "scientificNotation": cell(
        "“{fact}”是科学记数法,表格软件可能已改动原数", "{fact} is in scientific notation; the sheet may have changed the figure", next: "把单元格设为文本,重填原数。", "Set the cell to text and enter the figure again."),
    "unknownMeasure": cell("不认识计量单位“{fact}”", "{fact} is not a known measure", next: "用指标的计量单位,或常用别名(万元、亿元、百分点……)。", "Use the indicator's measure or a usual alias."),
    "measureMismatch": cell("计量单位与指标对不上:{fact}", "The measure does not fit the indicator: {fact}", next: "用指标的计量单位,或能换算成它的单位。", "Use the indicator's measure or one that converts to it."),
    "figureOutOfRange": cell("数字太大或太细:{fact}", "The figure is too large or too fine: {fact}", next: "最多 18 位有效数字。", "At most 18 digits that count."),
    // Periods and days
    "malformedPeriod": cell("“{fact}”不是期间", "{fact} is not a period", next: "写成 2020-08 或 2020年8月。", "Write 2020-08 or 2020年8月."),
    "ambiguousPeriod": cell("“{fact}”可能指几个期间", "{fact} may mean several periods", next: "写全年份,如 2020-08。", "Write the year out, such as 2020-08."),
    "malformedDay": cell("“{fact}”不是日期", "{fact} is not a day", next: "写成 2020-08-12。", "Write it like 2020-08-12."),
    // Files of text
    "undecodableText": ErrorWords("文件的文字编码认不出来[(第 {byte} 字节)]。", "The file's encoding can't be told[ (byte {byte})].", next: "另存为 UTF-8 或 GB18030 的 CSV。", "Save it as CSV in UTF-8 or GB18030."),
    "notText": ErrorWords("这不是文本文件[({fact})]。", "This is not a text file[ ({fact})].", next: "在表格软件里另存为 CSV。", "Save it as CSV in the spreadsheet program."),
    "textTooLong": ErrorWords("文件太大[({fact})]。", "The file is too large[ ({fact})].", next: "分成几个文件导入。", "Import it in several files."),
    // Sheets
    "openQuote": cell("引号没有收尾", "A quotation mark is not closed", next: "补上引号,或在表格软件里重新另存为 CSV。", "Close it, or save the sheet as CSV again."),
    "strayQuote": cell("引号的位置不对", "A quotation mark is misplaced", next: "去掉多余的引号,或重新另存为 CSV。", "Remove it, or save the sheet as CSV again."),
    "raggedRow": cell("这一行的列数与表头不同:{fact}", "The row has another number of cells than the header: {fact}", next: "补齐或删去多余的单元格。", "Fill in or remove cells."),
    "nulCharacter": cell("有空字符", "There is a NUL character", next: "重新另存为 CSV。", "Save the sheet as CSV again."),
    "bareCarriageReturn": cell("换行符不对", "A line break is malformed", next: "重新另存为 CSV。", "Save the sheet as CSV again."),
    "tooManyRows": cell("行太多:{fact}", "There are too many rows: {fact}", next: "分成几个文件导入。", "Import it in several files."),
    "tooManyColumns": cell("列太多:{fact}", "There are too many columns: {fact}", next: "用 tiaokuai report template 生成的表。", "Use the sheet made by tiaokuai report template."),
    "cellTooLong": cell("单元格太长", "The cell is too long", next: "缩短内容,长文放附件。", "Shorten it; long texts go into attachments."),
    "emptyTable": ErrorWords("表里没有内容。", "The sheet is empty.", next: "用 tiaokuai report template 生成表再填。", "Make one with tiaokuai report template and fill it in."),
    "missingColumn": ErrorWords("缺少列“{fact}”。", "The column {fact} is missing.", next: "用 tiaokuai report template 生成的表头。", "Use the header that tiaokuai report template makes."),
    "duplicateColumn": ErrorWords("列“{fact}”出现两次[(第 {column} 列)]。", "The column {fact} stands twice[ (column {column})].", next: "删去其中一列。", "Remove one of them."),
    "unknownColumn": ErrorWords("不认识列“{fact}”[(第 {column} 列)]。", "The column {fact} is not known[ (column {column})].", next: "删去这一列,或改成模板里的名称。", "Remove it, or rename it as in the template."),
    // JSON lines
    "malformedJSON": cell("不是有效的 JSON[:{fact}]", "This is not valid JSON[: {fact}]", next: "每行写一个 JSON 对象。", "Write one JSON object on each line."),
    "nestedValue": cell("“{fact}”里不能再套对象或数组", "{fact} may not hold an object or list", next: "只写文字、数字或真假。", "Write texts, numbers, true or false only."),
    "duplicateKey": cell("键“{fact}”出现两次", "The key {fact} stands twice", next: "删去其中一个。", "Remove one of them."),
    "unknownKey": cell("不认识键“{fact}”", "The key {fact} is not known", next: "tiaokuai report import --help 列出所有键。", "tiaokuai report import --help names every key."),
    "missingKey": cell("缺少键“{fact}”", "The key {fact} is missing", next: "补上它。", "Add it."),
    "wrongType": cell("“{fact}”的类型不对", "{fact} has the wrong type", next: "数字写成文字形式的数,如 \"14.2\"。", "Write figures as text, such as \"14.2\"."),
    "lineTooLong": cell("这一行太长", "The line is too long", next: "缩短内容。", "Shorten it."),
    "tooManyFields": cell("字段太多:{fact}", "There are too many fields: {fact}", next: "去掉不需要的键。", "Remove keys that are not needed."),
]
