import Glibc

/// A tmpfs of a given size, for tests of full and read-only disks; needs root.
enum TemporaryFileSystem {
    // <sys/mount.h> has these as C enumerators, which come to Swift with different types in different releases.
    private static let readOnly: UInt = 1
    private static let remount: UInt = 32
    private static let detach: Int32 = 2

    /// Whether this process may mount.
    static let isAvailable: Bool = {
        (try? withScratchDirectory { directory in
            guard mount(on: directory, "size=64k") else {
                return false
            }
            unmount(directory)
            return true
        }) ?? false
    }()

    static func mount(on directory: String, _ options: String) -> Bool {
        Glibc.mount("tmpfs", directory, "tmpfs", 0, options) == 0
    }

    static func makeReadOnly(_ directory: String) -> Bool {
        Glibc.mount("tmpfs", directory, "tmpfs", readOnly | remount, nil) == 0
    }

    static func unmount(_ directory: String) {
        _ = umount2(directory, detach)
    }
}
