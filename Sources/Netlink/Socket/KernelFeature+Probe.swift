import CLibnl
public import Contract
public import LinuxHost
import Quantities

extension KernelFeature {
    /// Tries the feature in a namespace that is gone afterwards, as root; may make the kernel load a module.
    public func isAvailable() -> Availability {
        do {
            let namespace = try NetworkNamespace.createUnnamed()
            switch self {
            case .veth: try add(.veth(peer: "nm1"), in: namespace)
            case .bridge: try add(.bridge, in: namespace)
            case .vxlan: try add(.vxlan(id: 1), in: namespace)
            case .ipv6: _ = try Sysctl.read("net.ipv6.conf.all.disable_ipv6", in: namespace)
            case .dummy: try add(.other(rawValue), in: namespace)
            case .ipvlan, .macvlan: try NetlinkSocket(in: namespace).tryLink(rawValue)
            case .netem: try NetlinkSocket(in: namespace).tryQdisc("netem")
            case .prio: try NetlinkSocket(in: namespace).tryQueue("prio", PriorityBands(2, usual: 0).bytes)
            case .ingress: try NetlinkSocket(in: namespace).tryIngress()
            case .flower: try NetlinkSocket(in: namespace).tryFilter { .classify(QueueHandle.child(1, of: $0)) }
            case .mirred: try NetlinkSocket(in: namespace).tryFilter { _ in .redirect(linkIndex: 1) }
            case .ifb: try add(.other(rawValue), in: namespace)
            case .nftables: try NetlinkSocket.tryNftables(in: namespace)
            case .conntrack: try ConntrackSocket(in: namespace).tryMarks()
            case .ipvs: _ = try IPVSSocket(in: namespace).info()
            }
            return .yes
        } catch {
            let refusal = (error as? NetlinkError).map { "cannot \($0.operation) \($0.object): \($0.message)" }
            return .no(reason: "\(refusal ?? "\(error)"). This needs root, and a kernel with \(configuration)")
        }
    }

    private func add(_ kind: Link.Kind, in namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        try NetlinkSocket(in: namespace).add(Link(name: "nm0", kind: kind))
    }
}

extension NetlinkSocket {
    /// Adds a link of a kind that needs one below it, here an end of a new pair.
    fileprivate func tryLink(_ kind: String) throws(NetlinkError) {
        try add(Link(name: "nm0", kind: .veth(peer: "nm1")))
        try withConnection { (connection) throws(NetlinkError) in
            let index = try connection.index(of: "nm0", for: "add link over")
            let request = try KernelObject(rtnl_link_alloc()) { rtnl_link_put($0) }
            rtnl_link_set_type(request.pointer, kind)
            rtnl_link_set_name(request.pointer, "nm2")
            rtnl_link_set_link(request.pointer, index)
            try connection.request("add link", kind) { rtnl_link_add($0, request.pointer, NLM_F_CREATE) }
        }
    }

    fileprivate func tryQdisc(_ kind: String) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let index = try connection.index(of: "lo", for: "add qdisc to")
            let qdisc = try KernelObject(rtnl_qdisc_alloc()) { rtnl_qdisc_put($0) }
            rtnl_tc_set_ifindex(qdisc.pointer, index)
            // TC_H_ROOT.
            rtnl_tc_set_parent(qdisc.pointer, UInt32.max)
            rtnl_tc_set_kind(qdisc.pointer, kind)
            try connection.request("add qdisc", kind) { rtnl_qdisc_add($0, qdisc.pointer, NLM_F_CREATE) }
        }
    }

    // The loopback is link 1 of every namespace.
    fileprivate func tryQueue(_ kind: String, _ options: [UInt8]) throws(NetlinkError) {
        try perform(QueueRequest(.add, kind, onLinkWithIndex: 1, handle: 0x1_0000, options: options))
    }

    fileprivate func tryIngress() throws(NetlinkError) {
        try perform(
            QueueRequest(
                .add, "ingress", onLinkWithIndex: 1, parent: QueueHandle.ingressParent, handle: QueueHandle.ingress,
                options: []))
    }

    fileprivate func tryFilter(_ verdict: (UInt32) -> FilterRequest.Verdict) throws(NetlinkError) {
        try tryIngress()
        let parent = QueueHandle.ingress
        try perform(
            FilterRequest(
                linkIndex: 1, parent: parent, preference: 1, match: PacketMatch(), verdict: verdict(parent)))
    }

    fileprivate static func tryNftables(in namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        let opened = try OpenedSocket.open(NETLINK_NETFILTER, in: namespace, timeout: defaultTimeout)
        try NetlinkSocket(opened).withConnection { (connection) throws(NetlinkError) in
            try connection.request("ask", "nf_tables") { nm_nl_ask_nftables($0) }
        }
    }
}
