import Foundation
import Synchronization
import TiaokuaiWording

/// A Chromium without a window, as far as it makes a PDF out of a page: in a folder of its own that is removed afterwards, with no
/// network to reach, and for no longer than it is given.
struct Chromium {
    private let path: String
    private let seconds: Int

    private static let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]

    /// Throws `noBrowser` where there is none.
    init(path: String?, seconds: Int) throws {
        self.seconds = seconds
        if let path {
            guard FileManager.default.isExecutableFile(atPath: path) else { throw CommandError(.noBrowser, ["path": path]) }
            self.path = path
            return
        }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        let found = Chromium.names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }.first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { throw CommandError(.noBrowser) }
        self.path = found
    }

    /// Throws `browserFailed`, `browserTooSlow`.
    func pdf(of html: [UInt8]) throws -> [UInt8] {
        let folder = try Chromium.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (page, made, said) = (folder.appendingPathComponent("report.html"), folder.appendingPathComponent("report.pdf"), folder.appendingPathComponent("said"))
        do {
            try Data(html).write(to: page)
            guard FileManager.default.createFile(atPath: said.path, contents: nil) else { throw CommandError(.browserFailed, ["reason": said.path]) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = arguments(folder, made) + [page.absoluteString]
            process.currentDirectoryURL = folder
            // Nothing of whoever runs this is known to the browser, nor written to.
            process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "LANG": "C.UTF-8"]
            let log = try FileHandle(forWritingTo: said)
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = log
            process.standardError = log
            try process.run()
            Chromium.running.withLock { $0 = (process.processIdentifier, folder) }
            defer { Chromium.running.withLock { $0 = nil } }
            try wait(for: process)
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(.browserFailed, ["reason": "\(error.localizedDescription)"])
        }
        guard let bytes = FileManager.default.contents(atPath: made.path), bytes.starts(with: Array("%PDF-".utf8)) else {
            throw CommandError(.browserFailed, ["reason": Chromium.lastLine(of: said)])
        }
        return Array(bytes)
    }

    private func arguments(_ folder: URL, _ made: URL) -> [String] {
        // Only root needs it, and only root is told to go without: its sandbox does not start there.
        (geteuid() == 0 ? ["--no-sandbox"] : []) + [
            "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-sync", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
            "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--print-to-pdf=\(made.path)",
        ]
    }

    /// Ends it, with the processes that it started, when its time is over.
    private func wait(for process: Process) throws {
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds) * 1_000_000_000
        while process.isRunning {
            guard DispatchTime.now().uptimeNanoseconds < end else {
                stop(process)
                throw CommandError(.browserTooSlow, ["seconds": "\(seconds)"])
            }
            usleep(50_000)
        }
    }

    private func stop(_ process: Process) {
        Chromium.kill(process.processIdentifier)
        process.waitUntilExit()
    }

    private static let running = Mutex<(process: Int32, folder: URL)?>(nil)

    /// Called when this program is told to end while the browser works.
    static func endRunning() {
        running.withLock { one in
            guard let (process, folder) = one else { return }
            kill(process)
            try? FileManager.default.removeItem(at: folder)
            one = nil
        }
    }

    private static func kill(_ id: Int32) {
        // It leads a group of its own, unless the system put it into ours.
        _ = getpgid(id) == id ? Foundation.kill(-id, SIGKILL) : Foundation.kill(id, SIGKILL)
    }

    private static func temporaryFolder() throws -> URL {
        var template = Array((FileManager.default.temporaryDirectory.path + "/tiaokuai-report-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw CommandError(.browserFailed, ["reason": String(cString: strerror(errno))]) }
        return URL(fileURLWithPath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self), isDirectory: true)
    }

    /// What it said last, without what it says of the machine it runs on.
    private static func lastLine(of file: URL) -> String {
        let text = FileManager.default.contents(atPath: file.path).map { String(decoding: $0.suffix(4_096), as: UTF8.self) } ?? ""
        return String((text.split(separator: "\n").last ?? "").prefix(200))
    }
}
