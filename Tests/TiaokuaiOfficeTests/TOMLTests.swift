import Testing

@testable import TiaokuaiOffice

/// A tree without its lines, to compare.
private func plain(_ tree: YAMLTree) -> String {
    switch tree {
    case .text(let text, _): "\"\(text)\""
    case .integer(let number, _): "\(number)"
    case .boolean(let flag, _): "\(flag)"
    case .other(let text, _): "<\(text)>"
    case .list(let list, _): "[" + list.map(plain).joined(separator: ",") + "]"
    case .mapping(let entries, _): "{" + entries.map { "\($0.key):\(plain($0.value))" }.joined(separator: ",") + "}"
    }
}

@Suite struct TOMLTests {
    @Test(arguments: [
        ("a = \"x\"\nb = 'y\\n'\nc = 12\nd = true", #"{a:"x",b:"y\n",c:12,d:true}"#), ("# 说明\n\"示例数据\" = true # 行尾", "{示例数据:true}"),
        ("[document]\ntitle = \"关于\"\nissuers = [\n  {unit = \"620724.gov\", as = \"p1\"}, # 一\n]", #"{document:{title:"关于",issuers:[{unit:"620724.gov",as:"p1"}]}}"#),
        ("[[targets]]\nvalue = \"1\"\n[[targets]]\nvalue = \"2\"", #"{targets:[{value:"1"},{value:"2"}]}"#),
        ("[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]\nx = 3", "{a:[{x:1,b:{y:2}},{x:3}]}"), ("a.b.c = 1\na.b.d = 2", "{a:{b:{c:1,d:2}}}"),
        ("t = \"\"\"\n第一行\n第二行 \\\n   接着\"\"\"", "{t:\"第一行\n第二行 接着\"}"), ("t = '''a'b\n'''", "{t:\"a'b\n\"}"), (#"t = "\u4e2d\t\"""#, "{t:\"中\t\"\"}"),
        ("n = 1_000\nf = 1.5\nd = 2020-08-12\ni = inf", "{n:1000,f:<1.5>,d:<2020-08-12>,i:<inf>}"), ("e = []\nm = {}\r\n", "{e:[],m:{}}"), ("", "{}"),
    ])
    func whatTOMLSaysIsWhatYAMLWouldSay(toml: String, wanted: String) throws { #expect(plain(try YAMLTree(parsing: toml, file: "a.toml")) == wanted) }

    @Test(arguments: [
        ("a = 1\na = 2", FileFault.Code.duplicateKey, 2), ("[a]\n[a]", .duplicateKey, 2), ("a = 1\n[a]", .duplicateKey, 2), ("a = {b = 1}\na.c = 2", .duplicateKey, 2),
        ("a = ", .malformedTOML, 1), ("a = \"x", .malformedTOML, 1), ("\n\na = [1, 2", .malformedTOML, 3), ("示例 = 1", .malformedTOML, 1), ("a = 1 b = 2", .malformedTOML, 1),
        ("a = \"\\q\"", .malformedTOML, 1), ("a = 'x\ny'", .malformedTOML, 1), ("a = yes", .malformedTOML, 1), ("[a", .malformedTOML, 1),
        ("a = " + String(repeating: "[", count: 100), .tooLarge, 1),
    ])
    func aMistakeIsNamedWithItsLine(toml: String, code: FileFault.Code, line: Int) {
        let error = #expect(throws: OfficeError.self) { try YAMLTree(parsing: toml, file: "a.toml") }
        #expect(error?.faults.map(\.code) == [code.rawValue])
        #expect(error?.faults.first?.line == line)
    }

    /// What nests without brackets is counted too; and nothing is read beyond the bound on bytes.
    @Test func aFileThatNestsTooDeepOrIsTooLongIsRefusedWithItsLine() {
        let deep = Array(repeating: "a", count: 100_000).joined(separator: ".")
        let cases: [(toml: String, line: Int)] = [
            (deep + " = 1", 1), ("\n[" + deep + "]", 2), ("a = " + String(repeating: "{a = ", count: 100_000), 1),
            ("a = \"" + String(repeating: "x", count: 10 << 20) + "\"", 1),
        ]
        for (index, one) in cases.enumerated() {
            let error = #expect(throws: OfficeError.self) { try YAMLTree(parsing: one.toml, file: "a.toml") }
            #expect(error?.faults.map(\.code) == [FileFault.Code.tooLarge.rawValue], "case \(index)")
            #expect(error?.faults.first?.line == one.line, "case \(index)")
        }
    }
}
