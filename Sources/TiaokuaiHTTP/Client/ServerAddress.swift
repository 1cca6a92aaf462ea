import Foundation

/// Where a server is: `https://host[:port][/prefix]`, or `http://` where that is allowed.
struct ServerAddress: Hashable, Sendable {
    let isSecure: Bool
    let host: String
    /// Without a slash at its end.
    let base: String

    /// Throws `malformedURL`, or `plainRefused` for http beyond loopback without `allowPlain`.
    init(_ url: String, allowPlain: Bool) throws(HTTPCarrierError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil, parts.user == nil, parts.password == nil
        else { throw HTTPCarrierError(.malformedURL, ["url": url]) }
        isSecure = scheme == "https"
        self.host = host
        guard isSecure || allowPlain || PlainHTTP.isLoopback(host) else { throw HTTPCarrierError(.plainRefused, ["host": host]) }
        var base = url
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
    }
}
