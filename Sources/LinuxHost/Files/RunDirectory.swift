import Glibc

/// The directory of a run: this user's own, with a file in it that says which process the run goes through.
///
/// So whoever looks, with whatever database, can tell a run that is going on from what a dead one left.
public enum RunDirectory {
    private static let ownerFile = "owner"

    /// Makes the directory, and writes that it is this process's.
    public static func make(_ path: String) throws(HostError) {
        try PrivateDirectory.make(path)
        let file = "\(path)/\(ownerFile)"
        // O_EXCL refuses an old one, and a hard link in its place must not be written through.
        unlink(file)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(file, errno) }
        defer { close(descriptor) }
        let bytes = Array(OwnerProcess.current.text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw failure(file, errno) }
    }

    /// The process that the directory is for; nil for a directory of a lab, which outlives its command, or an older
    /// version.
    public static func owner(of path: String) -> OwnerProcess? {
        RegularFile.read("\(path)/\(ownerFile)", limit: 256)
            .flatMap { OwnerProcess(text: String(decoding: $0, as: UTF8.self)) }
    }

    private static func failure(_ path: String, _ code: Int32) -> HostError {
        HostError(
            operation: "write", object: path, errno: code, hint: "See that its file system is writable and has room")
    }
}
