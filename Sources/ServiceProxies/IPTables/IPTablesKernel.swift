import LinuxHost
import Netlink

/// What iptables of kube-proxy need of the kernel beside rules: packet counters and a sysctl; everything here waits.
struct IPTablesKernel: Sendable {
    let configuration: ProxyConfiguration

    /// Lets the kernel route packets to and from 127.0.0.0/8, so that node ports are served there.
    static let sysctl = "net.ipv4.conf.all.route_localnet"

    /// Sets the sysctl where it is wanted, and makes the counters; none where the kernel has no such counters.
    func prepare() throws(ServiceProxyError) -> Set<IPTablesCounter> {
        let namespace = try configuration.openNamespace()
        if configuration.localhostNodePorts {
            do throws(HostError) {
                // Without it the kernel drops packets of 127.0.0.0/8 that a rule sends to a pod as martians.
                try Sysctl.write(Self.sysctl, "1", in: namespace)
            } catch {
                throw ServiceProxyError(error)
            }
        }
        guard let socket = try? AccountingSocket(in: namespace), (try? socket.names()) != nil else { return [] }
        // As in kube-proxy: a counter that cannot be made is done without.
        return Set(IPTablesCounter.allCases.filter { (try? socket.ensure($0.rawValue)) != nil })
    }

    /// Takes the counters away that no rule counts in.
    func removeCounters() throws(ServiceProxyError) {
        let namespace = try configuration.openNamespace()
        guard let socket = try? AccountingSocket(in: namespace), let names = try? socket.names() else { return }
        for counter in IPTablesCounter.allCases where names.contains(counter.rawValue) {
            do throws(NetlinkError) {
                try socket.delete(counter.rawValue)
            } catch {
                throw ServiceProxyError(error)
            }
        }
    }
}
