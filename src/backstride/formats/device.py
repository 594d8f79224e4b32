"""What recorded an activity, out of the one name that GPX and TCX files give."""

from __future__ import annotations

from backstride.model.activity import Device

MAKERS = (
    *(
        "Garmin",
        "Polar",
        "Suunto",
        "COROS",
        "Huawei",
        "Honor",
        "Wahoo",
        "TomTom",
        "Samsung",
        "Apple",
        "Fitbit",
    ),
    *("Amazfit", "Zepp", "Xiaomi", "Stryd", "Bryton", "Hammerhead", "Sigma", "Timex", "Nike", "Withings"),
)
GARMIN_FAMILIES = (
    "Forerunner",
    "Edge",
    "EDGE",
    "fenix",
    "Fenix",
    "fēnix",
    "Vivoactive",
    "vívoactive",
    "Instinct",
)
"""Names that Garmin's own exports give without the maker's."""


def device_named(product: str | None, software: str | None) -> Device | None:
    """The device by the name the file gives; None where it gives none.

    The maker is told only where the name begins with a known one.
    """
    product = (product or "").strip() or None
    software = (software or "").strip() or None
    if product is None and software is None:
        return None
    return Device(_maker(product or ""), product, software)


def _maker(product: str) -> str | None:
    if product.startswith(GARMIN_FAMILIES):
        return "Garmin"
    return next((maker for maker in MAKERS if product.lower().startswith(maker.lower())), None)
