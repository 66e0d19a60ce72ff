"""The answers as pages and as JSON on this machine: `talleyrand serve`.

The one door to starlette and uvicorn. Read-only: nothing here writes to a store or a file, and
nothing reaches the network but the answers to those who ask.
"""
