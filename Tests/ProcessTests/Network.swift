import Foundation
import Testing
import TestKit

/// Folders with nodes in them, made by the commands that people use.
extension Tool {
    private static let province = Result {
        try made { tool in
            try tool.province()
            try tool.enrol("gt", under: "gs", file: "gt/node.yaml")
            try tool.do("gt", "publish", example("gt/node.yaml"), now: "2020-04-15")
            try tool.do("gt", "publish", example("gt/publish/01-six-plans.yaml"), now: "2020-08-12")
        }
    }
    private static let tiers = Result {
        try made { tool in
            try tool.province()
            try tool.enrol("zy", under: "gs", file: "zy/node.yaml", day: "2020-04-12")
            try tool.do("zy", "publish", example("zy/node.yaml"), now: "2020-04-12")
            try tool.enrol("gt", under: "zy", file: "gt/node.yaml")
            try tool.do("gt", "publish", example("gt/node.yaml"), now: "2020-04-15")
        }
    }

    private static func made(_ make: (Tool) throws -> Void) throws -> FolderImage {
        try withTemporaryFolder { folder in
            try make(Tool(folder: folder))
            return try FolderImage(of: folder)
        }
    }

    private static func put(_ image: Result<FolderImage, any Error>, into folder: URL) throws -> Tool {
        try image.get().put(into: folder)
        return Tool(folder: folder)
    }

    /// A province and a county, enrolled by file; the county's plans and the province's indicators are published.
    static func provinceAndCounty(_ folder: URL) throws -> Tool { try put(province, into: folder) }

    /// Province, city and county, one above the other.
    static func threeTiers(_ folder: URL) throws -> Tool { try put(tiers, into: folder) }

    func province(keys: [String] = []) throws {
        let made = try attempt("gs", ["node", "init", "--root", "--rehearsal", "--units", Tool.example("gs/node.yaml")] + keys, now: "2020-04-01")
        #expect(made.status == 0, "\(made.out) \(made.err)")
        try self.do("gs", "publish", Tool.example("gs/node.yaml"), Tool.example("gs/publish/00-indicators.yaml"), now: "2020-04-01")
    }

    /// request → grant → accept; the digest over the phone is the same on both sides.
    func enrol(_ node: String, under superior: String, file: String, day: String = "2020-04-15", keys: [String] = [], request: [String] = [], grant: [String] = []) throws {
        let made = try attempt(node, ["node", "init", "--rehearsal", "--units", Tool.example(file)] + keys, now: day)
        #expect(made.status == 0, "\(made.out) \(made.err)")
        let asked = try attempt(node, ["enroll", "request", "--out", path("\(node).request")] + request, now: day).json
        let granted = try attempt(superior, ["enroll", "grant", path("\(node).request"), "--out", path("\(node).grant")] + grant, now: day).json
        let digest = try #require(asked["digest"] as? String)
        #expect((granted["request"] as? [String: Any])?["digest"] as? String == digest)
        try self.do(node, "enroll", "accept", path("\(node).grant"), now: day)
    }

    /// One stick from a node to another; gives the importing command's outcome.
    @discardableResult
    func carry(_ from: String, _ to: String, as name: String = "stick.tkb", now: String? = nil) throws -> Outcome {
        try self.do(from, "bundle", "export", "--to", to, "--out", path(name), now: now)
        return try attempt(to, ["bundle", "import", path(name)], now: now)
    }

    /// Copies a node's store as a disk image would have it.
    func image(_ node: String, to name: String) throws {
        try? FileManager.default.removeItem(atPath: path(name))
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: path(node)) where file.hasPrefix("tiaokuai.sqlite") {
            try FileManager.default.copyItem(atPath: path("\(node)/\(file)"), toPath: path("\(name)/\(file)"))
        }
    }

    /// The same machine as it was: inode, machine id and marker stay, as on a cloned disk.
    func putBack(_ name: String, over node: String) throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: path(node)) where file.hasPrefix("tiaokuai.sqlite") {
            try FileManager.default.removeItem(atPath: path("\(node)/\(file)"))
        }
        for file in try FileManager.default.contentsOfDirectory(atPath: path(name)) {
            try FileManager.default.copyItem(atPath: path("\(name)/\(file)"), toPath: path("\(node)/\(file)"))
        }
    }

    /// Changes a file's bytes, in place or in a copy.
    func alter(_ name: String, as copy: String? = nil, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        change(&bytes)
        try Data(bytes).write(to: folder.appendingPathComponent(copy ?? name))
    }

    /// What `bundle inspect` says of a bundle's items, in order.
    func items(of name: String, at node: String? = nil) throws -> [[String: Any]] {
        try #require(try self.run(["bundle", "inspect", path(name), "--json"] + (node.map { ["--dir", $0] } ?? [])).json["items"] as? [[String: Any]])
    }

    /// A copy of a bundle without the items that `isLeftOut` names, by what `bundle inspect` says of them.
    func bundle(_ name: String, without isLeftOut: ([String: Any]) -> Bool, as copy: String) throws {
        let items = try items(of: name)
        let offsets = try items.map { try #require($0["offset"] as? Int) }
        let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        var kept: [UInt8] = []
        var left = 0
        for (index, item) in items.enumerated() {
            if isLeftOut(item) { left += 1 } else { kept += bytes[offsets[index]..<(index + 1 < offsets.count ? offsets[index + 1] : bytes.count)] }
        }
        try #require(left > 0, "nothing was left out")
        try Data(kept).write(to: folder.appendingPathComponent(copy))
    }
}
