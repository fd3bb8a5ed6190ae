import Glibc

/// Looks at interfaces without netlink, so that tests have a second witness.
///
/// For the body of `NetworkNamespace.run`: it sees the namespace of the calling thread.
public enum InterfaceWitness {
    /// The flags of an interface, from `getifaddrs`; 0 when there is none.
    public static func flags(of name: String) -> UInt32 {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return 0 }
        defer { freeifaddrs(list) }
        var next = list
        while let entry = next {
            if String(cString: entry.pointee.ifa_name) == name { return entry.pointee.ifa_flags }
            next = entry.pointee.ifa_next
        }
        return 0
    }

    /// The errno value of binding a UDP socket to an IPv6 address; 0 when it can be bound.
    public static func bindError(to address: String) -> Int32 {
        let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var target = sockaddr_in6()
        target.sin6_family = sa_family_t(AF_INET6)
        guard inet_pton(AF_INET6, address, &target.sin6_addr) == 1 else { return EINVAL }
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        return result == 0 ? 0 : errno
    }
}
