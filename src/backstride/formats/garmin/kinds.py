"""Files of Garmin's account export that hold no run, shoe or day, by what their names hold.

The names are those that public lists of real exports give.
"""

from __future__ import annotations

from backstride.model.said import said

_SETTINGS = said("settings of the account")
_ESTIMATES = said("a watch's own estimates; runs are judged by what was recorded")
_PLANS = said("planned training")

SET_ASIDE = (
    (r"personalRecord", said("a list of personal records; the runs they were set in count")),
    (r"HydrationLogFile_|hydration", said("a record of what was drunk")),
    (r"nutritionLogs|foodLog", said("a record of what was eaten")),
    (r"BloodPressure", said("blood pressure readings")),
    (r"AbnormalHrEvents", said("a watch's warnings of an odd heart rate")),
    (r"wellnessActivities", said("snapshots of heart rate and breathing at rest")),
    (r"MenstrualCycle|(?:^|_)menstrual", said("a record of the menstrual cycle")),
    (r"Garmin_Coach_Pause_History", said("the pauses of a training plan")),
    (r"trainingPlan|weekly_training_report|CoachingSchedule|Garmin_Coach|^ATP", _PLANS),
    (r"(?:^|_)workout(?:s|_?\d*)?\.json|scheduledWorkouts|CalendarItems", _PLANS),
    (r"(?:^|_)goals?(?:File)?\.json|UserGoal", said("a list of goals")),
    (r"(?:^|_)benchmarks", said("records of lifting")),
    (r"(?:^|_)courses(?:_\d+)?\.json|powerguidances", said("courses; they hold no activity")),
    (r"MetricsAcuteTrainingLoad|TrainingReadinessDTO|TrainingHistory|ActivityVo2Max|MetricsMaxMetData",
     _ESTIMATES),
    (r"RunRacePredictions|EnduranceScore|HillScore|RunningTolerance|FitnessAge|CyclingAbility", _ESTIMATES),
    (r"MetricsHeatAltitudeAcclimation|LactateThreshold|(?:^|_)Metrics[A-Z]\w*_\d", _ESTIMATES),
    (r"heartRateZones|powerZones|userBioMetricProfileData|bioMetrics_latest", _SETTINGS),
    (r"(?:^|[_-])user[_-](?:profile|settings|contact|reminders)|social-profile", _SETTINGS),
    (r"devicesandcontent|DeviceBackup|(?:^|_)devices?\.json|DeviceSettings", said("a list of devices")),
    (r"^Golf-|golf_", said("a record of golf")),
    (r"(?:^|_)(?:connections|groups|comments|likes|challenge\w*|badges?\w*)\.json", said("a social record")),
)  # fmt: skip
"""What stands in the name -> what the file is."""
