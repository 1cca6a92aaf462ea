import Foundation

/// Makes an empty folder, runs the body with it, and removes it with all that it holds, also when the body throws.
/// `inMemory`: on a file system in memory where there is one, for tests that play the disk themselves.
public func withTemporaryFolder<Result>(inMemory: Bool = false, _ body: (URL) throws -> Result) throws -> Result {
    let folder = try makeTemporaryFolder(in: inMemory ? memoryFolder : FileManager.default.temporaryDirectory)
    defer { removeTemporaryFolder(folder) }
    return try body(folder)
}

/// As the synchronous form, for a body that awaits.
public func withTemporaryFolder<Result>(
    inMemory: Bool = false, isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> sending Result
) async throws -> sending Result {
    let folder = try makeTemporaryFolder(in: inMemory ? memoryFolder : FileManager.default.temporaryDirectory)
    defer { removeTemporaryFolder(folder) }
    return try await body(folder)
}

// The real path: a file system layer that resolves links must name the same files as the test does.
private func makeTemporaryFolder(in parent: URL) throws -> URL {
    let folder = parent.appendingPathComponent("tiaokuai-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.resolvingSymlinksInPath()
}

private let memoryFolder: URL = {
    let folder = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
    return FileManager.default.isWritableFile(atPath: folder.path) ? folder : FileManager.default.temporaryDirectory
}()

// A leftover folder fails no test, and a test may have removed it on purpose.
private func removeTemporaryFolder(_ folder: URL) {
    try? FileManager.default.removeItem(at: folder)
}
