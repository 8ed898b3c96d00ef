"""The ground a house is built on: a free port, room on the disk, one house a folder."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import click

LEAST_FREE_BYTES = 500_000_000
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def check_port(host: str, port: int) -> None:
    """Refuse a port that something else listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            words = f"端口 {port} 不能使用({os.strerror(error.errno or 0)})。"
            raise click.ClickException(f"{words}请换一个端口，例如 PORT={port + 1} ./up") from error


def check_secrecy(host: str, *, https: bool) -> None:
    """Refuse to serve real people over the network without encryption.

    Without HTTPS a session's cookie and everything typed could be read on the way, and anybody who
    reaches the port could write themselves another address.
    """
    if https or _is_loopback(host):
        return
    raise click.ClickException(
        f"不能在 {host} 上不加密地对外服务：登录凭据和个人信息会以明文经过网络。"
        "请在前面放一台做 TLS 的网页服务器，并设 SHUZHENG_HTTPS=1；只在本机使用的，监听 127.0.0.1。"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_disk(folder: Path) -> None:
    """Refuse to begin on a disk that is nearly full."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        raise click.ClickException(
            f"{folder} 所在磁盘只剩 {free // 1_000_000} MB,"
            f"至少需要 {LEAST_FREE_BYTES // 1_000_000} MB。请先腾出空间，已有数据未动。"
        )


@contextmanager
def clear_words_when_full() -> Iterator[None]:
    """Turn a disk that fills up on the way into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        place = error.filename or "数据文件夹"
        words = f"磁盘已满({place})。腾出空间后再启动即可，已提交的数据未受影响。"
        raise click.ClickException(words) from error


def lock(folder: Path) -> int:
    """Hold the folder for one house; the lock lasts as long as the process and what it becomes."""
    file = folder / "run.lock"
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        number = file.read_text().strip()
        words = (
            f"{folder} 中的系统已在运行(进程 {number})。请先停止它，或用 SHUZHENG_DATA 另指一处。"
        )
        raise click.ClickException(words) from error
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    os.set_inheritable(descriptor, True)
    return descriptor
