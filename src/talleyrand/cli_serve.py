"""The grammar of `talleyrand serve`."""

from __future__ import annotations

from talleyrand.options import Commands, add, evidence_base


def _serve(commands: Commands) -> None:
    sub = add(
        commands,
        "serve",
        "the answers as pages and as JSON, on this machine only",
        "  talleyrand serve\n"
        "  talleyrand serve --port 8080 --claims claims\n"
        "  talleyrand serve --store mine.duckdb\n",
    )
    sub.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1)")
    sub.add_argument(
        "--port", type=int, default=8000, metavar="N", help="1 to 65535 (default 8000)"
    )
    sub.add_argument(
        "--claims", metavar="PATH", help="a file of claims, or a folder of them (*.toml), to show"
    )
    sub.add_argument(
        "--open-to-network", action="store_true",
        help="allow a --host that others can reach; there is no password",
    )  # fmt: skip
    sub.add_argument("--check", action="store_true", help="look whether all is there, then end")
    evidence_base(sub)


PARSERS = (_serve,)
