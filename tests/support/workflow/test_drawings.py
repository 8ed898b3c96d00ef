"""Drawings from strangers: hostile, broken, from any modeller."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.cases.rules.start_checks import SENTENCES as STARTS
from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import FlowInvalid, check_flow, read_flow
from shuzheng.support.workflow.rules.sentences import SENTENCES, WARNINGS
from tests.support.workflow.bpmn_suite import CHECKOUT
from tests.support.workflow.flow_drawing import HEAD, drawing

PLAIN = drawing('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>', "s>a a>e")


def codes(xml: bytes) -> list[str]:
    return [problem.code for problem in check_flow(xml)]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "xml-unreadable"),
        (b"<", "xml-unreadable"),
        (b"\xff\xfe\x00", "xml-unreadable"),
        (b"<definitions/>", "xml-not-bpmn"),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "xml-doctype"),
        (b'<?xml version="1.0"?><!doctype d><d/>', "xml-doctype"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d><d/>'.encode("utf-16"), "xml-doctype"),
        (b"<d>" + b"x" * 5_000_001 + b"</d>", "xml-too-large"),
    ],
)
def test_hostile_or_broken_files_are_refused_by_a_code(xml: bytes, code: str) -> None:
    assert codes(xml) == [code]
    with pytest.raises(FlowInvalid) as refusal:
        read_flow(xml)
    assert refusal.value.code == "workflow.flow-invalid"


def test_an_entity_bomb_is_not_expanded() -> None:
    bomb = '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10)
    )
    assert codes(f"{bomb}]><z>&a9;</z>".encode()) == ["xml-doctype"]


def test_a_file_nested_beyond_reason_is_refused() -> None:
    deep = "<documentation>" * 220 + "</documentation>" * 220
    assert codes(f"{HEAD}{deep}</definitions>".encode())[0] in {"xml-too-deep", "xml-unreadable"}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(xml: bytes) -> None:
    assert codes(xml)


@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_drawing_is_read_or_refused(place: int, noise: bytes) -> None:
    problems = check_flow(PLAIN[:place] + noise + PLAIN[place + len(noise) :])
    assert all(problem.message and problem.remedy for problem in problems)


def test_every_code_has_a_sentence_and_a_remedy_and_warnings_are_codes() -> None:
    assert all(message and remedy for message, remedy in SENTENCES.values())
    assert set(SENTENCES) >= WARNINGS


def test_a_problem_says_where_and_what_to_do() -> None:
    body = '<startEvent id="s"/>\n<complexGateway id="g"/>\n<endEvent id="e"/><task id="t"/>'
    found = {problem.code: problem for problem in check_flow(drawing(body, "s>g g>e g>t t>e"))}
    problem = found["unsupported-complex-gateway"]
    assert (problem.element, problem.line, problem.severity) == ("g", 2, "error")
    assert problem.message == "本系统不执行复杂网关。"
    assert problem.remedy == "请改用排他、并行或包容网关。"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<transaction id='x'/>", "unsupported-transaction"),
        ("<adHocSubProcess id='x'/>", "unsupported-ad-hoc"),
        ("<complexGateway id='x'/>", "unsupported-complex-gateway"),
        ("<choreographyTask id='x'/>", "unsupported-choreography"),
        (
            "<eventBasedGateway id='x' eventGatewayType='Parallel'/>",
            "unsupported-parallel-event-gateway",
        ),
    ],
)
def test_what_is_not_run_is_refused_by_name(body: str, code: str) -> None:
    assert code in codes(drawing(body))


def test_an_expression_that_cannot_be_read_is_named_with_its_element() -> None:
    body = (
        '<startEvent id="s"/><exclusiveGateway id="g" default="g_e"/><task id="a"/>'
        '<endEvent id="e"/>'
    )
    problems = check_flow(drawing(body, "s>g g>a[1_+] g>e a>e"))
    assert [(problem.code, problem.element) for problem in problems] == [
        ("expression-unreadable", "g_a")
    ]


def test_a_gateway_without_default_is_a_warning_and_still_runs() -> None:
    body = '<startEvent id="s"/><exclusiveGateway id="g"/><task id="a"/><endEvent id="e"/>'
    xml = drawing(body, "s>g g>a[x] g>e[y] a>e")
    assert codes(xml) == ["default-missing"]
    assert read_flow(xml).process == "p"


def test_a_drawing_of_a_desktop_modeller_runs_unchanged() -> None:
    case = read_flow(MODELLER)
    advance = rules.start(case, variables={"departments": ["market", "fire"], "ok": True})
    assert [
        (one.name, one.lane, one.item) for one in advance.effects if isinstance(one, rules.OpenTask)
    ] == [("Review", "Bureau", "market"), ("Review", "Bureau", "fire")]
    assert case.variables == ("Application",)


MODELLER = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
 id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler"
 exporterVersion="5.20.0">
  <bpmn:collaboration id="Collaboration_1">
    <bpmn:participant id="Participant_1" name="City" processRef="Process_1" />
    <bpmn:participant id="Participant_2" name="Applicant" />
    <bpmn:messageFlow id="Flow_m" sourceRef="Participant_2" targetRef="Participant_1" />
  </bpmn:collaboration>
  <bpmn:process id="Process_1" isExecutable="true">
    <bpmn:laneSet id="LaneSet_1">
      <bpmn:lane id="Lane_1" name="Bureau">
        <bpmn:flowNodeRef>StartEvent_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Activity_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>Event_1</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="StartEvent_1"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="Activity_1" name="Review" camunda:formKey="x">
      <bpmn:extensionElements><camunda:taskListener event="create" /></bpmn:extensionElements>
      <bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing>
      <bpmn:multiInstanceLoopCharacteristics camunda:collection="${departments}"
       camunda:elementVariable="department">
        <bpmn:completionCondition xsi:type="bpmn:tFormalExpression">ok</bpmn:completionCondition>
      </bpmn:multiInstanceLoopCharacteristics>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_1" />
    <bpmn:endEvent id="Event_1"><bpmn:incoming>Flow_2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_1" targetRef="Event_1" />
    <bpmn:dataObjectReference id="Data_1" name="Application" dataObjectRef="DataObject_1" />
    <bpmn:dataObject id="DataObject_1" />
    <bpmn:textAnnotation id="Text_1"><bpmn:text>note</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="As_1" sourceRef="Activity_1" targetRef="Text_1" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1">
    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Collaboration_1">
      <bpmndi:BPMNShape id="Activity_1_di" bpmnElement="Activity_1">
        <dc:Bounds x="1" y="1" width="9" height="9" />
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>"""


def test_the_documented_codes_are_those_in_use() -> None:
    text = (CHECKOUT / "docs" / "flow-problems.md").read_text()
    rows = [
        f"| `{code}` | {'提醒' if code in WARNINGS else '错误'} | {message} | {remedy} |"
        for code, (message, remedy) in (SENTENCES | STARTS).items()
    ]
    assert [line for line in text.splitlines() if line.startswith("| `")] == rows
