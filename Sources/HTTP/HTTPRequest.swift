import CLibcurl

/// One request by GET, over HTTP/1.1, without a proxy and without following where an answer leads.
public struct HTTPRequest: Sendable, Equatable {
    /// The whole address, `http` or `https`.
    public var url: String
    /// The address that its host is known to have, as `HOST:PORT:ADDRESS`; nil has it looked up where it is a name.
    public var resolved: String?
    /// A file with the certificates that are trusted; nil are those of the system.
    public var trusted: String?
    /// After which it is given up, in milliseconds.
    public var timeoutMilliseconds: Int

    /// A request.
    public init(_ url: String, resolved: String? = nil, trusted: String? = nil, timeoutMilliseconds: Int) {
        self.url = url
        self.resolved = resolved
        self.trusted = trusted
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// Makes it and waits for the answer, in the network namespace of the calling thread; what comes is read and dropped, up to
    /// 1 MiB.
    ///
    /// Throws ``HTTPError``, also where libcurl is not there.
    public func perform() throws(HTTPError) -> HTTPAnswer {
        if let problem = HTTPLibrary.problem {
            throw HTTPError(
                kind: .missing,
                words: "\(HTTPLibrary.name) cannot be used (\(problem)); apt install \(HTTPLibrary.package)")
        }
        var answer = nm_http_answer()
        url.withCString { url in
            Self.with(resolved) { resolved in
                Self.with(trusted) { trusted in
                    var request = nm_http_request(
                        url: url, resolved: resolved, trusted: trusted, timeout_milliseconds: timeoutMilliseconds)
                    nm_curl_perform(&request, &answer)
                }
            }
        }
        guard answer.code == 0 else { throw HTTPError(answer) }
        return HTTPAnswer(answer)
    }

    private static func with(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Void) {
        guard let text else {
            body(nil)
            return
        }
        text.withCString { body($0) }
    }
}
