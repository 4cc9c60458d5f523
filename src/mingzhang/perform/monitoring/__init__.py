"""Monitoring 绩效运行监控: goals and money against the time that is gone, and what is demanded.

remarks, faults = read_remarks(folder, ledger)
found = monitor(ledger, ledger.goals, actuals, execution, date(2023, 8, 31), remarks)
edition = monitoring_edition(found)
"""

from mingzhang.perform.monitoring.actuals import Reached, read_actuals, until
from mingzhang.perform.monitoring.form import monitoring_edition
from mingzhang.perform.monitoring.monitor import Monitored, Monitoring, monitor
from mingzhang.perform.monitoring.progress import Progress
from mingzhang.perform.monitoring.remarks import Noted, Remark, Remarks, read_remarks
from mingzhang.perform.monitoring.standards import Standard

__all__ = [
    "Monitored",
    "Monitoring",
    "Noted",
    "Progress",
    "Reached",
    "Remark",
    "Remarks",
    "Standard",
    "monitor",
    "monitoring_edition",
    "read_actuals",
    "read_remarks",
    "until",
]
