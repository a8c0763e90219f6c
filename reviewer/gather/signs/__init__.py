"""Small facts that checks weigh, by subject: security, answers, configuration, operations."""
