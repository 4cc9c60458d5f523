"""Performance management 预算绩效管理 through the year: goals, evidence, monitoring, evaluation."""
