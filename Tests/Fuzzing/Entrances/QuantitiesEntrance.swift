import Quantities

/// Texts of durations, rates, sizes, percentages, addresses and networks.
struct QuantitiesEntrance: Entrance {
    let name = "quantity"
    let words = [
        "ns", "us", "\u{B5}s", "\u{3BC}s", "ms", "s", "m", "h", "bit", "Kbit", "Mbit", "Gbit", "/s", "/m", "B", "KiB",
        "MiB",
        "GiB", "kB", "MB", "GB", "%", ":", "::", "ffff:", ".", "/", "/0", "/32", "/64", "/128", "10.0.0.0", "fd00::",
        "02:00",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let text = String(decoding: input, as: UTF8.self)
        let found = [
            try read(TimeSpan.self, text) { $0.nanoseconds >= 0 },
            try read(BitRate.self, text) { $0.bitsPerSecond.isFinite && $0.bitsPerSecond >= 0 },
            try read(EventRate.self, text) { $0.perSecond.isFinite && $0.perSecond >= 0 },
            try read(Ratio.self, text) { $0.fraction.isFinite && $0.fraction >= 0 },
            try read(ByteCount.self, text) { _ in true },
            try read(Port.self, text) { $0.number > 0 },
            try read(MACAddress.self, text) { [6, 8, 20].contains($0.bytes.count) },
            try read(IPAddress.self, text) { $0.bytes.count == $0.family.bits / 8 },
            try read(CIDR.self, text) { network in
                (0...network.address.family.bits).contains(network.prefixLength) && network.contains(network.address)
                    && network.address(at: 0) == network.network
            },
        ]
        let kinds = found.compactMap(\.self)
        // Eight pairs of digits are an EUI-64, and an IPv6 address that is written in full without leading zeros.
        try Violation.unless(
            kinds.count <= 1 || kinds == ["MACAddress", "IPAddress"], "a text is one quantity only",
            kinds.joined(separator: ", "))
        return kinds.isEmpty ? .refused("") : .accepted(kinds.joined())
    }

    /// What is read is in its range, and what is printed of it reads back as the same and prints the same.
    private func read<Value: Quantity>(
        _ type: Value.Type, _ text: String, _ isInRange: (Value) -> Bool
    ) throws(Violation) -> String? {
        let value: Value
        do throws(QuantityError) {
            value = try Value(parsing: text)
        } catch {
            try Violation.unlessWorded(error.description)
            try Violation.unless(!error.reason.isEmpty && error.text == text, "a refusal says what and why")
            return nil
        }
        try Violation.unless(isInRange(value), "a \(type) is in its range", "\(text) is \(value)")
        let printed = value.description
        let again = try? Value(parsing: printed)
        try Violation.unless(
            again == value && again?.description == printed, "a \(type) that is printed reads back as the same",
            "\(text) prints as \(printed)")
        return "\(type)"
    }
}
