"""Small figures in lists and cards."""

from leadops.accounts import meters


def test_ring() -> None:
    assert meters.ring(82) == (
        '<svg class="ring" viewBox="0 0 34 34" role="img" aria-label="Score 82">'
        '<circle class="track" cx="17" cy="17" r="14"/>'
        '<circle class="arc hot" cx="17" cy="17" r="14" stroke-dasharray="72.1 88.0" transform="rotate(-90 17 17)"/>'
        '<text x="17" y="17.5">82</text></svg>'
    )


def test_ring_beyond_its_ends_and_without_score() -> None:
    assert 'stroke-dasharray="88.0 88.0"' in meters.ring(140)
    assert 'class="arc none"' in meters.ring(-5)
    assert 'aria-label="No score yet"' in meters.ring(None)


def test_bar_is_held_between_nothing_and_all() -> None:
    assert [meters.bar(share).split('width="')[2].split('"')[0] for share in (-1, 0.522, 2)] == [
        "0.0%",
        "52.2%",
        "100.0%",
    ]


def test_addend_stands_on_its_own_side() -> None:
    assert '<rect class="up" x="50.0%" width="45.0%"' in meters.addend(18, 20)
    assert '<rect class="down" x="42.5%" width="7.5%"' in meters.addend(-3, 20)
    assert '<rect class="up" x="50.0%" width="0.0%"' in meters.addend(0, 0)


def test_mix() -> None:
    assert meters.mix(90, 8, 2, 100) == (
        '<svg class="mix" aria-hidden="true"><rect class="none" width="100%" height="100%"/>'
        '<rect class="ok" width="90.0%" height="100%"/><rect class="warn" x="90.0%" width="8.0%" height="100%"/>'
        '<rect class="bad" x="98.0%" width="2.0%" height="100%"/></svg>'
    )
