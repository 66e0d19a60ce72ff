"""Two hundred requests a second on one dyad's page: errors, and how long they took.

    python benchmarks/serve_load.py [--rate 200] [--seconds 20] [--connections 32]

Requests leave by the clock, whether or not earlier ones were answered (so a slow answer is not
hidden by asking less), over connections that are kept open; the first answer, which is worked out,
is asked for before. `serve` runs in a process of its own on the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time

PAGE = "/assess?sender=CHN&target=RUS&at=2022-09-15"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rate", type=int, default=200)
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--connections", type=int, default=32)
    options.add_argument("--port", type=int, default=8765)
    chosen = options.parse_args()
    command = [sys.executable, "-m", "talleyrand", "serve", "--port", str(chosen.port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        waits, errors = asyncio.run(loaded(chosen))
    finally:
        server.terminate()
        server.wait()
    waits.sort()
    at = [waits[min(len(waits) - 1, int(len(waits) * share))] for share in (0.5, 0.95, 0.99)]
    print(f"{len(waits):,} answers, {errors} errors; {', '.join(f'{1000 * w:.1f}' for w in at)} and"
          f" {1000 * waits[-1]:.1f} ms for half, 95 %, 99 % and all; load {os.getloadavg()[0]:.1f}"
          )  # fmt: skip
    sys.exit(1 if errors or at[2] > 0.3 else 0)


async def loaded(chosen: argparse.Namespace) -> tuple[list[float], int]:
    """The seconds from when a request was due to its whole answer, and what went wrong."""
    for _ in range(300):
        try:
            await asked(*await asyncio.open_connection("127.0.0.1", chosen.port))
            break
        except OSError:
            await asyncio.sleep(0.2)
    waits: list[float] = []
    errors = 0
    due: asyncio.Queue[float] = asyncio.Queue()

    async def worker() -> None:
        nonlocal errors
        streams = await asyncio.open_connection("127.0.0.1", chosen.port)
        while (moment := await due.get()) >= 0:
            try:
                good = await asked(*streams)
            except (OSError, asyncio.IncompleteReadError):
                good = False
                streams = await asyncio.open_connection("127.0.0.1", chosen.port)
            errors += not good
            waits.append(time.monotonic() - moment)

    workers = [asyncio.create_task(worker()) for _ in range(chosen.connections)]
    start = time.monotonic() + 0.5
    for number in range(chosen.rate * chosen.seconds):
        moment = start + number / chosen.rate
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        due.put_nowait(moment)
    for _ in workers:
        due.put_nowait(-1.0)
    await asyncio.gather(*workers)
    return waits, errors


async def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """One request on an open connection; whether its answer was whole and good."""
    writer.write(f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if b": " in line)
    await reader.readexactly(int(fields[b"content-length"]))
    return head.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    main()
