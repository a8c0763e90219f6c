"""Measures the reviewer: facts and portfolios against labels, time and memory beside other tools."""
