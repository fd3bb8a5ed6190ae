import Foundation
import LocalTestbed

/// Where this program looks for CNI plugins: in the directories of `CNI_PATH`, as cnitool does, or the usual ones.
enum PluginPath {
    static let current = PluginDirectories.parse(ProcessInfo.processInfo.environment["CNI_PATH"])
}
