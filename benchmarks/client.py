"""A small browser for benchmarks: one request a connection, open loop or so many users at once."""

import asyncio
import random
import statistics
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.house import Caller, House

TOKEN = "benchmarkbenchmarkbenchmark12345"
"""Sent as cookie and as field, as a browser that has seen the form does."""
TIME_OUT_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back, and the seconds from when the request was due until the last byte."""

    status: int
    location: str
    seconds: float
    body: bytes


async def ask(
    house: House,
    caller: Caller,
    path: str,
    *,
    form: dict[str, str] | None = None,
    due: float | None = None,
) -> Answer:
    """Send one request; the seconds count from ``due`` (``time.perf_counter``), else from now."""
    begun = time.perf_counter() if due is None else due
    async with asyncio.timeout(TIME_OUT_SECONDS):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", house.port, local_addr=(caller.address, 0)
        )
        writer.write(_request(house, caller, path, form))
        content = await reader.read()
        writer.close()
    seconds = time.perf_counter() - begun
    head, _, body = content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    return Answer(int(lines[0].split()[1]), headers.get("location", ""), seconds, body)


def _request(house: House, caller: Caller, path: str, form: dict[str, str] | None) -> bytes:
    address = f"http://127.0.0.1:{house.port}"
    cookies = f"sessionid={caller.session}; csrftoken={TOKEN}"
    content = b"" if form is None else urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode()
    lines = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{house.port}",
        f"Cookie: {cookies}",
        f"Origin: {address}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(content)}",
        "Connection: close",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


Send = Callable[[int, float], Coroutine[None, None, Answer]]


async def arrive(count: int, each_second: float, send: Send) -> list[Answer]:
    """Send so many requests, each at its own moment, whether the last is answered or not.

    The moments are those of people who know nothing of one another (a Poisson process).
    """
    chance = random.Random(1)
    due = time.perf_counter() + 0.2
    sent = []
    for place in range(count):
        due += chance.expovariate(each_second)
        await asyncio.sleep(max(0, due - time.perf_counter()))
        sent.append(asyncio.create_task(send(place, due)))
    return await asyncio.gather(*sent)


async def use(
    callers: Sequence[Caller], times: int, send: Callable[[Caller], Coroutine[None, None, Answer]]
) -> list[Answer]:
    """Let several users ask at once, each the next when the last is answered."""

    async def one(caller: Caller) -> list[Answer]:
        return [await send(caller) for _ in range(times)]

    answers = await asyncio.gather(*(one(caller) for caller in callers))
    return [answer for each in answers for answer in each]


def summary(answers: Sequence[Answer]) -> str:
    """Return median, 99th percentile and longest wait in milliseconds."""
    waits = [answer.seconds * 1000 for answer in answers]
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    return f"median {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, longest {max(waits):.0f} ms"
