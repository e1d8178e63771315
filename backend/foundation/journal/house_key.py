"""What only this house can do, by a key that no database holds. Handlers have it in `Work`."""

from typing import Protocol


class HouseKey(Protocol):
    """Identity keeps the key (`seal`); the journal only hands it on."""

    def opened(self, text: str) -> bytes:
        """What a phone sealed for this house. Raises ValueError when it was sealed for another one,
        was changed, or is cut short."""
        ...

    def keyed(self, text: bytes) -> bytes:
        """32 bytes that follow from the text for whoever has the key, and from nothing else."""
        ...
