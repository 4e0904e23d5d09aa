/// The network, and all that passes messages between processes. A plugin asks its host.
extension SystemCall {
    package static let network: [SystemCall] = [
        .init("socket", 41, 198, .refuse),
        .init("socketpair", 53, 199, .refuse),
        .init("connect", 42, 203, .refuse),
        .init("bind", 49, 200, .refuse),
        .init("listen", 50, 201, .refuse),
        .init("accept", 43, 202, .refuse),
        .init("accept4", 288, 242, .refuse),
        .init("sendto", 44, 206, .refuse),
        .init("recvfrom", 45, 207, .refuse),
        .init("sendmsg", 46, 211, .refuse),
        .init("recvmsg", 47, 212, .refuse),
        .init("sendmmsg", 307, 269, .refuse),
        .init("recvmmsg", 299, 243, .refuse),
        .init("shutdown", 48, 210, .refuse),
        .init("getsockname", 51, 204, .refuse),
        .init("getpeername", 52, 205, .refuse),
        .init("setsockopt", 54, 208, .refuse),
        .init("getsockopt", 55, 209, .refuse),

        .init("mq_open", 240, 180, .refuse),
        .init("mq_unlink", 241, 181, .refuse),
        .init("mq_timedsend", 242, 182, .refuse),
        .init("mq_timedreceive", 243, 183, .refuse),
        .init("mq_notify", 244, 184, .refuse),
        .init("mq_getsetattr", 245, 185, .refuse),

        .init("msgget", 68, 186, .refuse),
        .init("msgsnd", 69, 189, .refuse),
        .init("msgrcv", 70, 188, .refuse),
        .init("msgctl", 71, 187, .refuse),
        .init("semget", 64, 190, .refuse),
        .init("semop", 65, 193, .refuse),
        .init("semtimedop", 220, 192, .refuse),
        .init("semctl", 66, 191, .refuse),
    ]
}
