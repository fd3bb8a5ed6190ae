import Foundation
import Testbed

/// Whole text files, with errors that name the file.
enum TextFile {
    static func read(_ path: String) throws(TestbedError) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw TestbedError(
                operation: "read",
                object: path,
                cause: error.localizedDescription,
                nextStep: "a path in a resource begins at the directory of the resource's own file"
            )
        }
    }
}
