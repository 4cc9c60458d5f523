"""Goals 绩效目标, as pure functions: what a target demands, and what is wrong with a set of goals.

targets    text of a target -> Target; Condition against an actual value
faults     goals (and the money they are for) -> what is wrong, with the wording that would pass
ofbook     a published book -> its goals, so that books and ledgers are checked alike
"""
