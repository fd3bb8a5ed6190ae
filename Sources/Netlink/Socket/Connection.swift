import CLibnl

/// One libnl socket with the kernel's last refusal on it.
///
/// Not safe to share; `NetlinkSocket` sees to that.
struct Connection: ~Copyable {
    private let handle: OpenedSocket
    // Set after a missed answer: the next answer would belong to the request before.
    var isOutOfStep = false
    // For messages that libnl does not number.
    var nextSequence: UInt32 = 1
    var receiveBuffer: [UInt8] = []

    init(adopting handle: OpenedSocket) {
        self.handle = handle
    }

    deinit {
        nl_socket_free(handle.socket)
        handle.refusal.deallocate()
    }

    var socket: OpaquePointer { handle.socket }

    /// Makes one request and turns a refusal into the typed error.
    mutating func request(
        _ operation: String, _ object: @autoclosure () -> String, _ body: (OpaquePointer) -> Int32
    ) throws(NetlinkError) {
        guard !isOutOfStep else {
            throw .refused(
                operation, object(), "this socket missed an answer of the kernel before", hint: "Open a new socket"
            )
        }
        let result = body(handle.socket)
        guard result < 0 else { return }
        let code = -result
        isOutOfStep = code == NLE_AGAIN || code == NLE_SEQ_MISMATCH
        let refusal = handle.refusal.pointee
        // Else a later failure without a sentence of the kernel would be told with this one.
        handle.refusal.pointee.code = 0
        handle.refusal.pointee.text.0 = 0
        let sentence = withUnsafeBytes(of: refusal.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let message = sentence.isEmpty ? String(cString: nl_geterror(code)) : sentence
        throw NetlinkError(
            operation: operation, object: object(), code: code, errno: refusal.code, message: message,
            hint: NetlinkError.hint(for: code)
        )
    }

    /// The index of the link with this name, in the namespace of the socket.
    mutating func index(of name: String, for operation: String) throws(NetlinkError) -> Int32 {
        try LinkName.check(name, for: operation)
        var index: Int32 = 0
        try request(operation, "link \(name)") { nm_nl_index($0, name, &index) }
        return index
    }

    /// The name of the link with this index, or nothing when there is none in the namespace of the socket.
    static func name(of index: Int32, on socket: OpaquePointer) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(IFNAMSIZ))
        guard index > 0, nm_nl_name(socket, index, &buffer) == 0 else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
