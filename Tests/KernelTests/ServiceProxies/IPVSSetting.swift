import Contract
import LinuxHost
import Netlink
import ServiceProxies
import TestSupport

/// What tests with IPVS need of the machine.
enum IPVSSetting {
    /// Whether this kernel has IPVS; nobody knows without root.
    static let isThere = Requirement.root && KernelFeature.ipvs.isAvailable() == .yes
    /// Why tests are skipped where it has not; such tests run in a kernel guest.
    static let reason = Requirement.root ? Requirement.kernelReason("ip_vs") : Requirement.rootReason
}
