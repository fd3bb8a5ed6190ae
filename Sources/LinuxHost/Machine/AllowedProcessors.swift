/// The processors that this process may run on: what taskset(1), `isolcpus` and control groups leave of the machine's.
struct AllowedProcessors {
    /// As the kernel lists them, such as `0-3,8`.
    let list: String

    /// How many there are.
    let count: Int

    /// Reads the line `Cpus_allowed_list` of `/proc/self/status`; `nil` where there is none.
    init?(status: String) {
        let key = "Cpus_allowed_list:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else { return nil }
        list = line.dropFirst(key.count).split(whereSeparator: \.isWhitespace).joined()
        var count = 0
        for range in list.split(separator: ",") {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, ends.count < 3, first <= last else { return nil }
            count += last - first + 1
        }
        guard count > 0 else { return nil }
        self.count = count
    }
}
