"""Before anything is paid: prices that a budget needs are asked for, models and voices are tried."""

from __future__ import annotations

from scenewright.app.preflight import Means, check_means, check_prices, means_of
from scenewright.app.pricing import ASK, said_prices
from scenewright.app.work import Work
from scenewright.app.works import Works
from scenewright.cli.failure import on_a_terminal, plain, say
from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadSettings


async def beforehand(works: Works, brief: Brief) -> None:
    """`brief`: completed. Raises: BadSettings: something is sure to fail, or a price is not known."""
    means = means_of(brief, works.settings)
    if works.purse.limit is not None:
        if on_a_terminal():
            _ask_prices(works, means)
        check_prices(means, works.purse.prices)
    await check_means(means)


async def before_going_on(works: Works, work: Work) -> None:
    """As above, for a work that has begun; one that has all its results needs nobody."""
    if work.events and not work.board.finished():
        await beforehand(works, work.brief)


def _ask_prices(works: Works, means: Means) -> None:
    """Asks whoever sits there. What is typed is tried at once; nothing typed leaves the price unknown."""
    for name, how in means.unpriced(works.purse.prices):
        model = how == ASK
        of = "a million tokens of input and of output, as IN/OUT" if model else "a million characters"
        say(f"What does {name} cost? US dollars for {of}:")
        while typed := input("> ").strip():
            try:
                said = f"{name}={typed}" if model else typed
                works.purse.prices.update(said_prices(said) if model else said_prices("", said))
                break
            except BadSettings as exc:
                say(plain(str(exc)))
