"""Small pictures of awkward sizes and pixel formats, the same on every run."""

from pathlib import Path

import numpy as np
from PIL import Image


def _gradient(width: int, height: int) -> np.ndarray:
    """A turn of colour over the whole picture [height, width, 3]: resizing it well or badly is plain to see."""
    x = np.linspace(0, 1, width)[None, :]
    y = np.linspace(0, 1, height)[:, None]
    channels = [x + 0 * y, 0 * x + y, 0.5 + 0.5 * np.sin(9 * x + 5 * y)]
    return np.round(255 * np.stack(channels, axis=-1)).astype(np.uint8)


def _noise(width: int, height: int, bands: int, seed: int) -> np.ndarray:
    """Noise [height, width, bands], where every weight of the resize filter shows."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, bands), dtype=np.uint8)


def _stripes(width: int, height: int) -> np.ndarray:
    """Hard edges with a faded right side [height, width, 4]: transparency is laid over white."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    colour = np.where(((x // 5 + y // 7) % 2 == 0)[..., None], [220, 40, 30], [20, 60, 200])
    alpha = np.round(255 * (1 - x / (width - 1)))
    return np.concatenate([colour, alpha[..., None]], axis=-1).astype(np.uint8)


def save_pictures(directory: Path) -> None:
    """Writes the PNGs that the cases name."""
    directory.mkdir(parents=True, exist_ok=True)
    pictures = {
        "gradient": Image.fromarray(_gradient(131, 97)),
        "noise": Image.fromarray(_noise(45, 38, 3, seed=1)),
        "grey": Image.fromarray(_noise(29, 62, 1, seed=2)[..., 0]),
        "alpha": Image.fromarray(_stripes(90, 50)),
        "tiny": Image.fromarray(_noise(9, 13, 3, seed=3)),
        "exact": Image.fromarray(_gradient(84, 56)),
        "strip": Image.fromarray(_gradient(203, 17)),
    }
    for name, picture in pictures.items():
        picture.save(directory / f"{name}.png", optimize=True)
