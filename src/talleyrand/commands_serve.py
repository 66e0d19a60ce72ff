"""What `talleyrand serve` does: check where it may listen, open the records, answer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from talleyrand.commands import store_path
from talleyrand.errors import InputError
from talleyrand.store import Store, open_casebook, open_store

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(options: argparse.Namespace) -> int:
    from talleyrand.web.base import Base
    from talleyrand.web.server import run

    _check_place(options)
    claims = _claims(options.claims)
    with _records(options) as store:
        base = Base(store, claims)
        base.on_record()  # counted before anyone asks
        shown = f"[{options.host}]" if ":" in options.host else options.host
        print(f"Talleyrand answers at http://{shown}:{options.port}/ from {store.location}")
        if options.check:
            return 0
        print("Stop it with Ctrl-C.", flush=True)
        run(base, options.host, options.port)
    return 0


def _check_place(options: argparse.Namespace) -> None:
    if not 1 <= options.port <= 65535:
        raise InputError(f"the port is a number from 1 to 65535, not {options.port}")
    if options.host in _LOOPBACK:
        return
    if not options.open_to_network:
        raise InputError(
            f"{options.host} can be reached by others, and there is no password; leave --host out,"
            " or add --open-to-network if that is what you want"
        )
    print(
        f"talleyrand: warning: whoever reaches {options.host} can read all that is in the store;"
        " put a proxy with a password and TLS before it (docs/serve.md)",
        file=sys.stderr,
    )


def _records(options: argparse.Namespace) -> Store:
    """The store named or one's own, else the casebook, held in memory."""
    path = store_path(options.store)
    if not options.casebook and (options.store or path.exists()):
        return open_store(path, read_only=True)
    return open_casebook(in_memory=True)


def _claims(named: str | None) -> dict[str, Path]:
    """Files of claims by their names: one, those of a folder, or those of ./claims if there."""
    path = Path(named or "claims")
    if path.is_dir():
        return {one.name: one for one in sorted(path.glob("*.toml"))[:200]}
    if named and not path.is_file():
        raise InputError(f"there is no file or folder of claims at {named}")
    return {path.name: path} if named else {}
