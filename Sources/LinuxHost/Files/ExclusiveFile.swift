/// Files by path that are made exclusively, whole and through no link; see ``HeldDirectory``.
public enum ExclusiveFile {
    /// Puts a file there that is whole or not there at all; its directory has to exist.
    public static func write(_ bytes: [UInt8], to path: String) throws(HostError) {
        let (directory, name) = parts(of: path)
        try HeldDirectory.open(directory).write(bytes, as: name)
    }

    /// Makes an empty file in a directory that exists; refused where anything is, a dangling link included.
    public static func create(_ path: String) throws(HostError) {
        let (directory, name) = parts(of: path)
        try HeldDirectory.open(directory).create(name)
    }

    static func parts(of path: String) -> (directory: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let name = String(path[path.utf8.index(after: slash)...])
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }
}
