/// What `/proc/cpuinfo` says of all processors together.
package struct ProcessorFacts: Equatable {
    package private(set) var model: String?
    package private(set) var count = 0
    package private(set) var isVirtual = false

    package init(cpuinfo: String) {
        for line in cpuinfo.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let words = line[line.index(after: colon)...].split(separator: " ")
            switch key {
            case "processor": count += 1
            // The second is what 64-bit ARM has instead of a name.
            case "model name", "CPU part": model = model ?? words.joined(separator: " ")
            case "flags": isVirtual = isVirtual || words.contains("hypervisor")
            default: continue
            }
        }
    }
}
