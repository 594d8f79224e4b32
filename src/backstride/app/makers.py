"""How to get one's own archive from each maker and service: the clicks, how long it takes, what comes.

Makers move their buttons.  The steps were written down in `WRITTEN` from what makers and users describe;
nobody went through all of them with an account, so tell us where one has changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from backstride.model.said import Said, said

WRITTEN = "2026-11"


@dataclass(frozen=True, slots=True)
class Maker:
    """One maker or service, and the way to the archive."""

    id: str
    name: str
    steps: tuple[Said, ...]
    waits: Said
    """How long it takes until the archive is there."""
    gives: Said
    """What comes, and what is missing in it."""


_AT_ONCE = said("It comes at once.")
_HOURS = said("An e-mail with a link comes after some hours, at times after days.")
_WHOLE = said("Add the zip as it is: backstride add FILE.zip")

MAKERS: tuple[Maker, ...] = (
    Maker(
        "garmin",
        "Garmin Connect",
        (
            said("In a browser, open garmin.com/account/datamanagement and sign in."),
            said("Choose Export Your Data, then Request Data Export."),
            said("Open the link in the e-mail and download the zip."),
            _WHOLE,
        ),
        said("An e-mail comes after hours to two days; a large account has taken weeks."),
        said("All recordings as the watch made them, shoes with their runs, sleep, resting pulse, weight."),
    ),
    Maker(
        "strava",
        "Strava",
        (
            said("In a browser, open strava.com/settings/profile and choose My Account."),
            said("Under Download or Delete Your Account, choose Get Started."),
            said("Take step 2, Request Your Archive. Do not take step 3: it deletes the account."),
            said("Open the link in the e-mail and download the zip."),
            _WHOLE,
        ),
        _HOURS,
        said("All recordings, and a table with titles, notes, shoes, effort and runs typed in by hand."),
    ),
    Maker(
        "apple",
        "Apple Health",
        (
            said("On the iPhone, open Health and tap your picture at the top right."),
            said("Scroll down and tap Export All Health Data."),
            said("Save the zip to Files, or send it to this computer with AirDrop."),
            _WHOLE,
        ),
        said("The phone takes some minutes."),
        said("Workouts with pulse, ground contact, oscillation and route; sleep and resting pulse."),
    ),
    Maker(
        "polar",
        "Polar Flow",
        (
            said("In a browser, open account.polar.com and sign in."),
            said("Choose Download your data, then create and download the archive."),
            _WHOLE,
        ),
        said("It is made within hours and stays on that page for some days."),
        said("All training sessions with pulse, speed, cadence and route; sleep and nightly recharge."),
    ),
    Maker(
        "suunto",
        "Suunto",
        (
            said("In the Suunto app, open an activity, tap the three dots and choose Export FIT."),
            said("For all at once: connect Suunto with Strava or intervals.icu, and take its archive."),
            said("Or ask Suunto's customer service for your data; the files in it can be added as they are."),
        ),
        _AT_ONCE,
        said("One FIT file for each activity, with everything the watch recorded."),
    ),
    Maker(
        "coros",
        "COROS",
        (
            said("In a browser, open the COROS Training Hub and sign in."),
            said("Open Activity List, tick the activities, choose Export and FIT."),
            said("In the app one by one: open an activity, tap Share, then Export Data, then FIT."),
        ),
        _AT_ONCE,
        said("FIT files with everything the watch and the pod recorded."),
    ),
    Maker(
        "samsung",
        "Samsung Health",
        (
            said("On the phone, open Samsung Health, tap the three dots, then Settings."),
            said("Tap Download personal data, then Download."),
            said("In My Files, pack the new folder into a zip and send it to this computer."),
            _WHOLE,
        ),
        said("The phone takes some minutes."),
        said("Exercises with pulse, speed and route, and the steps of each day."),
    ),
    Maker(
        "fitbit",
        "Fitbit (Google)",
        (
            said("In a browser, open takeout.google.com and choose Deselect all."),
            said("Tick Fitbit (also called Google Health) and choose Next step, then Create export."),
            said("Download the zip from the link in the e-mail."),
            _WHOLE,
        ),
        _HOURS,
        said("Exercises, sleep, resting pulse and weight; routes only as single TCX files."),
    ),
    Maker(
        "health_connect",
        "Health Connect (Android)",
        (
            said("On the phone, open Settings and search for Health Connect."),
            said("Tap Backup and restore (or Manage data), then Export data, and say where to."),
            said("Send the zip to this computer."),
            _WHOLE,
        ),
        _AT_ONCE,
        said("What other apps wrote there: sessions, pulse, steps, speed, and some routes."),
    ),
    Maker(
        "intervals",
        "intervals.icu",
        (
            said("In a browser, open intervals.icu/settings and scroll to Download Your Data."),
            said("Download all activities as original files, and the table of activities."),
            said("Add both: backstride add FILE.zip activities.csv"),
        ),
        _AT_ONCE,
        said("The recordings as they were uploaded, and a table with effort, feel and notes."),
    ),
    Maker(
        "zepp",
        "Amazfit (Zepp)",
        (
            said("In the Zepp app, open a run, tap Share and choose to export GPX or TCX."),
            said("For all at once: connect Zepp with Strava and take the archive from there."),
        ),
        _AT_ONCE,
        said("GPX or TCX files: pulse and cadence, seldom ground contact time."),
    ),
    Maker(
        "huawei",
        "Huawei Health",
        (
            said(
                "On the phone, open a run in Huawei Health and share it as GPX or TCX where that is offered."
            ),
            said("Connect it with Strava or Health Connect, and take the archive from there."),
            said("The archive from Huawei's privacy centre holds JSON that is not read here yet."),
        ),
        _HOURS,
        said("Through Strava: route, pulse and cadence."),
    ),
    Maker(
        "trainingpeaks",
        "TrainingPeaks",
        (
            said("In a browser, open your settings and choose Export Data."),
            said("Choose Workout Files and the years, and download the zip."),
            _WHOLE,
        ),
        _AT_ONCE,
        said("The recordings as they were uploaded."),
    ),
    Maker(
        "runkeeper",
        "ASICS Runkeeper",
        (
            said("In a browser, sign in, open Settings and choose Export Data."),
            said("Choose the days from the first run to today, and download the zip."),
            _WHOLE,
        ),
        said("It is made within minutes."),
        said("A GPX file for each run; pulse only in newer ones."),
    ),
    Maker(
        "watch",
        "Any watch with a cable",
        (
            said("Connect the watch with its cable; it shows up as a drive."),
            said("Find the folder Activity or Activities, often inside GARMIN."),
            said("Add the folder as it is: backstride add FOLDER"),
        ),
        _AT_ONCE,
        said("What is still on the watch: mostly the last months."),
    ),
)
"""In the order most people need them."""
