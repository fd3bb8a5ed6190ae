import CLibcurl

/// libcurl, with which requests are made: loaded once, by whoever asks for it first.
public enum HTTPLibrary {
    /// What it is called where it is missing.
    public static let name = "libcurl"
    /// The package of Debian that has it.
    public static let package = "libcurl4"

    /// Why it cannot be used, in the loader's words; nil where it can.
    public static let problem: String? = nm_curl_load().map { String(cString: $0) }
}
