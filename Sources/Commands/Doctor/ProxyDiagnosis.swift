import Contract
import ServiceProxies

/// Which modes of service proxies can be measured here, and which in the kernel guest.
enum ProxyDiagnosis {
    /// A row for each mode; each is tried in a namespace that is thrown away.
    static func examine(_ guest: GuestDiagnosis) async -> [DoctorCommand.Entry] {
        var entries: [DoctorCommand.Entry] = []
        for mode in ProxyMode.allCases where mode != .none {
            let shortcoming = await ServiceProxyFactory.shortcoming(of: mode)
            var entry = DoctorCommand.Entry(
                what: "proxy: \(mode.rawValue)",
                purpose: "proxies: [\(mode.rawValue)]",
                isHere: shortcoming == nil,
                reason: shortcoming,
                wayOut: nil,
                isOptional: true
            )
            entry.isInGuest = shortcoming != nil && mode.kernelFeatures.allSatisfy(guest.has)
            entries.append(entry)
        }
        return entries
    }
}
