import CLibnl

/// A request that the kernel refused, or that never reached it.
public struct NetlinkError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, as a verb: `add link`.
    public let operation: String
    /// What it was tried on: the name of a link, an address, a route.
    public let object: String
    /// The code of libnl (`NLE_…`, positive), or 0 when the request was refused before libnl saw it.
    public let code: Int32
    /// The kernel's `errno` value, or 0 when the kernel did not answer.
    public let errno: Int32
    /// The kernel's own sentence (extended ack) if it gave one, else libnl's or ours.
    public let message: String
    /// What to do about it.
    public let hint: String

    /// Makes an error from its parts.
    public init(
        operation: String, object: String, code: Int32, errno: Int32 = 0, message: String, hint: String
    ) {
        self.operation = operation
        self.object = object
        self.code = code
        self.errno = errno
        self.message = message
        self.hint = hint
    }

    /// One sentence of what happened and why, and one of what to do.
    public var description: String {
        let number = errno == 0 ? "" : " (errno \(errno))"
        let advice = hint.isEmpty ? "" : ". \(hint)"
        return "cannot \(operation) \(object): \(message)\(number)\(advice)"
    }

    /// Whether the object of the request is there already.
    public var isAlreadyThere: Bool { code == NLE_EXIST }

    /// Whether the object of the request, or the link it belongs to, is not there.
    public var isAbsent: Bool { code == NLE_OBJ_NOTFOUND || code == NLE_NODEV }

    /// Whether the kernel does not know the kind of object at all.
    public var isUnsupported: Bool { code == NLE_OPNOTSUPP }

    static func refused(_ operation: String, _ object: String, _ message: String, hint: String) -> NetlinkError {
        NetlinkError(operation: operation, object: object, code: 0, message: message, hint: hint)
    }

    static func hint(for code: Int32) -> String {
        switch code {
        case NLE_PERM, NLE_NOACCESS: "Run as root, or with the capability CAP_NET_ADMIN"
        case NLE_EXIST: "Choose another name or value, or delete the one that is there"
        case NLE_OBJ_NOTFOUND, NLE_NODEV: "Look at what is there with `ip link`, `ip address` and `ip route`"
        case NLE_OPNOTSUPP: "This kernel lacks it: run `netmachinery doctor`"
        case NLE_AGAIN: "The kernel did not answer in time; open a new socket and try again"
        case NLE_NOMEM: "The kernel is out of memory or of room for messages; make fewer objects at once"
        case NLE_BUSY: "Something else uses it; stop that first"
        case NLE_INVAL, NLE_RANGE: "The kernel does not take this value here; try the same with `ip`"
        default: "Look at the kernel log, and try the same with `ip`"
        }
    }
}
