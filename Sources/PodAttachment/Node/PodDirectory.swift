import Foundation
import LinuxHost

/// A directory of the run for what plugins and runtime keep of its pods: leases and records.
public struct PodDirectory: Sendable {
    /// Where it is.
    public let path: String

    /// A directory that need not be there yet.
    public init(_ path: String) {
        self.path = path
    }

    /// Makes it anew, without what was in it.
    public func empty() throws(PodError) {
        do throws(HostError) {
            let above = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileTree.remove(String(path.split(separator: "/").last ?? ""), in: above)
            try PrivateDirectory.make(path)
        } catch {
            throw PodError(.system, operation: "empty", object: path, cause: "cannot empty \(path): \(error)")
        }
    }

    /// Removes what a plugin made under this name; whether there was something.
    public func remove(_ name: String) throws(PodError) -> Bool {
        guard (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")) != nil else { return false }
        do throws(HostError) {
            try FileTree.remove(name, in: path)
        } catch {
            throw PodError(error)
        }
        return true
    }
}
