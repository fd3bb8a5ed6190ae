import LinuxHost
import Testbed

/// Directories of runs and labs, which only root may read and write.
enum Directories {
    /// Makes the directory of a run, which is known by its process, or of a lab, which outlives it.
    static func create(_ path: String, outlivesProcess: Bool) throws(TestbedError) {
        do throws(HostError) {
            if outlivesProcess { try PrivateDirectory.make(path) } else { try RunDirectory.make(path) }
        } catch {
            throw TestbedError(operation: "create directory", object: path, cause: "\(error)")
        }
    }
}
