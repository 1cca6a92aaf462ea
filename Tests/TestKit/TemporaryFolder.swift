import Foundation

/// Makes an empty folder, runs the body with it, and removes it with all that it holds, also when the body throws.
public func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = try makeTemporaryFolder()
    defer { removeTemporaryFolder(folder) }
    return try body(folder)
}

/// As the synchronous form, for a body that awaits.
public func withTemporaryFolder<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> sending Result
) async throws -> sending Result {
    let folder = try makeTemporaryFolder()
    defer { removeTemporaryFolder(folder) }
    return try await body(folder)
}

// The real path: a file system layer that resolves links must name the same files as the test does.
private func makeTemporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tiaokuai-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.resolvingSymlinksInPath()
}

// A leftover folder fails no test, and a test may have removed it on purpose.
private func removeTemporaryFolder(_ folder: URL) {
    try? FileManager.default.removeItem(at: folder)
}
