"""What invented data are made from: real streets, invented names, and the cases one must meet."""

from datetime import date

from shuzheng.infrastructure.content.rules import ContentModel


class Counts(ContentModel):
    """How many of each are made in all, the named ones included."""

    persons: int
    premises: int
    legal_persons: int


class Street(ContentModel):
    """A street with the community it lies in and a point on it (WGS 84 degrees)."""

    county: str
    town: str
    name: str
    village: str
    longitude: float
    latitude: float

    @property
    def place(self) -> str:
        """Return county, town and street, as an address writes them."""
        return f"{self.county}{self.town}{self.name}"


class ShopKind(ContentModel):
    """A kind of enterprise: the end of its name, its scope, its legal form."""

    name: str
    scope: str
    kind: str


class NamedPerson(ContentModel):
    """Somebody whom accounts and tests refer to by name."""

    name: str
    born_on: date
    female: bool
    street: str


class NamedPremises(ContentModel):
    """A building unit that shows one case of the siting rules."""

    unit: str
    street: str
    number: str
    use: str
    flue: str
    floor: int
    adjoins: str
    area: str
    managed_by: str
    sewer: str
    fire: str
    owner: str
    tenant: str


class NamedLegalPerson(ContentModel):
    """An enterprise that is there already."""

    name: str
    kind: str
    scope: str
    representative: str
    unit: str


class Fault(ContentModel):
    """A wrong row added to a feed, so that something is put aside."""

    feed: str
    column: str
    value: str


class Places(ContentModel):
    """The whole basis of a city's invented data.

    Attributes:
        province: two digits of GB/T 2260.
        registrar: the department that issues licences, as licences name it.
        certificate_number, lease_number: patterns with `{index}`.
    """

    seed: int
    province: str
    province_name: str
    city_name: str
    registrar: str
    certificate_number: str
    lease_number: str
    as_of: date
    counts: Counts
    phone_prefix: str
    legal_person_area: str
    surnames: str
    given_first: str
    given_second: str
    shop_names: tuple[str, ...]
    shop_kinds: tuple[ShopKind, ...]
    streets: tuple[Street, ...]
    persons: tuple[NamedPerson, ...]
    premises: tuple[NamedPremises, ...]
    legal_persons: tuple[NamedLegalPerson, ...]
    faults: tuple[Fault, ...]

    def get_street(self, name: str) -> Street:
        """Return a street by its name.

        Raises:
            KeyError: the city's file does not have it.
        """
        return {street.name: street for street in self.streets}[name]
