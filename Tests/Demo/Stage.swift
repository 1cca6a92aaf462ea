import Foundation

/// Where one run plays: a folder for each node, one for the sticks, one for disk images; what acts keep; who is serving.
final class Stage {
    let work: String
    let program: Program
    var kept: [String: String]
    private var servers: [String: Server] = [:]

    /// - Parameter nodes: the folder with the example network's facts.
    init(work: String, binary: String, nodes: String) throws {
        self.work = work
        program = Program(path: binary, work: work)
        for folder in ["sticks", "images", "nodes"] {
            try FileManager.default.createDirectory(atPath: "\(work)/\(folder)", withIntermediateDirectories: true)
        }
        kept = ["nodes": nodes, "sticks": "\(work)/sticks", "images": "\(work)/images", "folders": "\(work)/nodes"]
    }

    func folder(_ node: String) -> String { "\(work)/nodes/\(node)" }
    func stick(_ name: String) -> String { "\(work)/sticks/\(name).tkb" }

    // MARK: Servers

    func serve(_ node: String, instant: String) throws {
        let server = try Server(program, ["serve", "--dir", folder(node), "--port", "0", "--now", instant, "--json"])
        servers[node] = server
        kept["url.\(node)"] = server.url
    }

    func stop(_ node: String) { servers.removeValue(forKey: node)?.stop() }

    func stopAll() {
        for node in servers.keys.sorted() { stop(node) }
    }

    // MARK: Disks

    /// Copies the database as it lies on the disk, as imaging software does. Keys and the living marker stay where they are.
    func image(_ node: String, name: String) throws {
        let image = "\(work)/images/\(name)"
        try FileManager.default.createDirectory(atPath: image, withIntermediateDirectories: true)
        for file in try databaseFiles(in: folder(node)) {
            try FileManager.default.copyItem(atPath: "\(folder(node))/\(file)", toPath: "\(image)/\(file)")
        }
    }

    func putBack(_ node: String, name: String) throws {
        let image = "\(work)/images/\(name)"
        for file in try databaseFiles(in: folder(node)) { try FileManager.default.removeItem(atPath: "\(folder(node))/\(file)") }
        for file in try databaseFiles(in: image) {
            try FileManager.default.copyItem(atPath: "\(image)/\(file)", toPath: "\(folder(node))/\(file)")
        }
    }

    /// Everything but keys, marker and plan.
    private func databaseFiles(in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0.contains(".sqlite") || $0.contains(".db") }
        guard !names.isEmpty else { throw TableError("\(folder) holds no database") }
        return names
    }

    func replaceFolder(_ node: String, by other: String) throws {
        try FileManager.default.removeItem(atPath: folder(node))
        try FileManager.default.moveItem(atPath: folder(other), toPath: folder(node))
    }

    // MARK: Damage

    /// Flips one bit in the last byte of the first changeset's envelope: the last byte of its signature.
    ///
    ///     frame = 84 67 "tk-item" type payload …; payload of a changeset (type 02) = 82 envelope body
    func flipSignatureByte(ofStick name: String) throws {
        let path = stick(name)
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let head = [0x84, 0x67] + Array("tk-item".utf8) + [0x02]
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: head) }) else { throw TableError("\(path) holds no changeset") }
        let payload = try Stage.byteString(bytes, at: start + head.count)
        let envelope = try Stage.byteString(bytes, at: payload.lowerBound + 1)
        bytes[envelope.upperBound - 1] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Where the content of the CBOR byte string at an offset lies.
    private static func byteString(_ bytes: [UInt8], at offset: Int) throws -> Range<Int> {
        guard bytes.indices.contains(offset + 8), bytes[offset] >> 5 == 2 else { throw TableError("no byte string at \(offset)") }
        let small = Int(bytes[offset] & 0x1F)
        guard small >= 24 else { return (offset + 1)..<(offset + 1 + small) }
        let width = 1 << (small - 24)
        let length = bytes[(offset + 1)..<(offset + 1 + width)].reduce(0) { $0 << 8 | Int($1) }
        return (offset + 1 + width)..<(offset + 1 + width + length)
    }
}
