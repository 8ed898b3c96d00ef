from django.conf import settings

from shuzheng.infrastructure.content.rules import registered_kinds, schema_files


def test_the_schemas_in_the_repository_are_those_of_the_code():
    folder = settings.PROJECT_FOLDER / "cities" / "schema"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}

    assert kept == schema_files(registered_kinds()), "run: shuzheng schemas"


def test_every_kind_says_what_its_fields_are_for():
    silent = [kind.name for kind in registered_kinds() if not kind.model.__doc__]

    assert silent == []
