"""What a key may be called, how an encrypted text looks, and what can be wrong with keys."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop

KEY_BYTES = 32
NONCE_BYTES = 12
BLIND_INDEX_HEX_CHARACTERS = 32
COLUMN_KEY = "column"
BLIND_INDEX_KEY = "blind-index"

_NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")
_TOKEN = re.compile(r"k1\.(?P<version>[1-9][0-9]{0,8})\.(?P<body>[A-Za-z0-9_-]+)")


class KeyRefusal(Refusal):
    """A key could not be used."""

    code = "key-refused"


class KeyNameInvalid(KeyRefusal, Invalid):
    """The name is not of small letters, digits and hyphens."""

    code = "key-name-invalid"
    template = gettext_noop("密钥名称“{name}”无效。")
    remedy = gettext_noop("名称只能用小写字母、数字和连字符，且以字母开头。")


class KeyTooOpen(KeyRefusal, Conflict):
    """Others than the owner could read the key."""

    code = "key-too-open"
    template = gettext_noop("密钥“{path}”的权限是 {mode}，其他用户可以读取；须为 {wanted}。")
    remedy = gettext_noop("请用 chmod 收紧权限后重新启动。")


class KeyDamaged(KeyRefusal, Conflict):
    """The key's file does not hold a key."""

    code = "key-damaged"
    template = gettext_noop("密钥文件“{path}”已损坏。")
    remedy = gettext_noop("请从密钥备份中恢复该文件。")


class KeyNotFound(KeyRefusal, NotFound):
    """No key of this name or version."""

    code = "key-not-found"
    template = gettext_noop("没有密钥“{name}”的第 {version} 版。")
    remedy = gettext_noop("请从密钥备份中恢复，或检查名称。")


class KeyNotRotatable(KeyRefusal, Conflict):
    """References in every register are made with this key: a new one would orphan them."""

    code = "key-not-rotatable"
    template = gettext_noop("密钥“{name}”用于生成登记引用，不能轮换。")
    remedy = gettext_noop("如已泄露，须停机并重建全部登记引用。")


class TextNotDecryptable(KeyRefusal, Conflict):
    """The text was changed, belongs to another column, or was encrypted under a lost key."""

    code = "text-not-decryptable"
    template = gettext_noop("加密内容（{context}）无法解密：内容被改动或不属于此处。")
    remedy = gettext_noop("请联系管理员核查数据。")


class KeyFolderUnknown(KeyRefusal, Conflict):
    """Nobody said where the keys are."""

    code = "key-folder-unknown"
    template = gettext_noop("尚未指定密钥目录。")
    remedy = gettext_noop("请在启动时调用 keys.use_folder。")


def check_name(name: str) -> str:
    """Return the name of a key.

    Raises:
        KeyNameInvalid: it is not of small letters, digits and hyphens, or too long.

    >>> check_name("checkpoint")
    'checkpoint'
    """
    if not _NAME.fullmatch(name):
        raise KeyNameInvalid(name=name)
    return name


@dataclass(frozen=True, slots=True)
class Token:
    """An encrypted text as stored: the key's version, the nonce and the sealed bytes."""

    version: int
    nonce: bytes
    sealed: bytes

    def to_text(self) -> str:
        """Return the stored form ``k1.<version>.<base64url>``."""
        body = base64.urlsafe_b64encode(self.nonce + self.sealed).rstrip(b"=").decode()
        return f"k1.{self.version}.{body}"


def read_token(text: str, *, context: str) -> Token:
    """Take the stored form apart.

    Raises:
        TextNotDecryptable: the text is not of that form.
    """
    match = _TOKEN.fullmatch(text)
    if match is None:
        raise TextNotDecryptable(context=context)
    body = match["body"]
    try:
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except ValueError as fault:
        raise TextNotDecryptable(context=context) from fault
    return Token(int(match["version"]), raw[:NONCE_BYTES], raw[NONCE_BYTES:])


def associated_data(*, name: str, version: int, context: str) -> bytes:
    """Return what binds a sealed text to its key and its column."""
    return f"{name}:{version}:{context}".encode()


def keyed_index(*, key: bytes, value: str, context: str) -> str:
    """Return 32 hexadecimal digits by which equal values are found without being readable.

    >>> len(keyed_index(key=bytes(32), value="330802", context="person.number"))
    32
    """
    message = f"{len(context)}:{context}:{value}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:BLIND_INDEX_HEX_CHARACTERS]
