import CLinux

/// The load balancer of the kernel.
public enum IPVS {
    /// Its version in a namespace, such as `1.2.1` (`IP_VS_SO_GET_INFO`); an error when this kernel has none.
    public static func version(in namespace: borrowing NetworkNamespace) throws(HostError) -> String {
        try namespace.run { () throws(HostError) in
            var version: UInt32 = 0
            let code = nm_ipvs_version(&version)
            guard code == 0 else {
                throw HostError(
                    operation: "ask for", object: "the version of IPVS", errno: code,
                    hint: "Load the module ip_vs"
                )
            }
            return "\(version >> 16 & 0xff).\(version >> 8 & 0xff).\(version & 0xff)"
        }
    }
}
