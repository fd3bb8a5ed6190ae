import Foundation
import Testbed

/// Directories that only root may read.
enum Directories {
    static func create(_ path: String) throws(TestbedError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw TestbedError(operation: "create directory", object: path, cause: error.localizedDescription)
        }
    }
}
