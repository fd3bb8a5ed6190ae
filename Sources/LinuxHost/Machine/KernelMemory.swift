/// Memory that the kernel uses for itself, by proc(5), /proc/meminfo.
public enum KernelMemory {
    /// What is added up: objects, large tables, and what each processor has.
    private static let keys: Set<Substring> = ["Slab", "VmallocUsed", "Percpu"]

    /// Bytes in use now, of the whole machine; nil where they cannot be read.
    public static func bytes() -> Int64? {
        (try? HostFile.read("/proc/meminfo")).map(bytes(in:))
    }

    package static func bytes(in text: String) -> Int64 {
        let sum = text.split(separator: "\n").reduce(UInt64(0)) { sum, line in
            let parts = line.split(separator: ":")
            guard parts.count == 2, keys.contains(parts[0]),
                let bytes = parts[1].split(separator: " ").first.flatMap({ Kibibytes.bytes($0) })
            else { return sum }
            let (total, overflow) = sum.addingReportingOverflow(bytes)
            return overflow ? .max : total
        }
        return Int64(clamping: sum)
    }
}
