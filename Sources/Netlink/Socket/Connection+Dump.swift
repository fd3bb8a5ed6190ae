import CLibnl

extension Connection {
    /// Asks for all objects of one kind and converts each; `nil` from `convert` passes one over.
    ///
    /// A dump during which the kernel's list changed is not consistent, so it is repeated.
    mutating func dump<Value>(
        _ query: DumpQuery, _ convert: @escaping (OpaquePointer) -> Value?
    ) throws(NetlinkError) -> [Value] {
        // A table that never rests gives no consistent dump; the last attempt then says so.
        let attempts = 8
        for attempt in 1...attempts {
            var values: [Value] = []
            do throws(NetlinkError) {
                try collect(query) { object in
                    if let value = convert(object) { values.append(value) }
                }
                return values
            } catch  where error.code == NLE_DUMP_INTR && attempt < attempts {
                continue
            }
        }
        return []
    }

    private mutating func collect(
        _ query: DumpQuery, _ visit: @escaping (OpaquePointer) -> Void
    ) throws(NetlinkError) {
        let visitor = Visitor(visit)
        try request("list", query.noun) { socket in
            nm_nl_dump(
                socket, query.type, query.family, query.headerSize,
                { object, context in
                    guard let object, let context else { return }
                    Unmanaged<Visitor>.fromOpaque(context).takeUnretainedValue().visit(object)
                },
                Unmanaged.passUnretained(visitor).toOpaque()
            )
        }
        withExtendedLifetime(visitor) {}
    }
}

/// What to ask for: the message type, and the fixed header that the kernel expects with it.
struct DumpQuery {
    let noun: String
    let type: Int32
    let family: UInt8
    let headerSize: Int
}

private final class Visitor {
    let visit: (OpaquePointer) -> Void

    init(_ visit: @escaping (OpaquePointer) -> Void) {
        self.visit = visit
    }
}
