/// The numbers by which queueing disciplines and their classes are called, `major:minor` as `tc` writes them.
public enum QueueHandle {
    /// Where the discipline of a whole link hangs (`TC_H_ROOT`).
    public static let root: UInt32 = 0xFFFF_FFFF
    /// Where the rules for packets that arrive hang (`TC_H_INGRESS`, `TC_H_CLSACT`).
    public static let ingressParent: UInt32 = 0xFFFF_FFF1
    /// The discipline that stands there, whose number is always the same.
    public static let ingress: UInt32 = 0xFFFF_0000

    /// The class `minor` of the discipline with this number.
    public static func child(_ minor: UInt16, of handle: UInt32) -> UInt32 { handle & 0xFFFF_0000 | UInt32(minor) }

    /// For people: `4e4d:2`.
    public static func words(_ handle: UInt32) -> String {
        switch handle {
        case root: "root"
        case ingressParent: "ingress"
        default: "\(String(handle >> 16, radix: 16)):\(handle & 0xFFFF == 0 ? "" : String(handle & 0xFFFF, radix: 16))"
        }
    }
}
