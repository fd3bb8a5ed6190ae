import CLibnl

/// An object of libnl (`struct rtnl_…`) that is ours to give back.
struct KernelObject: ~Copyable {
    let pointer: OpaquePointer
    private let release: (OpaquePointer) -> Void

    init(_ pointer: OpaquePointer?, release: @escaping (OpaquePointer) -> Void) throws(NetlinkError) {
        guard let pointer else {
            throw .refused("prepare", "a request", "out of memory", hint: NetlinkError.hint(for: NLE_NOMEM))
        }
        self.pointer = pointer
        self.release = release
    }

    deinit {
        release(pointer)
    }
}
