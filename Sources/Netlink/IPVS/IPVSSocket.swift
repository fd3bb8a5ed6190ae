import CLibnl
public import LinuxHost

/// A generic netlink socket that speaks with IPVS of one network namespace, usable from any thread.
///
/// As ``NetlinkSocket`` it stays in the namespace it was opened in. IPVS wants CAP_NET_ADMIN in the initial user
/// namespace.
public final class IPVSSocket: Sendable {
    private let socket: NetlinkSocket
    private let encoder: IPVSEncoder

    /// Opens a socket in the namespace of the calling thread and asks for the family; may make the kernel load `ip_vs`.
    public convenience init(timeout: Duration = NetlinkSocket.defaultTimeout) throws(NetlinkError) {
        try self.init(try OpenedSocket.open(NETLINK_GENERIC, timeout: timeout))
    }

    /// Opens a socket inside a namespace; the calling thread stays where it is.
    public convenience init(
        in namespace: borrowing NetworkNamespace, timeout: Duration = NetlinkSocket.defaultTimeout
    ) throws(NetlinkError) {
        try self.init(try OpenedSocket.open(NETLINK_GENERIC, in: namespace, timeout: timeout))
    }

    private init(_ opened: OpenedSocket) throws(NetlinkError) {
        socket = NetlinkSocket(opened)
        encoder = try socket.withConnection { (connection) throws(NetlinkError) in
            let hint =
                "This kernel has no ip_vs: load the module with `modprobe ip_vs`, or use a kernel with CONFIG_IP_VS"
            return IPVSEncoder(family: try connection.genericFamily(named: "IPVS", hint: hint))
        }
    }

    /// Makes one change.
    public func perform(_ request: IPVSRequest) throws(NetlinkError) {
        if let refusal = try send([request]).refusals.first { throw refusal.error }
    }

    /// Makes the changes in this order, many at a time, and says which of them the kernel refused.
    ///
    /// A refusal does not keep those behind it from being made. Throws when the kernel's answers are lost: what was
    /// done is not known then.
    public func send(
        _ requests: [IPVSRequest], shape: PipelineShape = PipelineShape()
    ) throws(NetlinkError) -> PipelineOutcome {
        try socket.withConnection { (connection) throws(NetlinkError) in
            try connection.pipeline(requests, shape: shape, words: { $0.words }) { writer, request, flags, sequence in
                encoder.append(request, to: &writer, flags: flags, sequence: sequence)
            }
        }
    }

    /// All services of the namespace, in the kernel's order.
    public func services() throws(NetlinkError) -> [IPVSService] {
        let words = RequestWords(operation: "list", object: "IPVS services", hint: Self.hint(for:))
        return try dump(IPVS_CMD_GET_SERVICE, words, { _ in }, IPVSDecoder.service)
    }

    /// The destinations of a service; of a service that is not there: none, the kernel does not tell them apart.
    public func destinations(of key: IPVSService.Key) throws(NetlinkError) -> [IPVSDestination] {
        let words = RequestWords(
            operation: "list", object: "the IPVS destinations of \(key)", hint: Self.hint(for:))
        return try dump(
            IPVS_CMD_GET_DEST, words, { $0.nested(IPVS_CMD_ATTR_SERVICE) { IPVSEncoder.write(key, to: &$0) } },
            { IPVSDecoder.destination($0, family: key.family) })
    }

    /// One service, or nothing when it is not there.
    public func service(_ key: IPVSService.Key) throws(NetlinkError) -> IPVSService? {
        let words = RequestWords(operation: "read", object: "IPVS service \(key)", hint: Self.hint(for:))
        do throws(NetlinkError) {
            return try ask(
                IPVS_CMD_GET_SERVICE, words,
                { $0.nested(IPVS_CMD_ATTR_SERVICE) { IPVSEncoder.write(key, to: &$0) } }, IPVSDecoder.service
            ).first
        } catch {
            guard error.isAbsent else { throw error }
            return nil
        }
    }

    /// What the kernel says of its IPVS.
    public func info() throws(NetlinkError) -> IPVSInfo {
        let words = RequestWords(operation: "ask for", object: "the version of IPVS", hint: Self.hint(for:))
        guard let info = try ask(IPVS_CMD_GET_INFO, words, { _ in }, IPVSDecoder.info).first else {
            throw .refused(words.operation, words.object, "the kernel did not say it", hint: "Look at the kernel log")
        }
        return info
    }

    private func ask<Value: Sendable>(
        _ command: Int, _ words: RequestWords, _ body: (inout MessageWriter) -> Void,
        _ convert: (UnsafeRawBufferPointer) -> Value?
    ) throws(NetlinkError) -> [Value] {
        try read(command, flags: 0, words, body, convert)
    }

    private func dump<Value: Sendable>(
        _ command: Int, _ words: RequestWords, _ body: (inout MessageWriter) -> Void,
        _ convert: (UnsafeRawBufferPointer) -> Value?
    ) throws(NetlinkError) -> [Value] {
        try read(command, flags: NLM_F_DUMP, words, body, convert)
    }

    private func read<Value: Sendable>(
        _ command: Int, flags: Int32, _ words: RequestWords, _ body: (inout MessageWriter) -> Void,
        _ convert: (UnsafeRawBufferPointer) -> Value?
    ) throws(NetlinkError) -> [Value] {
        let family = encoder.family
        return try socket.withConnection { (connection) throws(NetlinkError) in
            var values: [Value] = []
            var isUnderstood = true
            let writeBody: (inout MessageWriter) -> Void = { writer in
                GenericMessage.header(command, to: &writer)
                body(&writer)
            }
            try connection.exchange(words, type: family, flags: flags, writeBody) { message in
                guard Int32(family) == message.type else { return }
                if let value = convert(message.body) { values.append(value) } else { isUnderstood = false }
            }
            guard isUnderstood else {
                throw .refused(
                    words.operation, words.object, "the kernel's answer was not understood",
                    hint: "Report it with the version of the kernel")
            }
            return values
        }
    }

    static func hint(for code: Int32) -> String {
        switch code {
        case NLE_EXIST: "Delete the one that is there, or change it"
        case NLE_OBJ_NOTFOUND:
            "Look at what is there with `ipvsadm -Ln`; a scheduler NAME needs the kernel module ip_vs_NAME"
        case NLE_PERM, NLE_NOACCESS: "Run as root of the machine: IPVS cannot be used from a user namespace"
        case NLE_INVAL, NLE_RANGE: "The kernel does not take this value; try the same with `ipvsadm`"
        default: NetlinkError.hint(for: code)
        }
    }
}
