import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.journal.rules.merkle import (
    Frontier,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    root_from_proof,
    root_of,
)
from shuzheng.infrastructure.journal.rules.tiles import (
    Tile,
    index_path,
    pack_leaves,
    tiles_of,
    unpack_leaves,
)

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The test vectors of Certificate Transparency (RFC 6962 reference code)."""


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    assert root_of([leaf_hash(each) for each in LEAVES[:size]]).hex() == ROOTS[size - 1]


def hashes(count):
    return [leaf_hash(str(place).encode()) for place in range(count)]


def node_of(leaves):
    def node(level, index):
        return root_of(leaves[index << level : (index + 1) << level])

    return node


def recursive_root(leaves):
    """The definition in RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(recursive_root(leaves[:half]), recursive_root(leaves[half:]))


@given(count=st.integers(1, 700))
def test_a_growing_tree_has_the_root_of_the_definition(count):
    leaves = hashes(count)

    assert root_of(leaves) == recursive_root(leaves)
    assert root_at(count, node_of(leaves)) == recursive_root(leaves)


@given(data=st.data(), size=st.integers(1, 600))
def test_every_leaf_can_be_proved(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    proof = inclusion_proof(index=index, size=size, node=node_of(leaves))

    assert root_from_proof(leaf=leaves[index], index=index, size=size, proof=proof) == root_of(
        leaves
    )
    assert len(proof) <= (size - 1).bit_length()


@given(data=st.data(), size=st.integers(2, 300))
def test_a_proof_holds_for_no_other_leaf_place_or_path(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    root = root_of(leaves)
    proof = inclusion_proof(index=index, size=size, node=node_of(leaves))
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
    spoiled = list(proof)
    place = data.draw(st.integers(0, len(proof) - 1))
    spoiled[place] = bytes(32)

    assert root_from_proof(leaf=leaves[other], index=index, size=size, proof=proof) != root
    assert root_from_proof(leaf=leaves[index], index=other, size=size, proof=proof) != root
    assert root_from_proof(leaf=leaves[index], index=index, size=size, proof=spoiled) != root
    assert root_from_proof(leaf=leaves[index], index=index, size=size, proof=proof[:-1]) != root
    longer = (*proof, bytes(32))
    assert root_from_proof(leaf=leaves[index], index=index, size=size, proof=longer) is None
    assert root_from_proof(leaf=leaves[index], index=size, size=size, proof=proof) is None


def test_a_leaf_that_is_not_there_has_no_proof():
    with pytest.raises(ValueError, match="leaf 3 is not in a tree of 3"):
        inclusion_proof(index=3, size=3, node=node_of(hashes(3)))


def test_a_node_is_not_a_leaf():
    assert node_hash(b"a" * 32, b"b" * 32) != leaf_hash(b"a" * 32 + b"b" * 32)


def test_an_empty_tree_has_the_hash_of_nothing():
    assert Frontier().root().hex().startswith("e3b0c44298fc1c14")


@pytest.mark.parametrize(
    ("index", "path"),
    [(0, "000"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")],
)
def test_tiles_are_filed_as_the_standard_says(index, path):
    assert index_path(index) == path


def test_a_partial_tile_says_how_many_it_holds():
    assert [tile.path for tile in tiles_of(0, 600)] == [
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
    ]
    assert [tile.path for tile in tiles_of("entries", 600, start=512)] == ["tile/entries/002.p/88"]
    assert list(tiles_of(0, 512, start=512)) == []
    assert Tile(1, 0, 256).path == "tile/1/000"


@given(leaves=st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_of_leaves_comes_apart_as_it_was(leaves):
    assert unpack_leaves(pack_leaves(leaves)) == leaves


@pytest.mark.parametrize("bundle", [b"\0", b"\0\5abc", b"\0\1a\0"])
def test_a_bundle_that_breaks_off_is_refused(bundle):
    with pytest.raises(ValueError, match="breaks off"):
        unpack_leaves(bundle)
