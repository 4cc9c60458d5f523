"""Execution 预算执行: payments and adjustments read, checked, and put beside the budget.

    execution, faults = read_execution(folder, ledger)
    found = state(ledger, execution, date(2023, 8, 31))
    found.whole.rate, found.pace, found.whole.forecast

Files: ``year/payments.csv`` and ``year/adjustments.csv`` of the ledger's folder (of a workbook: the
folder ``year`` beside it). 年初预算, 调整后预算 and 执行数 are never mixed: each has its own field.
"""

from mingzhang.perform.execution.check import counted
from mingzhang.perform.execution.forecast import Forecast, forecast
from mingzhang.perform.execution.public import public
from mingzhang.perform.execution.read import read_before, read_execution, year_folder
from mingzhang.perform.execution.risk import Reason, Risk, money_risk
from mingzhang.perform.execution.state import Standing, State, pace, state

__all__ = [
    "Forecast",
    "Reason",
    "Risk",
    "Standing",
    "State",
    "counted",
    "forecast",
    "money_risk",
    "pace",
    "public",
    "read_before",
    "read_execution",
    "state",
    "year_folder",
]
