"""The gate of the vault: one at a time, over and over by the same, each in turn."""

import threading
from concurrent.futures import ThreadPoolExecutor

from desktop.vault.gate import Gate


def test_one_at_a_time() -> None:
    gate, inside, seen = Gate(), list[int](), list[int]()

    def work(number: int) -> None:
        for _step in range(200):
            with gate, gate:
                inside.append(number)
                seen.append(len(inside))
                inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert set(seen) == {1} and len(seen) == 1_600


def test_who_waits_goes_before_the_next_step_of_who_works() -> None:
    gate, order, begun = Gate(), list[str](), threading.Event()

    def steps() -> None:
        for number in range(1_000):
            with gate:
                order.append(f"step {number}")
                if number == 0:
                    begun.set()

    def gesture() -> None:
        assert begun.wait(20)
        with gate:
            order.append("gesture")

    # Held while both come to wait, the one that works step by step first.
    with ThreadPoolExecutor(2) as pool:
        with gate:
            works = pool.submit(steps)
            while not gate.waiting:
                pass
            begun.set()
            waits = pool.submit(gesture)
            while gate.waiting < 2:
                pass
        works.result()
        waits.result()
    assert order.index("gesture") == 1


def test_what_fails_inside_leaves_it_open() -> None:
    gate = Gate()
    try:
        with gate:
            raise ValueError
    except ValueError:
        pass
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: gate.__enter__()).result(timeout=20) is None
