import Glibc
import LinuxHost

/// Tries in a namespace of its own whether the machine can do what the mode IPVS needs.
struct IPVSTryOut: Sendable {
    let configuration: ProxyConfiguration

    /// Why it cannot be used, with the kernel option or the package; nil when it can.
    func shortcoming() async -> String? {
        guard Identity.isRoot else { return "ipvs needs root" }
        let loader = Loader(configuration: configuration)
        let purpose = Loader.Purpose("try", "ipvs")
        let backend = IPTablesBackend.nft
        for program in ["ipset", backend.restore, backend.save, "nsenter"] where loader.find(program) == nil {
            return ServiceProxyError.noProgram(program, purpose).description
        }
        do throws(ServiceProxyError) {
            let namespace = try await kernelTrial()
            // The namespace has no name; programs get to it by our descriptor.
            var inside = configuration
            inside.namespacePath = "/proc/\(getpid())/fd/\(namespace.descriptor)"
            let insideLoader = Loader(configuration: inside)
            let (plan, state) = IPVSPlan.make(TryOut.services, configuration)
            let sets = IPSetText.restore(IPVSState().change(to: state), creating: true)
            _ = try await insideLoader.run("ipset", ["restore"], input: sets, for: purpose)
            let rules = IPVSRules(plan).text(over: IPTablesSurvey())
            _ = try await insideLoader.run(backend.restore, ["--noflush"], input: rules, for: purpose)
            return nil
        } catch {
            let options =
                "ipvs takes CONFIG_IP_VS with its schedulers, CONFIG_DUMMY, CONFIG_IP_SET, "
                + "CONFIG_NETFILTER_XT_SET and CONFIG_NETFILTER_XT_MATCH_IPVS"
            let guest = error.code == .rejected ? "" : "; a kernel guest has them (--kernel guest)"
            return "\(error.description). \(options)\(guest)"
        }
    }

    /// The namespace, after the kernel took a link and a service in it.
    private func kernelTrial() async throws(ServiceProxyError) -> OpenNamespace {
        let scheduler = configuration.scheduler
        let timeout = configuration.deadline
        return try await KernelWork.run { () throws(ServiceProxyError) in
            let namespace = try OpenNamespace()
            try IPVSKernel(in: namespace.namespace, timeout: timeout).tryOut(scheduler: scheduler)
            return namespace
        }.value
    }
}

/// A namespace without a name that lives as long as somebody refers to this.
private final class OpenNamespace: Sendable {
    let namespace: NetworkNamespace

    var descriptor: Int32 { namespace.descriptor }

    init() throws(ServiceProxyError) {
        do throws(HostError) {
            namespace = try NetworkNamespace.createUnnamed()
        } catch {
            throw ServiceProxyError(
                .rejected, operation: error.operation, object: error.object, cause: "\(error)", nextStep: error.hint)
        }
    }
}
