/// What the operating system says of a file or a connection, in both languages. It speaks English here whatever the locale.
public enum SystemWords {
    private static let known: [String: String] = [
        "No such file or directory": "没有这个文件或文件夹", "Permission denied": "没有权限", "Operation not permitted": "不允许", "Is a directory": "这是文件夹",
        "Not a directory": "路径中有一段不是文件夹", "File exists": "文件已存在", "No space left on device": "磁盘已满", "Read-only file system": "介质只读", "File too large": "文件太大",
        "Input/output error": "读写出错", "Connection refused": "对方没有在监听", "Connection reset by peer": "对方断开了连接", "Network is unreachable": "没有网络",
        "No route to host": "到不了对方", "Host is unreachable": "到不了对方", "Too many open files": "打开的文件太多", "Disk quota exceeded": "磁盘配额已满", "empty": "文件是空的",
    ]

    /// Nil for what is not known; it is shown as it came.
    public static func of(_ text: String) -> Words? { known[text].map { Words($0, text) } }
}
