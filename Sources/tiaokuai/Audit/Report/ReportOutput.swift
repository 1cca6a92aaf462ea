import ArgumentParser
import Foundation
import TiaokuaiNode
import TiaokuaiReport
import TiaokuaiWording

/// Where a report's files go. Nothing that lies there is overwritten unless `--replace` says so, and then it is told.
struct ReportOutput: ParsableArguments {
    @Option(help: ArgumentHelp(say("把报告写成一个网页文件。", "Writes the report as one HTML file."), valueName: "file")) var html: String?
    @Option(
        help: ArgumentHelp(
            say("把网页、每幅图(SVG)和数据(JSON)写进文件夹。", "Writes the page, every picture (SVG) and the data (JSON) into this folder."), valueName: "folder"))
    var out: String?
    @Flag(help: ArgumentHelp(say("再做 PDF,放在网页旁边;要装有 Chromium。", "Makes a PDF beside the page; needs Chromium."))) var pdf = false
    @Option(help: ArgumentHelp(say("做 PDF 用的 Chromium;不写则在 PATH 里找。", "The Chromium that makes the PDF; by default the one in PATH."), valueName: "file")) var browser: String?
    @Option(help: ArgumentHelp(say("做 PDF 最多几秒,1 到 3600;不写为 120。", "How many seconds the PDF may take, 1 to 3600; by default 120."), valueName: "seconds"))
    var pdfSeconds: Int?
    @Flag(help: ArgumentHelp(say("替换已有的文件。", "Replaces files that exist."))) var replace = false

    func validate() throws {
        if html != nil, out != nil { throw ValidationError(UsageWords.message("--html 和 --out 写一个。", "Give either --html or --out.")) }
        if !isAsked, pdf || replace || browser != nil {
            throw ValidationError(UsageWords.message("--pdf、--browser、--replace 要同 --html 或 --out 一起用。", "--pdf, --browser and --replace need --html or --out."))
        }
        if html?.isEmpty == true || out?.isEmpty == true { throw ValidationError(UsageWords.message("没有写明写到哪里。", "It is not said where to write.")) }
        if let pdfSeconds, !(1...3600).contains(pdfSeconds) { throw ValidationError(UsageWords.message("--pdf-seconds 是 1 到 3600 秒。", "--pdf-seconds takes 1 to 3600.")) }
    }

    var isAsked: Bool { html != nil || out != nil }

    struct Written: Encodable {
        let path: String
        let state: OwnFile.State
        let bytes: Int
    }

    /// Throws `fileExists` before anything is written, and what writing throws. What the browser does wrong comes as a failure beside
    /// the files that were written.
    func write(_ files: ReportFiles) throws -> ([Written], Failure?) {
        var plan: [(path: String, bytes: [UInt8])] = []
        if let html { plan = [(html, files.html.bytes)] }
        if let out { plan = files.all.map { (PathParts.path(out, $0.name), $0.bytes) } }
        let target = pdf ? html.map(ReportOutput.beside) ?? out.map { PathParts.path($0, "report.pdf") } : nil
        for (path, bytes) in plan { try OwnFile.expectFree(path, for: bytes, replacing: replace) }
        if let target { try OwnFile.expectFree(target, replacing: replace) }
        let chromium = try pdf ? Chromium(path: browser, seconds: pdfSeconds ?? 120) : nil
        if let out, (try? FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)) == nil {
            throw NodeError(.fileUnwritable, ["path": out])
        }
        var written = try plan.map { try put($0.bytes, $0.path) }
        guard let chromium, let target else { return (written, nil) }
        do {
            written.append(try put(try chromium.pdf(of: files.html.bytes), target))
            return (written, nil)
        } catch let failure as CommandError {
            return (written, Failure(failure))
        }
    }

    /// Pictures that lie in the folder and are of another report.
    func leftOver(_ written: [Written]) -> [String] {
        guard let out, let names = try? FileManager.default.contentsOfDirectory(atPath: out) else { return [] }
        let own = Set(written.map { $0.path.split(separator: "/").last.map(String.init) ?? "" })
        return names.filter { name in
            name.hasSuffix(".svg") && !own.contains(name) && ["disputes", "reporting", "arrivals"].contains { name == "\($0).svg" || name.hasPrefix("\($0)-") }
        }.sorted()
    }

    // MARK: One file

    /// `report.html` → `report.pdf`.
    private static func beside(_ html: String) -> String {
        for ending in [".html", ".htm"] where html.lowercased().hasSuffix(ending) { return html.dropLast(ending.count) + ".pdf" }
        return html + ".pdf"
    }

    private func put(_ bytes: [UInt8], _ path: String) throws -> Written {
        Written(path: path, state: try OwnFile.write(bytes, to: path, replacing: replace), bytes: bytes.count)
    }
}
