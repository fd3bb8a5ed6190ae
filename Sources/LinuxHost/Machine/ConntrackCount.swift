/// The connection tracker in the namespace of the calling thread.
public enum ConntrackCount {
    /// Entries that there are, by `net.netfilter.nf_conntrack_count`; nil where there is no tracker.
    public static func entries() -> Int? {
        HostFile.line("/proc/sys/net/netfilter/nf_conntrack_count").flatMap { Int($0) }
    }
}
