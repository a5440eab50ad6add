"""Whatever happens in whatever order: the gate says what the plain rule says."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.consent.lives import Lives

# SAMSPIL_LIVES=1000 for a night of it.
LIVES = int(os.environ.get("SAMSPIL_LIVES", "50"))


def test_the_gate_says_what_the_rule_says(db, move_clock):
    class Here(Lives):
        pass

    Here.move_clock = staticmethod(move_clock)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=LIVES,
            # Whether it fails is all that `make mutants` wants to know.
            phases=[Phase.generate] if "SAMSPIL_MUTANT" in os.environ else Phase,
            stateful_step_count=18,
            deadline=None,
            database=None,
            derandomize=LIVES == 50,
            suppress_health_check=list(HealthCheck),
        ),
    )
