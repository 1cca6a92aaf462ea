import Foundation

extension Terminal {
    /// A line typed at the terminal without being shown; nil where nobody sits there. Ctrl-C ends the process.
    static func ask(_ prompt: String) -> String? {
        guard isatty(0) == 1 else { return nil }
        var before = termios()
        guard tcgetattr(0, &before) == 0 else { return nil }
        var quiet = before
        // Signals too: the terminal must be as it was before the process ends.
        quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(0, TCSAFLUSH, &quiet) == 0 else { return nil }
        defer {
            tcsetattr(0, TCSAFLUSH, &before)
            write("\n", to: 2)
        }
        write(prompt, to: 2)
        var typed: [UInt8] = []
        var byte: UInt8 = 0
        while Foundation.read(0, &byte, 1) == 1 {
            switch byte {
            case 0x0a, 0x0d: return String(validating: typed, as: UTF8.self)
            case 0x03:
                tcsetattr(0, TCSAFLUSH, &before)
                write("\n", to: 2)
                signal(SIGINT, SIG_DFL)
                raise(SIGINT)
                // Whoever started this process may have blocked the signal.
                exit(128 + SIGINT)
            case 0x04 where typed.isEmpty: return nil
            case 0x08, 0x7f:
                // One character, of however many bytes.
                while let last = typed.popLast(), last & 0xc0 == 0x80 {}
            case 0x15: typed.removeAll()
            default: typed.append(byte)
            }
        }
        return nil
    }

    /// What comes by standard input up to its end or so many bytes, without the line break at the end; bytes that are no UTF-8 are replaced.
    static func readAll(limit: Int) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < limit, Foundation.read(0, &byte, 1) == 1 { bytes.append(byte) }
        while let last = bytes.last, last == 0x0a || last == 0x0d { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
