import ArgumentParser
import Foundation
import TiaokuaiNode
import TiaokuaiWording

/// The only place that prints and that decides how this process ends.
enum Terminal {
    /// Colour only on a terminal and only without NO_COLOR; no meaning hangs on it.
    private static func paints(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    static func print(_ answer: Answer, asJSON: Bool) throws {
        if asJSON {
            write(try answer.json() + "\n", to: 1)
        } else {
            if !answer.lines.isEmpty { write((answer.isSheet ? answer.lines : answer.lines.map(shown)).joined(separator: "\n") + "\n", to: 1) }
            if let failure = answer.failure { complain(failure) }
        }
    }

    static func print(_ failure: Failure, asJSON: Bool) {
        if asJSON, let text = try? Answer.text(ErrorReply(error: failure)) {
            write(text + "\n", to: 1)
        } else {
            complain(failure)
        }
    }

    private static func complain(_ failure: Failure) {
        let words = failure.words
        let head = say("错误", "Error")
        let paint = paints(2)
        var lines = failure.details.map(shown)
        lines.append("\(paint ? "\u{1B}[1;31m\(head)\u{1B}[0m" : head)\(say(":", ": "))\(shown(words.what[runLanguage]))")
        lines.append("\(say("下一步:", "Next: "))\(shown(words.next[runLanguage]))")
        write(lines.joined(separator: "\n") + "\n", to: 2)
    }

    static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            rest = rest.dropFirst(count)
        }
    }

    /// A heading in bold where that can be seen.
    static func heading(_ text: String) -> String { paints(1) ? bold + shown(text) + plain : text }

    private static let bold = "\u{1B}[1m"
    private static let plain = "\u{1B}[0m"

    /// A line as it may be printed: a value from outside moves no cursor, paints nothing, turns no writing round and begins no line
    /// that could be taken for one of ours.
    fileprivate static func shown(_ line: String) -> String {
        func seen(_ part: String) -> String { PlainText.visible(part).replacingOccurrences(of: "\n", with: "\n    | ") }
        guard paints(1) else { return seen(line) }
        return line.components(separatedBy: bold).map { $0.components(separatedBy: plain).map(seen).joined(separator: plain) }.joined(separator: bold)
    }
}

/// Progress of long work: on a terminal's standard error, one line that is written over, nothing anywhere else.
///
/// Unchecked, because the closures that report progress are Sendable and called one after another by the one thread that does the
/// work: `last` and `width` are touched by nobody else.
final class Progress: @unchecked Sendable {
    private let label: String
    private let isOn = isatty(2) == 1
    private var last = Date.distantPast
    private var width = 0

    init(_ label: String) { self.label = label }

    func show(_ text: @autoclosure () -> String) {
        guard isOn, Date().timeIntervalSince(last) > 0.1 else { return }
        last = Date()
        let line = Terminal.shown("\(label) \(text())")
        let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(line)))
        width = DisplayWidth.of(line)
        Terminal.write("\r\(line)\(padding)", to: 2)
    }

    func finish() {
        guard isOn, width > 0 else { return }
        Terminal.write("\r\(String(repeating: " ", count: width))\r", to: 2)
    }
}

/// Ctrl-C and SIGTERM: what is not committed is undone by SQLite, and half-written files are removed before the process
/// ends by the same signal, so that a shell sees what happened.
enum Interruption {
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

    /// Called once, before any command's work; `serve` has its own way to end.
    static func watch() {
        // A closed pipe and a file at its limit are errors to be told, not ends.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                DurableFile.discardUnfinished()
                Chromium.endRunning()
                signal(number, SIG_DFL)
                // Whoever started this process may have handed down a mask in which it is held back.
                var own = sigset_t()
                sigemptyset(&own)
                sigaddset(&own, number)
                pthread_sigmask(SIG_UNBLOCK, &own, nil)
                raise(number)
            }
            source.resume()
            sources.append(source)
        }
    }
}
