"""Warming up while the page is loaded: charts, engine, first answer; the page shows how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from hinterland.studio.api import Kept, State


@dataclass
class Warming:
    """How far it is: the share that is done, and at which step."""

    done: float = 0.0
    step: str = "ready"
    answered: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        if self.done >= 1:
            self.answered.set()


def begin(lang: str) -> Warming:
    """Warm up in a thread that ends with the program."""
    state = Warming(0.0, "start")
    threading.Thread(target=work, args=(state, lang), daemon=True).start()
    return state


def work(state: Warming, lang: str) -> None:
    """Do what the first question would wait for."""
    import hinterland as hl
    from hinterland.studio.bundle import bundle
    from hinterland.studio.levers import start
    from hinterland.studio.scenarios import of_the_box, seen
    from hinterland.studio.views import answer

    steps: dict[str, Callable[[], object]] = {
        "levers": lambda: start(lang),
        "solve": lambda: seen(Kept()),
        "answer": lambda: answer(State.model_validate({"lang": lang}), 0),
        "charts": bundle,
        "presets": lambda: [of_the_box(name) for name in hl.presets()],
    }
    for place, (name, step) in enumerate(steps.items()):
        state.done, state.step = place / len(steps), name
        try:
            step()
        except Exception:  # who asks gets the message; warming is none's question
            continue
        finally:
            if name == "answer":
                state.answered.set()
    state.done, state.step = 1.0, "ready"
