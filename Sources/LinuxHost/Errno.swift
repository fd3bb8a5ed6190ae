/// An `errno` value on its way to becoming a `HostError`.
struct Errno: Error, Equatable {
    let code: Int32
}
