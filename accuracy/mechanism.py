"""What kind of pain, told from findings: how well it holds on 292 real patients with low back pain.

    python accuracy/mechanism.py FOLDER/smart2011-train.txt [--weights]

The file is a table of the R package that carries Smart 2011 (36 yes-or-no findings, 1 absent, 2 present, NA;
last column the clinician's label).  It is not part of this repository.  The labels were made from these
findings, so every number is an upper bound.  Everything is ten-fold: a patient is judged from the others.

First: how much to believe many likelihood ratios at once.  Then: findings of the history alone: ratios
multiplied, ratios tempered, and a regularised regression.  Then: the eight of them that a runner is
asked, as the program uses them, with some not known.  `--weights` prints what the knowledge keeps.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from backstride.causes.temper import gamma, shares
from backstride.knowledge.loader import shipped

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Scheme = Callable[[list[float]], float]
FOLDS = 10
KINDS = ("central", "nociceptive", "neuropathic")
"""In the order of the file's labels."""
HISTORY_UP_TO = 27
"""Criteria up to this one are told by the patient; the rest are found on examination."""
ASKED = {
    "constant": 6,
    "burning_or_electric": 7,
    "local": 8,
    "below_the_knee": 9,
    "by_movement": 11,
    "without_pattern": 13,
    "numb_or_tingling": 18,
    "long_standing": 23,
}
"""Sign of the knowledge -> criterion."""
PENALTY = 1.0
"""Of the squared weights; 0.5 to 2 make no difference that 292 patients could show."""


def read(path: Path) -> tuple[Floats, Labels, tuple[int, ...]]:
    """Findings (patients x findings; 0, 1, NaN), the label of each patient, the number of each criterion."""
    head, *lines = path.read_text("utf-8").splitlines()
    criteria = tuple(int(name.removeprefix("Criterion")) for name in head.replace('"', "").split()[:-1])
    rows, labels = [], []
    for line in lines:
        if line.strip():
            _, _, cells, label, *_ = line.split('"')
            rows.append([np.nan if cell == "NA" else float(cell) - 1 for cell in cells.split()])
            labels.append(label)
    names = sorted(set(labels))
    return np.array(rows), np.array([names.index(label) for label in labels]), criteria


def log_ratios(findings: Floats, labels: Labels) -> Floats:
    """Log ratios, classes x findings x (no, yes), each class against all others, half a patient added."""
    found = np.zeros((len(KINDS), findings.shape[1], 2))
    for one in range(len(KINDS)):
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
    """As the ranking of causes does."""
    return sum(value * share for value, share in zip(values, shares(values, TEMPERING), strict=True))


COMMON = 0.1
"""What fits best where all share one power."""
TEMPERING = shipped().number("tempering")
SCHEMES: dict[str, Scheme] = {
    "multiplied in full": in_full,
    "common gamma": by_common_gamma,
    "as causes are ranked": strongest_first,
}


def softmax(scores: Floats) -> Floats:
    """Each row of scores as probabilities."""
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=float)


def folds(count: int, seed: int) -> list[NDArray[np.bool_]]:
    """For each fold, which patients are left out."""
    fold = np.random.default_rng(seed).permutation(count) % FOLDS
    return [fold == one for one in range(FOLDS)]


def by_ratios(findings: Floats, labels: Labels, scheme: Scheme, known: NDArray[np.bool_]) -> Floats:
    """Probabilities of every patient from ratios of the other folds, on the findings known of them."""
    result = np.zeros((len(labels), len(KINDS)))
    for out in folds(len(labels), 0):
        ratios = log_ratios(findings[~out], labels[~out])
        prior = np.log(np.bincount(labels[~out], minlength=len(KINDS)) / (~out).sum())
        for patient in np.flatnonzero(out):
            told = np.flatnonzero(known[patient] & ~np.isnan(findings[patient]))
            result[patient] = prior + [
                scheme([float(ratios[one, j, int(findings[patient, j])]) for j in told])
                for one in range(len(KINDS))
            ]
    return softmax(result)


def fitted(findings: Floats, labels: Labels) -> tuple[Floats, Floats, Floats]:
    """Start of each kind, weights (kinds x findings) and the share of patients with each finding.

    A regression on findings less their share, so that one not known leaves every kind as it was; squared
    weights are held down by PENALTY.
    """
    share = np.nanmean(findings, axis=0)
    rows = np.nan_to_num(findings - share)
    kinds, size = len(KINDS), rows.shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, start = flat[kinds:].reshape(kinds, size), flat[:kinds]
        stated = softmax(rows @ weights.T + start)
        own = stated[np.arange(len(labels)), labels]
        off = stated - np.eye(kinds)[labels]
        slope = off.T @ rows + PENALTY * weights
        value = -np.log(own + 1e-12).sum() + PENALTY / 2 * (weights**2).sum()
        return float(value), np.concatenate([off.sum(axis=0), slope.ravel()])

    found = minimize(loss, np.zeros(kinds * (size + 1)), jac=True, method="L-BFGS-B", tol=1e-10).x
    start = found[:kinds] - found[:kinds].mean()
    return start, found[kinds:].reshape(kinds, size), share


def by_regression(findings: Floats, labels: Labels, known: NDArray[np.bool_], seed: int = 0) -> Floats:
    """Probabilities of every patient from a regression on the other folds."""
    result = np.zeros((len(labels), len(KINDS)))
    for out in folds(len(labels), seed):
        start, weights, share = fitted(findings[~out], labels[~out])
        result[out] = np.where(known[out], np.nan_to_num(findings[out] - share), 0.0) @ weights.T + start
    return softmax(result)


def calibration_error(probabilities: Floats, labels: Labels) -> float:
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


def scored(stated: Floats, labels: Labels) -> str:
    """Right, log loss, calibration error, and the share stated at more than 99 %, as columns."""
    own = np.clip(stated[np.arange(len(labels)), labels], 1e-9, 1)
    return (
        f"{(stated.argmax(axis=1) == labels).mean():6.3f} {-np.log(own).mean():8.3f} "
        f"{calibration_error(stated, labels):11.3f} {(stated.max(axis=1) > 0.99).mean():9.2f}"
    )


HEAD = f"{'right':>6} {'log loss':>8} {'calibration':>11} {'over 99 %':>9}"


def many_at_once(findings: Floats, labels: Labels) -> None:
    """One line for each scheme and number of findings, drawn by chance for each patient."""
    print(f"\n{'findings':>8}  {'scheme':22} {HEAD}")
    size = findings.shape[1]
    for count in (1, 2, 4, 8, 12, 18, size):
        rng = np.random.default_rng(count)
        known = np.array([np.isin(np.arange(size), rng.permutation(size)[:count]) for _ in labels])
        for name, scheme in SCHEMES.items():
            print(f"{count:8d}  {name:22} {scored(by_ratios(findings, labels, scheme, known), labels)}")


def history_alone(findings: Floats, labels: Labels) -> None:
    """Findings of the history, nothing examined."""
    known = np.ones(findings.shape, dtype=np.bool_)
    print(f"\n{findings.shape[1]} findings of the history  {'':5} {HEAD}")
    for name, scheme in SCHEMES.items():
        print(f"  ratios, {name:22} {scored(by_ratios(findings, labels, scheme, known), labels)}")
    print(f"  {'regression':30} {scored(by_regression(findings, labels, known), labels)}")


WORDS = ("kind_mostly_from", "kind_rather_from")


def asked_of_a_runner(findings: Floats, labels: Labels) -> None:
    """The signs of the program, with none, three and five in ten not known; eight ways to fold."""
    mostly, rather = (shipped().number(name) for name in WORDS)
    print(f"\n{findings.shape[1]} findings that a runner is asked, regression, mean of 8 ways to fold")
    print("  each word: how often it is said, and how often it is right")
    print(f"  {'not known':9} {HEAD}   {'mostly':>11} {'rather':>11} {'not clear':>11}")
    for missing in (0.0, 0.3, 0.5):
        parts = []
        for seed in range(8):
            rng = np.random.default_rng(100 + seed)
            parts.append(by_regression(findings, labels, rng.random(findings.shape) >= missing, seed))
        stated, truth = np.vstack(parts), np.tile(labels, len(parts))
        top, right = stated.max(axis=1), stated.argmax(axis=1) == truth
        said = [top >= mostly, (top >= rather) & (top < mostly), top < rather]
        words = "  ".join(f"{part.mean():.2f} / {right[part].mean():.2f}" for part in said)
        print(f"  {missing:9.0%} {scored(stated, truth)}   {words}")


def print_weights(findings: Floats, labels: Labels, names: Sequence[str]) -> None:
    """The regression on all patients, as the knowledge keeps it."""
    start, weights, share = fitted(findings, labels)
    for one, kind in enumerate(KINDS):
        print(f"{kind}: start = {start[one]:.2f}")
    for j, name in enumerate(names):
        told = ", ".join(f"{kind} = {weights[one, j]:.2f}" for one, kind in enumerate(KINDS))
        print(f"{name}: share = {share[j]:.2f}, weights = {{ {told} }}")


def main(path: Path, weights: bool = False) -> None:
    """Prints the tables, or the weights."""
    findings, labels, criteria = read(path)
    asked = findings[:, [criteria.index(number) for number in ASKED.values()]]
    if weights:
        print_weights(asked, labels, tuple(ASKED))
        return
    counts = ", ".join(f"{count} {kind}" for kind, count in zip(KINDS, np.bincount(labels), strict=True))
    print(f"{len(labels)} patients ({counts}), {findings.shape[1]} findings")
    many_at_once(findings, labels)
    history_alone(findings[:, [number <= HISTORY_UP_TO for number in criteria]], labels)
    asked_of_a_runner(asked, labels)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--weights" in sys.argv[2:])
