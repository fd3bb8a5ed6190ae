import Glibc
import LinuxHost
import Netlink

/// Waits until the kernel has taken down the namespaces that were let go: it does so later, and holds locks meanwhile.
public enum NamespaceDrain {
    private static let link = "nmdrain0"

    /// Lets one more namespace go and waits for its end of a veth pair: the kernel takes them in order.
    ///
    /// - Parameter patience: the longest to wait, in nanoseconds.
    public static func wait(patience: UInt64) async {
        // Without the wait the next trial begins while the kernel is busy; the settle gate sees that.
        try? await PlainThread.run(failure: { $0 as any Error }) { () throws(any Error) in
            let node = try NetlinkSocket()
            try letGo(node)
            let end = Clock.monotonicNanoseconds() + patience
            while try node.link(named: link) != nil, Clock.monotonicNanoseconds() < end { usleep(2_000) }
        }
    }

    private static func letGo(_ node: NetlinkSocket) throws {
        let last = try NetworkNamespace.createUnnamed()
        try node.add(Link(name: link, kind: .veth(peer: "nmdrain1", peerNamespace: last.descriptor)))
    }
}
