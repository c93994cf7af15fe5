"""Whole numbers that add up: largest remainder, and decks that are dealt out."""

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in parts as the weights, each a whole number (largest remainder; of equals the first).

    Raises ValueError where there is something to share and nobody to take it.
    """
    whole = sum(weights)
    if not total:
        return [0] * len(weights)
    if whole <= 0:
        raise ValueError("nobody takes a share")
    exact = [total * w / whole for w in weights]
    parts = [int(e) for e in exact]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def among(total: int, weights: Mapping[T, float]) -> dict[T, int]:
    """The same by name."""
    return dict(zip(weights, shares(total, list(weights.values())), strict=True))


def deck(parts: Mapping[T, int], chance: random.Random) -> list[T]:
    """Each as often as it says, in an order of chance."""
    cards = [one for one, n in parts.items() for _ in range(n)]
    chance.shuffle(cards)
    return cards


def dealt(total: int, weights: Mapping[T, float], chance: random.Random) -> list[T]:
    return deck(among(total, weights), chance)


def taken(cards: list[T], n: int, chance: random.Random, fits: Iterable[int] | None = None) -> list[int]:
    """The places of `n` cards at most, drawn without putting back, among those that fit."""
    places = list(range(len(cards)) if fits is None else fits)
    return chance.sample(places, min(n, len(places)))
