"""What the sensors of a watch are known to get wrong, put right in named steps.

    positions (before distances are worked out of them)   repair_position_spikes
    cadence   (half of it is no spike)                    repair_cadence_halving
    single samples                                        repair_spikes
    long stretches                                        repair_frozen_sensor

Nothing is made up: a value stays, is doubled, or is NaN.
"""

from __future__ import annotations

from backstride.formats.frozen import repair_frozen_sensor
from backstride.formats.halving import repair_cadence_halving
from backstride.formats.motion import completed
from backstride.formats.spikes import repair_position_spikes, repair_spikes
from backstride.formats.steps_for_beats import warned_of_steps_for_beats
from backstride.formats.track import Track
from backstride.model.activity import Sport


def trusted(track: Track, sport: Sport, complete: bool = True) -> Track:
    """Every sensor as far as it can be trusted; to be `complete`, distance and speed are worked out.

    That comes after the positions, which it rests on, and before the rest: speed tells a runner from a
    walker.
    """
    track = repair_position_spikes(track, sport)
    if complete:
        track = completed(track, sport)
    track = repair_cadence_halving(track, sport)
    track = repair_spikes(track, sport)
    return warned_of_steps_for_beats(repair_frozen_sensor(track, sport), sport)
