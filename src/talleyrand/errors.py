"""Everything Talleyrand raises on purpose.

    TalleyrandError                 exit code 1
    ├── InputError                  exit code 2: what the user gave cannot be used
    │   ├── UnknownState            no such state, with the nearest names
    │   ├── UnknownSource           no such source, with the ones there are
    │   ├── UnknownCode             no such code in the codebook
    │   ├── CodebookError           a codebook file is wrong, with file and line
    │   ├── ClaimsError             a file of claims is wrong, with file and line
    │   └── UnreadableFile          a file is truncated, too large or in no known layout
    ├── LayoutChanged               a source no longer looks as its parser expects
    ├── FetchError                  the network did not deliver
    │   └── PageMissing             a site answered that it has no such page
    └── StoreError                  the store cannot be opened or written
        ├── StoreMissing            the user named a store that is not there (exit code 2)
        └── StoreTooNew             written by a newer version of Talleyrand

Every message says what is wrong and what to do next.
"""


class TalleyrandError(Exception):
    """The root: catch this to catch all of them."""

    exit_code = 1


class InputError(TalleyrandError):
    """What the user gave cannot be used."""

    exit_code = 2


class UnknownState(InputError):
    """No state goes by this name or code."""


class UnknownSource(InputError):
    """No source goes by this name."""


class UnknownCode(InputError):
    """No code of the codebook goes by this name."""


class CodebookError(InputError):
    """A codebook file is wrong; the message names the file and the line."""


class ClaimsError(InputError):
    """A file of claims is wrong; the message names the file and the line."""


class UnreadableFile(InputError):
    """A file cannot be read: truncated, too large, or in no known layout."""


class LayoutChanged(TalleyrandError):
    """A source no longer looks as its parser expects."""


class FetchError(TalleyrandError):
    """The network did not deliver what was asked for."""


class PageMissing(FetchError):
    """The site answered that it has no such page."""


class StoreError(TalleyrandError):
    """The store cannot be opened, read or written."""


class StoreMissing(StoreError, InputError):
    """The user named a store that does not exist: input to mend, exit code 2."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of Talleyrand."""
