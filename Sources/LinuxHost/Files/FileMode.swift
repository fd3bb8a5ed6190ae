import Glibc

/// Rights of what this program makes: 0644 and 0755, less what the umask takes from the group and from others.
///
/// The kernel takes away what the umask says when a file is made. What it must not take away are the owner's rights: a
/// file that its own maker cannot read is of no use.
enum FileMode {
    /// Gives the owner the rights that a strict umask took; `mode` is made of the owner's bits.
    ///
    /// The descriptor may be one of O_PATH, which fchmod(2) refuses; the way through `/proc` follows no link that
    /// somebody put there since.
    static func letOwnerUse(_ descriptor: Int32, as mode: mode_t) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & S_IFMT != S_IFLNK else {
            return
        }
        let rights = facts.st_mode & 0o7777
        guard rights & mode != mode else { return }
        _ = chmod("/proc/self/fd/\(descriptor)", rights | mode)
    }
}
