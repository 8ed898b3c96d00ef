"""Who is to do the tasks of a flow: duties no post has, posts nobody holds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shuzheng.support.workflow.rules.graph import Flow, Node
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.sentences import describe

TASKS = frozenset({"user", "manual"})


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What a check knows of a post; without people it is not said whether anybody holds it."""

    name: str
    duties: Collection[str]
    is_held: bool = True


def check_duties(
    flow: Flow, *, posts: Collection[KnownPost], matters: Collection[str]
) -> Iterator[FlowProblem]:
    """Yield a problem for each task without a duty, that no post could do, or of a vacant post.

    Args:
        posts: all there are; where there are none, nothing is checked.
        matters: keys of the matters that run under the flow, which fill in ``{matter}``.
    """
    for node in flow.nodes.values() if posts else ():
        if _is_for_officials(node) and not node.properties.get("duty"):
            yield describe("task-without-duty", node.id)
        for duty in duties_of(node, matters):
            able = [post for post in posts if duty in post.duties]
            if not able:
                yield describe("duty-without-post", node.id, duty=duty)
            for post in able:
                if not post.is_held:
                    yield describe("post-vacant", node.id, duty=duty, post=post.name)


def duties_of(node: Node, matters: Collection[str]) -> tuple[str, ...]:
    """Return the duties a task may ask for; what only a running case fills in is left out."""
    drawn = node.properties.get("duty", "")
    if not _is_for_officials(node) or not drawn:
        return ()
    filled = {drawn.replace("{matter}", matter) for matter in matters}
    return tuple(sorted(each for each in {drawn, *filled} if "{" not in each))


def _is_for_officials(node: Node) -> bool:
    return node.kind in TASKS and node.properties.get("assignee") != "applicant"
