import Glibc

/// What the system lets this process have of descriptors and addresses (getrlimit(2)), and what our programs need.
public enum ProcessLimits {
    /// Descriptors that have to be free at the start: for a database with its readers, two agents and what they are
    /// told.
    static let neededDescriptors = 44

    /// Addresses that have to be allowed, in bytes.
    ///
    /// CNI plugins are programs in Go, which reserve one GiB. The runtime here reserves a stack and a part of the heap
    /// for each thread, and has as many threads as processors.
    static func neededAddresses(processors: Int) -> UInt64 { (2 << 30) + UInt64(max(processors, 1)) * (80 << 20) }

    /// Raises the limits to what this process may raise them to, and says what is still too little; nil when there is
    /// enough.
    ///
    /// Better said now than found out in the middle, where the runtime's own threads and queues end the process without
    /// a word.
    public static func shortage() -> String? {
        let files = raise(RLIMIT_NOFILE, to: wantedDescriptors)
        let free = files > UInt64(openDescriptors) ? files - UInt64(openDescriptors) : 0
        return shortage(
            freeDescriptors: free,
            addresses: raise(RLIMIT_AS, to: .max),
            neededAddresses: neededAddresses(processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        )
    }

    /// Raises the limit of descriptors as far as it may be, and answers how many this process may have then, 65,536 at most.
    public static func mostDescriptors() -> Int {
        Int(min(raise(RLIMIT_NOFILE, to: wantedDescriptors), wantedDescriptors))
    }

    static func shortage(freeDescriptors: UInt64, addresses: UInt64, neededAddresses: UInt64) -> String? {
        if freeDescriptors < UInt64(neededDescriptors) {
            return "this process may open \(freeDescriptors) more files, and \(neededDescriptors) are needed; "
                + "raise the limit: ulimit -n 1024"
        }
        if addresses < neededAddresses {
            return
                "this process may use \(addresses >> 20) MiB of addresses, and \(neededAddresses >> 20) MiB are needed; "
                + "raise the limit: ulimit -v unlimited"
        }
        return nil
    }

    /// More than enough; programs that close every descriptor they could have take their time where millions are
    /// allowed.
    private static let wantedDescriptors: UInt64 = 65_536

    /// Raises the soft limit as far as the hard one allows, and answers what it is then.
    private static func raise(_ resource: __rlimit_resource, to wanted: UInt64) -> UInt64 {
        let resource = __rlimit_resource_t(resource.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return .max }
        if limit.rlim_cur < min(limit.rlim_max, rlim_t(wanted)) {
            limit.rlim_cur = min(limit.rlim_max, rlim_t(wanted))
            if setrlimit(resource, &limit) != 0 { getrlimit(resource, &limit) }
        }
        return UInt64(limit.rlim_cur)
    }

    /// Descriptors that whoever started this process left open are not to be had.
    private static var openDescriptors: Int {
        (0..<64).count { fcntl(Int32($0), F_GETFD) >= 0 }
    }
}
