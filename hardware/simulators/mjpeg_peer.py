"""A network camera without a camera: pictures one after another in one HTTP answer (MJPEG)."""

import contextlib
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATH = "/camera.mjpg"
_BOUNDARY = "frame"
_PATIENCE_S = 5.0


class MjpegPeer:
    """Serves on loopback, on the same port for as long as it lives.

    Args:
        picture: the next JPEG; None while there is none.
        pause_s: between two pictures, asked before each.
        name: of the threads.
    """

    def __init__(
        self, picture: Callable[[], bytes | None], pause_s: Callable[[], float], name: str
    ) -> None:
        self._picture = picture
        self._pause_s = pause_s
        self._name = name
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self._gone = threading.Event()

    @property
    def plugged(self) -> bool:
        """Whether somebody could connect."""
        return self._server is not None

    def start(self) -> str:
        """Begin to serve; returns the address of the stream."""
        self.plug()
        return f"http://127.0.0.1:{self._port}{PATH}"

    def stop(self) -> None:
        """Let go of the port; streams end."""
        self.unplug()

    def plug(self) -> None:
        """Serve again, on the same port; harmless when it serves."""
        if self._server is not None:
            return
        self._gone = threading.Event()
        server = _Server(("127.0.0.1", self._port), self._handler())
        self._port = server.server_address[1]
        self._server = server
        threading.Thread(
            target=server.serve_forever, args=(0.05,), name=f"mjpeg-{self._name}", daemon=True
        ).start()

    def unplug(self) -> None:
        """The cable is out: streams break off, nobody can connect."""
        server, self._server = self._server, None
        self._gone.set()
        if server is not None:
            server.shutdown()
            server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        peer, gone = self, self._gone

        class Stream(BaseHTTPRequestHandler):
            timeout = _PATIENCE_S

            def do_GET(self) -> None:
                if self.path != PATH:
                    self.send_error(404)
                    return
                self.send_response(200)
                kind = f"multipart/x-mixed-replace; boundary={_BOUNDARY}"
                self.send_header("Content-Type", kind)
                self.end_headers()
                with contextlib.suppress(OSError):
                    self._stream()

            def _stream(self) -> None:
                while not gone.wait(peer._pause_s()):
                    jpeg = peer._picture()
                    if jpeg is not None:
                        head = (
                            f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\n"
                            f"Content-Length: {len(jpeg)}\r\n\r\n"
                        )
                        self.wfile.write(head.encode() + jpeg + b"\r\n")

            def log_message(self, *_args: object) -> None:
                """Say nothing: a stream is no event."""

        return Stream


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
