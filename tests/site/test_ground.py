import errno
import shutil
import socket
import subprocess
import sys
from types import SimpleNamespace

import click
import pytest

from shuzheng.site import ground


def test_a_port_that_is_taken_is_refused_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException) as refused:
            ground.check_port("127.0.0.1", port)
    assert refused.value.message == (
        f"端口 {port} 不能使用(Address already in use)。请换一个端口，例如 PORT={port + 1} ./up"
    )


def test_a_free_port_is_fine():
    ground.check_port("127.0.0.1", 0)


def test_a_disk_that_is_nearly_full_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_000_000))
    with pytest.raises(click.ClickException) as refused:
        ground.check_disk(tmp_path / "data")
    assert refused.value.message == (
        f"{tmp_path}/data 所在磁盘只剩 3 MB,至少需要 500 MB。请先腾出空间，已有数据未动。"
    )


def test_a_disk_that_fills_up_on_the_way_is_a_sentence():
    with pytest.raises(click.ClickException) as refused, ground.clear_words_when_full():
        raise OSError(errno.ENOSPC, "No space left on device", "/data/x")
    assert refused.value.message == (
        "磁盘已满(/data/x)。腾出空间后再启动即可，已提交的数据未受影响。"
    )


def test_other_faults_keep_their_own_words():
    with pytest.raises(PermissionError), ground.clear_words_when_full():
        raise PermissionError(errno.EACCES, "Permission denied")


def test_one_folder_serves_one_house(tmp_path):
    code = f"""
from pathlib import Path
from shuzheng.site import ground
ground.lock(Path({str(tmp_path)!r}))
print("held", flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(click.ClickException) as refused:
            ground.lock(tmp_path)
        other.communicate("\n")
    assert refused.value.message == (
        f"{tmp_path} 中的系统已在运行(进程 {other.pid})。请先停止它，或用 SHUZHENG_DATA 另指一处。"
    )
    ground.lock(tmp_path)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "zwfw.example.gov.cn"])
def test_serving_the_network_without_encryption_is_refused_with_the_way_out(host):
    with pytest.raises(click.ClickException) as refused:
        ground.check_secrecy(host, https=False)
    assert refused.value.message.startswith(f"不能在 {host} 上不加密地对外服务")
    assert "SHUZHENG_HTTPS=1" in refused.value.message
    ground.check_secrecy(host, https=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_alone_needs_no_encryption(host):
    ground.check_secrecy(host, https=False)
