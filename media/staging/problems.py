"""What staging refuses, each with the numbers a front door needs to answer well."""


class StagingProblem(Exception):
    """One of the refusals below."""


class Unknown(StagingProblem):
    """No such upload of this owner."""


class Expired(StagingProblem):
    """It waited too long after its last byte and is gone."""


class Locked(StagingProblem):
    """Another request is writing to it at this moment."""


class OffsetMoved(StagingProblem):
    """The sender continues at another place than where the bytes end; `offset` is the place."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the bytes end at {offset}")
        self.offset = offset


class TooLong(StagingProblem):
    """More bytes than declared, or more declared than allowed; `length_max` is the bound."""

    def __init__(self, length_max: int) -> None:
        super().__init__(f"at most {length_max} bytes")
        self.length_max = length_max


class TooMany(StagingProblem):
    """The owner has begun `begun_max` uploads and finished none of them."""

    def __init__(self, begun_max: int) -> None:
        super().__init__(f"{begun_max} unfinished uploads")
        self.begun_max = begun_max


class Unwanted(StagingProblem):
    """Raised by whoever was to publish it: nobody wants these bytes any more."""


class UnknownAlgorithm(StagingProblem):
    """The chunk's checksum is of a kind nobody here can compute."""


class ChunkMismatch(StagingProblem):
    """The chunk arrived damaged; none of it was kept."""


class DigestMismatch(StagingProblem):
    """The whole is not what was declared; it was discarded. `received` is its SHA-256."""

    def __init__(self, received: str) -> None:
        super().__init__(f"received {received}")
        self.received = received
