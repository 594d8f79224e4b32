"""How well tempered likelihood ratios hold on real patients with low back pain: 292, 36 yes-or-no findings.

    python accuracy/causes.py FOLDER/smart2011-train.txt

The file is a table of the R package that carries Smart 2011 (1 absent, 2 present, NA; last column the
clinician's label).  It is not part of this repository.  The labels were made from these findings, so the
numbers are an upper bound; what is compared here is only how much to believe many ratios at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backstride.causes.temper import gamma, shares
from backstride.knowledge.loader import shipped

Floats = NDArray[np.float64]
Scheme = Callable[[list[float]], float]
FOLDS = 10


def read(path: Path) -> tuple[Floats, NDArray[np.int64]]:
    """Findings (patients x findings; 0, 1, NaN) and the label of each patient."""
    rows, labels = [], []
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line.strip():
            _, _, cells, label, *_ = line.split('"')
            rows.append([np.nan if cell == "NA" else float(cell) - 1 for cell in cells.split()])
            labels.append(label)
    names = sorted(set(labels))
    return np.array(rows), np.array([names.index(label) for label in labels])


def log_ratios(findings: Floats, labels: NDArray[np.int64], classes: int) -> Floats:
    """Log ratios, classes x findings x (no, yes), each class against all others, half a patient added."""
    found = np.zeros((classes, findings.shape[1], 2))
    for one in range(classes):
        mine, others = findings[labels == one], findings[labels != one]
        for answer in (0, 1):
            rates = [
                (np.sum(part == answer, axis=0) + 0.5) / (np.sum(~np.isnan(part), axis=0) + 1)
                for part in (mine, others)
            ]
            found[one, :, answer] = np.log(rates[0] / rates[1])
    return found


def in_full(values: list[float]) -> float:
    """Every ratio multiplied."""
    return sum(values)


def by_common_gamma(values: list[float]) -> float:
    """Every ratio to the same power, by how many there are; a further clue for can then take away."""
    return gamma(max(1, len(values)), COMMON) * sum(values)


def strongest_first(values: list[float]) -> float:
    """As the program does."""
    return sum(value * share for value, share in zip(values, shares(values, TEMPERING), strict=True))


COMMON = 0.1
"""What fits best where all share one power."""
TEMPERING = shipped().number("tempering")
SCHEMES: dict[str, Scheme] = {
    "in full": in_full,
    "common gamma": by_common_gamma,
    "as the program": strongest_first,
}


def predicted(findings: Floats, labels: NDArray[np.int64], scheme: Scheme, keep: NDArray[np.int64]) -> Floats:
    """Probabilities of every patient from ratios of the other folds, on the findings kept for them."""
    classes = int(labels.max()) + 1
    fold = np.random.default_rng(0).permutation(len(labels)) % FOLDS
    result = np.zeros((len(labels), classes))
    for left_out in range(FOLDS):
        seen = fold != left_out
        ratios = log_ratios(findings[seen], labels[seen], classes)
        prior = np.log(np.bincount(labels[seen], minlength=classes) / seen.sum())
        for patient in np.flatnonzero(~seen):
            known = [j for j in keep[patient] if not np.isnan(findings[patient, j])]
            weights = prior + [
                scheme([float(ratios[one, j, int(findings[patient, j])]) for j in known])
                for one in range(classes)
            ]
            result[patient] = np.exp(weights - weights.max()) / np.exp(weights - weights.max()).sum()
    return result


def calibration_error(probabilities: Floats, labels: NDArray[np.int64]) -> float:
    """Mean gap between what was stated and what was right, in ten bins of the top probability."""
    top, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bins = np.minimum((top * 10).astype(int), 9)
    return float(
        sum(
            abs(top[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
            for one in range(10)
            if (bins == one).any()
        )
    )


def main(path: Path) -> None:
    """Prints one line for each scheme and number of findings."""
    findings, labels = read(path)
    print(f"{len(labels)} patients, {findings.shape[1]} findings, labels {np.bincount(labels).tolist()}")
    print(f"{'findings':>8}  {'scheme':16} {'right':>6} {'log loss':>8} {'calibration':>11} {'over 99 %':>9}")
    for count in (1, 2, 4, 8, 12, 18, findings.shape[1]):
        rng = np.random.default_rng(count)
        keep = np.array([rng.permutation(findings.shape[1])[:count] for _ in labels])
        for name, scheme in SCHEMES.items():
            stated = predicted(findings, labels, scheme, keep)
            own = np.clip(stated[np.arange(len(labels)), labels], 1e-9, 1)
            right = (stated.argmax(axis=1) == labels).mean()
            sure = (stated.max(axis=1) > 0.99).mean()
            print(
                f"{count:8d}  {name:16} {right:6.3f} {-np.log(own).mean():8.3f} "
                f"{calibration_error(stated, labels):11.3f} {sure:9.2f}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
