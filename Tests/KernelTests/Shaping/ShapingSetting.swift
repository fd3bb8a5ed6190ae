import Contract
import Foundation
import LinuxHost
import Netlink
import TestSupport

/// What tests of shaping need of the machine.
enum ShapingSetting {
    private static let features: [KernelFeature] = [.netem, .prio, .flower, .ingress, .mirred, .ifb]
    /// What this kernel lacks of it; nobody knows without root.
    static let lacking = Requirement.root ? features.filter { $0.isAvailable() != .yes } : []
    /// Whether this kernel has all of it.
    static let isThere = Requirement.root && lacking.isEmpty
    /// Why tests are skipped where it has not; such tests run in a kernel guest.
    static let reason =
        Requirement.root
        ? Requirement.kernelReason(lacking.map(\.module).joined(separator: ", ")) : Requirement.rootReason

    /// Says what was asked for and what was measured, for whoever reads the output of the tests.
    static func note(_ what: String, asked: String, measured: String) {
        FileHandle.standardOutput.write(Data("shaping: \(what): asked \(asked), measured \(measured)\n".utf8))
    }
}
