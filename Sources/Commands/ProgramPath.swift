import Foundation

/// Where this program's own file lies; agents are this program started once more.
enum ProgramPath {
    static let current: String = {
        let link = "/proc/self/exe"
        return (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? link
    }()
}
