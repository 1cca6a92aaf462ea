/// Types that a key of a file may want, by the codes that faults name.
enum FileWords {
    static func type(_ code: String) -> Words? {
        [
            "mapping": Words("键和值", "keys with values"), "list": Words("列表", "a list"), "text": Words("加引号的文字", "a text in quotation marks"),
            "list of text": Words("加引号文字的列表", "a list of texts in quotation marks"), "true": Words("true(否则不写)", "true, or left out"),
            "integer": Words("不加引号的整数", "a whole number without quotation marks"),
        ][code]
    }
}
