import CLinux
import Glibc

/// Many datagrams of one size for one system call, in memory that is there from the start.
///
/// sendmmsg(2) and recvmmsg(2), which the C library's module does not have.
public struct DatagramBatch: ~Copyable {
    private let batch: OpaquePointer
    /// How many datagrams one call moves at most.
    public let count: Int

    /// The fewest bytes of a datagram: its header.
    public static let headerSize = MemoryLayout<UInt64>.size

    /// A batch of so many datagrams of so many bytes, at least ``headerSize``.
    public init(count: Int, size: Int) throws(HostError) {
        guard size >= Self.headerSize, let batch = nm_datagrams_make(UInt32(clamping: count), size) else {
            throw HostError(
                operation: "make", object: "room for \(count) datagrams of \(size) bytes",
                errno: size >= Self.headerSize ? ENOMEM : EINVAL, hint: "Choose a smaller message size")
        }
        self.batch = batch
        self.count = count
    }

    deinit { nm_datagrams_free(batch) }

    /// What every datagram begins with from now on.
    public func set(header: UInt64) { nm_datagrams_set_header(batch, header) }

    /// Sends the first `count` on a connected socket; how many went out, or a negated `errno` value.
    @inline(__always)
    public func send(_ count: Int, on descriptor: Int32) -> Int {
        Int(nm_datagrams_send(batch, descriptor, UInt32(truncatingIfNeeded: count)))
    }

    /// Takes what is there without waiting; how many came, or a negated `errno` value.
    @inline(__always)
    public func receive(on descriptor: Int32) -> Int { Int(nm_datagrams_receive(batch, descriptor)) }

    /// How many of those that came have this header and the size of the batch.
    @inline(__always)
    public func matching(_ header: UInt64, of received: Int) -> Int {
        Int(nm_datagrams_matching(batch, UInt32(truncatingIfNeeded: received), header))
    }
}
