"""Checking a drawing against the rules of BPMN and the limits of this engine."""

from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.xml import Source
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation import (
    activities,
    collaboration,
    data,
    definitions,
    events,
    expressions,
    flows,
    gateways,
    identity,
    io,
    references,
    support,
)
from shuzheng.support.workflow.rules.validation.drawing import Check, lay_out

CHECKS: tuple[Check, ...] = (
    support.check_support,
    support.check_calls,
    identity.check_ids,
    identity.check_uris,
    references.check_references,
    references.check_shared_definitions,
    flows.check_ends,
    flows.check_listings,
    flows.check_conditions,
    flows.check_defaults,
    flows.check_levels,
    gateways.check_directions,
    gateways.check_event_gateways,
    events.check_triggers,
    events.check_start_and_end,
    events.check_boundaries,
    events.check_intermediates,
    events.check_event_subprocesses,
    events.check_links,
    definitions.check_definitions,
    definitions.check_literals,
    activities.check_quantities,
    activities.check_loops,
    activities.check_compensation,
    activities.check_scripts,
    activities.check_choreography,
    activities.check_ad_hoc,
    activities.check_performers,
    activities.check_names,
    expressions.check_expressions,
    data.check_collections,
    data.check_reference_names,
    data.check_properties,
    data.check_sets,
    data.check_pairing,
    data.check_associations,
    io.check_operations,
    io.check_calls,
    io.check_bindings,
    io.check_event_data,
    collaboration.check_message_flows,
)


def validate(source: Source) -> Iterator[FlowProblem]:
    """Yield all that is wrong with a drawing, check by check."""
    drawing = lay_out(source)
    for check in CHECKS:
        yield from check(drawing)
