import Foundation

/// Blocking TCP on 127.0.0.1, as little as the tests need.
struct Socket: Sendable {
    let handle: Int32

    static func listening() throws -> (socket: Socket, port: Int) {
        let socket = Socket(handle: Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(port: 0)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try check(bind(socket.handle, $0, length)) }
        }
        try check(listen(socket.handle, 64))
        var bound = sockaddr_in()
        var size = length
        try withUnsafeMutablePointer(to: &bound) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try check(getsockname(socket.handle, $0, &size)) }
        }
        return (socket, Int(UInt16(bigEndian: bound.sin_port)))
    }

    static func connected(to port: Int) throws -> Socket {
        let socket = Socket(handle: Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(port: port)
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try check(connect(socket.handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))) }
        }
        return socket
    }

    func accepted() -> Socket? {
        let next = accept(handle, nil, nil)
        return next < 0 ? nil : Socket(handle: next)
    }

    /// Up to so many bytes; empty at the end or after an error.
    func receive(_ count: Int = 65_536) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, got in got = max(0, recv(handle, buffer.baseAddress, count, 0)) }
    }

    /// False once the other end takes no more.
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent <= 0 { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Wakes whoever waits on it; the handle stays until `close`.
    func end() { shutdown(handle, Int32(SHUT_RDWR)) }
    func close() { Foundation.close(handle) }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func check(_ status: Int32) throws {
        if status < 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}

/// A TCP relay that counts what passes in each direction, and cuts every connection after a given number of bytes.
final class CuttingRelay: Sendable {
    enum Direction: Sendable { case up, down }

    struct Counts: Sendable {
        var up = 0
        var down = 0
        var isCut = false
        var open: [Int32: Socket] = [:]
    }

    let port: Int
    private let listener: Socket
    private let target: Int
    private let cut: (direction: Direction, after: Int)?
    private let state = LockedCounts()

    init(to target: Int, cut: (direction: Direction, after: Int)? = nil) throws {
        (listener, port) = try Socket.listening()
        self.target = target
        self.cut = cut
        Thread.detachNewThread { [self] in
            while let client = listener.accepted() { serve(client) }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var counts: Counts { state.with { $0 } }

    func stop() {
        endAll()
        listener.end()
        listener.close()
    }

    private func endAll() {
        state.with { counts in
            for socket in counts.open.values { socket.end() }
        }
    }

    private func serve(_ client: Socket) {
        guard !counts.isCut, let server = try? Socket.connected(to: target) else { return client.close() }
        state.with { counts in
            counts.open[client.handle] = client
            counts.open[server.handle] = server
        }
        let done = DispatchGroup()
        for (from, to, direction) in [(client, server, Direction.up), (server, client, .down)] {
            done.enter()
            Thread.detachNewThread { [self] in
                pump(from, to, direction)
                from.end()
                to.end()
                done.leave()
            }
        }
        Thread.detachNewThread { [self] in
            done.wait()
            state.with { counts in
                counts.open[client.handle] = nil
                counts.open[server.handle] = nil
            }
            client.close()
            server.close()
        }
    }

    private func pump(_ from: Socket, _ to: Socket, _ direction: Direction) {
        while true {
            let bytes = from.receive()
            if bytes.isEmpty { return }
            let allowed = state.with { counts -> Int in
                if counts.isCut { return 0 }
                let passed = direction == .up ? counts.up : counts.down
                var allowed = bytes.count
                if let cut, cut.direction == direction, passed + bytes.count >= cut.after {
                    allowed = cut.after - passed
                    counts.isCut = true
                }
                if direction == .up { counts.up += allowed } else { counts.down += allowed }
                return allowed
            }
            let isWhole = to.send(bytes.prefix(allowed)) && allowed == bytes.count
            if !isWhole { return endAll() }
        }
    }
}

private final class LockedCounts: @unchecked Sendable {
    private let lock = NSLock()
    private var counts = CuttingRelay.Counts()

    func with<Result>(_ body: (inout CuttingRelay.Counts) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&counts)
    }
}
