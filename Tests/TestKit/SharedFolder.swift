import Foundation

/// The package's root folder, found from where this file was compiled.
public let packageRoot: URL = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The folder `shared` beside the package, with designs, vectors and workloads; nil in a clean clone.
public let sharedFolder: URL? = existingFolder(packageRoot.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true))

/// A folder of published test vectors, such as `tessera-log`; nil with a printed note when it isn't there, and then the
/// test that asked has nothing to run.
public func sharedVectors(_ name: String) -> URL? {
    let folder = sharedFolder.flatMap { existingFolder($0.appendingPathComponent("vectors").appendingPathComponent(name, isDirectory: true)) }
    if folder == nil { print("note: skipped, the vectors \(name) are not beside the package") }
    return folder
}

/// Every regular file below the folder whose name ends so, sorted by path.
public func files(below folder: URL, withExtension ending: String) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var files: [URL] = []
    while let file = found?.nextObject() as? URL {
        if file.pathExtension == ending { files.append(file) }
    }
    return files.sorted { $0.path < $1.path }
}

private func existingFolder(_ folder: URL) -> URL? {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) && isFolder.boolValue ? folder : nil
}
