"""What is answered leaves at once, whatever socket the server was given."""

import socket

from lib.web.sockets import answer_at_once


def test_connections_do_not_wait_for_more_to_send() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answer_at_once()
        with socket.create_connection(listening.getsockname()):
            accepted, _address = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
