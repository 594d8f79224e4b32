"""The ranking held against exact inference by another library (pyAgrum), which is not installed by default.

    pip install pyagrum && python -m pytest tests/causes/test_oracle.py

The conditions are one variable that takes one of them; every row of evidence is a node below it that was
seen, with its ratio, tempered, as its likelihood under each condition.
"""

from __future__ import annotations

from math import exp, log

import pytest
from hypothesis import given, settings
from tests.causes.made_up import KNOWLEDGE, facts, known

from backstride.causes.rank import rank
from backstride.causes.weigh import weigh
from backstride.model.findings import Facts

gum = pytest.importorskip("pyagrum", reason="pyagrum is not installed: the ranking has no oracle here")


@settings(max_examples=25, deadline=None)
@given(facts)
def test_exact_inference_by_another_library_gives_the_same_probabilities(facts: Facts) -> None:
    weighed = {id: weigh(cause, facts, KNOWLEDGE) for id, cause in KNOWLEDGE.causes.items()}
    ids = list(weighed)
    net = gum.BayesNet()
    condition = net.add(gum.LabelizedVariable("condition", "", len(ids)))
    priors = [exp(weighed[id].log_prior) for id in ids]
    net.cpt(condition).fillWith([prior / sum(priors) for prior in priors])
    seen: dict[str, int] = {}
    for one in ids:
        for line in weighed[one].lines:
            if line.weight == 0:
                continue
            name = f"{one}_{line.index}"
            node = net.add(gum.LabelizedVariable(name, "", 2))
            net.addArc(condition, node)
            # The likelihood is 1 to exp(weight) between this condition and the others; scaled below one.
            scale = 0.5 / max(1.0, exp(line.weight))
            shares = [scale * (exp(line.weight) if other == one else 1.0) for other in ids]
            net.cpt(node).fillWith([part for share in shares for part in (1 - share, share)])
            seen[name] = 1
    inference = gum.LazyPropagation(net)
    inference.setEvidence(seen)
    inference.makeInference()
    exact = inference.posterior("condition").tolist()

    for cause in rank(known(facts), KNOWLEDGE):
        found = exact[ids.index(cause.cause)]
        assert log(cause.probability) == pytest.approx(log(found), abs=1e-6)
