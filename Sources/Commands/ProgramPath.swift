import Foundation

/// Where this program's own file lies; agents are this program started once more.
enum ProgramPath {
    private static let link = "/proc/self/exe"

    /// The path of the file that this process was started from; another file may lie there by now, or none.
    static let file: String = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? link

    /// A path that leads to the very program that runs here as long as it runs, whatever happens to its file.
    ///
    /// By the number that this process has where `/proc` was mounted, which need not be the one it knows.
    static let running: String = {
        let number = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self")
        return number.map { "/proc/\($0)/exe" } ?? file
    }()

    /// Whether the program's file is still the one that runs here.
    static var isUnchanged: Bool {
        var running = stat()
        var there = stat()
        return stat(link, &running) == 0 && stat(file, &there) == 0
            && running.st_dev == there.st_dev && running.st_ino == there.st_ino
    }
}
