/// The trees over one log's leaves, each with the nodes above them in a table of its own.
public enum LogTreeTable: Hashable, Sendable {
    case sha256, sm3

    var table: String { self == .sm3 ? "log_node_sm3" : "log_node" }
}
