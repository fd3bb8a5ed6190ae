import LinuxHost
import Netlink

extension ServiceProxyError {
    /// What the host refused.
    init(_ error: HostError) {
        self.init(
            .rejected, operation: error.operation, object: error.object,
            cause: "\(HostError(operation: error.operation, object: error.object, errno: error.errno, hint: ""))",
            nextStep: error.hint)
    }

    /// What the kernel refused over netlink; what it does not know at all is missing.
    init(_ error: NetlinkError) {
        let isMissing = error.isUnsupported || error.operation == "find"
        self.init(
            isMissing ? .missing : .rejected, operation: error.operation, object: error.object,
            cause: error.message, nextStep: error.hint)
    }
}
