"""Answers leave at once: Streamlit's listening socket lets the system wait for more, 40 ms at each rerun."""

import os
import socket

import psutil


def answer_at_once() -> None:
    """Switch Nagle's delay off on our listening sockets; accepted connections inherit it.

    asyncio does so itself, but only for sockets that name their protocol, which Streamlit's does not.
    """
    for listening in psutil.Process().net_connections("tcp"):
        if listening.status == psutil.CONN_LISTEN and listening.fd >= 0:
            with socket.socket(fileno=os.dup(listening.fd)) as same:
                same.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
