"""What the process does for itself, off the path of any request."""

import asyncio
import gc

EVERY_SECONDS = 60


async def collect_garbage() -> None:
    """Collect now and then, since it is no longer done after every run (there it took most of the time)."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await asyncio.to_thread(gc.collect)
