import Glibc

/// The limit of open files of this process.
public enum FileLimit {
    /// Raises the soft limit so that each pod can have its descriptors; what it lacks shows when one cannot be opened.
    public static func raise(forPods pods: Int) {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0 else { return }
        let wanted = rlim_t(pods * 2 + 1_024)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = min(limit.rlim_max, wanted)
        setrlimit(resource, &limit)
    }
}
