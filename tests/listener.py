"""Somebody who listens where nobody may come."""

import socket
import threading


class Listener:
    """Takes every connection to one port of this machine, by IPv4 and IPv6, and counts them."""

    def __init__(self) -> None:
        self.accepted = 0
        self.changed = threading.Condition()
        self.sockets = [self.bound(socket.AF_INET, "0.0.0.0", 0)]
        self.port = self.sockets[0].getsockname()[1]
        if socket.has_ipv6:
            self.sockets.append(self.bound(socket.AF_INET6, "::", self.port))
        for each in self.sockets:
            threading.Thread(target=self.take, args=[each], daemon=True).start()

    @staticmethod
    def bound(family: int, host: str, port: int) -> socket.socket:
        made = socket.socket(family)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(64)
        return made

    def take(self, listening: socket.socket) -> None:
        while True:
            try:
                listening.accept()[0].close()
            except OSError:
                return
            with self.changed:
                self.accepted += 1
                self.changed.notify_all()

    def visitors(self) -> int:
        """How many have come. Connections are taken in their order: one of ours is the last."""
        with self.changed:
            known = self.accepted
        for each in self.sockets:
            host = "127.0.0.1" if each.family == socket.AF_INET else "::1"
            socket.create_connection((host, self.port), 5).close()
        own = len(self.sockets)
        with self.changed:
            assert self.changed.wait_for(lambda: self.accepted >= known + own, 5)
            found = self.accepted - own
            self.accepted -= own
        return found

    def close(self) -> None:
        for each in self.sockets:
            each.shutdown(socket.SHUT_RDWR)
            each.close()
