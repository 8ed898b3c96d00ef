"""When a whole delivery may end what it leaves out, and when a person must look first."""

from shuzheng.data.collection.rules.datasets import Dataset


def why_held(
    dataset: Dataset, *, absent: int, current: int, is_keyless: bool, newest: str, known: str
) -> str:
    """Return why a snapshot may not end records by itself, empty if it may.

    Args:
        absent: current records that the file leaves out.
        current: records the dataset holds now.
        is_keyless: some row has no number, so its record cannot be told from an absent one.
        newest: the latest day in the file, ISO.
        known: the latest day of what the register holds, ISO.
    """
    if newest < known:
        return f"文件截至 {newest or '无'}，早于已归集的 {known}"
    if is_keyless:
        return f"有的行没有“{dataset.key_column}”，无法认定哪些记录已不存在"
    if absent * 100 > dataset.most_ended_percent * current:
        return f"{current} 条中有 {absent} 条不在文件里，超过 {dataset.most_ended_percent}%"
    return ""
