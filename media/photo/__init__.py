"""Looking inside photographs from strangers, and making smaller ones without what they carry.

Only this folder imports Pillow, and everything that decodes runs in a child process with limits.
"""

from media.photo.findings import Examined, Quality, RefusedPhoto
from media.photo.sandbox import PhotoSandbox, SandboxFailed

__all__ = ["Examined", "PhotoSandbox", "Quality", "RefusedPhoto", "SandboxFailed"]
