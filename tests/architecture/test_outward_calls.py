"""Whatever is asked of another process or machine is asked with a limit of time."""

from tests.architecture.tree import Module, calls, modules, sample

OUTWARD = (
    "httpx.",
    "requests.get",
    "requests.post",
    "requests.Session",
    "urllib.request.urlopen",
    "socket.create_connection",
    "smtplib.SMTP",
    "subprocess.run",
    "subprocess.check_output",
    "subprocess.check_call",
)


def unlimited(module: Module) -> list[str]:
    """Return the outward calls of a module that could wait for ever."""
    return [
        f"{module.name}:{call.lineno} {name}"
        for name, call in calls(module.tree)
        if name.startswith(OUTWARD) and not any(word.arg == "timeout" for word in call.keywords)
    ]


def test_every_outward_call_has_a_time_out():
    assert [each for module in modules() for each in unlimited(module)] == []


def test_a_call_that_could_wait_for_ever_is_noticed():
    endless = sample("shuzheng.site.x", "import subprocess\nsubprocess.run(['a'])")
    limited = sample("shuzheng.site.x", "import subprocess\nsubprocess.run(['a'], timeout=5)")
    assert unlimited(endless) == ["shuzheng.site.x:2 subprocess.run"]
    assert unlimited(limited) == []
