"""Evaluation 绩效评价: self-evaluation of the department and every project, and the department's own.

definition  evaluation.toml, department.toml: what people add to data
money       what became of each project's money
evaluate    goals, actual values, money, answers -> Evaluation
department  key projects evaluated again, beside the self score, the difference explained
forms       自评表 and 部门评价表 as tables; report 自评报告 as prose; editions for every publisher
"""

from mingzhang.perform.evaluation.definition import Unusable, load_answers, merged, parse_answers
from mingzhang.perform.evaluation.department import (
    Comparison,
    Departmental,
    Difference,
    by_department,
    with_reviews,
)
from mingzhang.perform.evaluation.evaluate import evaluate
from mingzhang.perform.evaluation.money import laid_over, spending_of_ledger, spending_of_state
from mingzhang.perform.evaluation.nouns import Answer, Answers, Evaluation, Paper, Row, Spending
from mingzhang.perform.evaluation.records import record_of
from mingzhang.perform.evaluation.report import department_edition, self_edition

__all__ = [
    "Answer",
    "Answers",
    "Comparison",
    "Departmental",
    "Difference",
    "Evaluation",
    "Paper",
    "Row",
    "Spending",
    "Unusable",
    "by_department",
    "department_edition",
    "evaluate",
    "laid_over",
    "load_answers",
    "merged",
    "parse_answers",
    "record_of",
    "self_edition",
    "spending_of_ledger",
    "spending_of_state",
    "with_reviews",
]
